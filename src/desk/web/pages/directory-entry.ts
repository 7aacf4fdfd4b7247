import { readDay } from "../../../directory/days.ts";
import { EMERGENCY } from "../../../directory/emergency.ts";
import { hasLapsed, isShown } from "../../../directory/ranking.ts";
import type { Listed } from "../../../directory/service.ts";
import { type Html, html } from "../../../server/html.ts";
import { may } from "../../access.ts";
import type { DirectoryEntry } from "../../directory/directory.ts";
import type { FieldIssue } from "../../problem.ts";
import { formTo, textarea } from "../parts.ts";
import type { Here } from "../route.ts";

/** What somebody needs who calls an entry, without a heading. `sources`: how many of them. */
export function entryFacts(here: Here, { service, reason, check }: DirectoryEntry, sources: number): Html {
  const text = texts(here);
  const until = { day: readDay(service.lapses) };
  return html`${reason === null ? html`` : html`<p class="due">${text(`reason.${reason}`, until)}</p>`}
${ways(service)}
<dl class="facts">
<dt>${text("last")}</dt><dd>${lastCheck(here, service, check)}</dd>
<dt>${text("seen")}</dt><dd>${text(`seen_${sightOf(here, service, check)}`)}</dd>
<dt>${text("coverage")}</dt><dd>${coverageOf(here, service)}</dd>
<dt>${text("source")}</dt><dd>${sourcesOf(service, sources)}</dd>
</dl>`;
}

/** The buttons of a list: one press for what works or does not, a page of its own for what has changed. */
export function quickAnswers(here: Here, entry: DirectoryEntry): Html {
  const { service } = entry;
  const text = texts(here);
  if (!mayAnswer(here, entry)) return html`<p class="hint">${refusal(here, entry)}</p>`;
  const changed = html`<a class="button quiet" href="/desk/directory/${service.id}#f-note" aria-describedby="e-${service.id}">${text("note_more")}</a>`;
  const buttons = EMERGENCY.has(service.id) ? answer(here, service, "works") : bothAnswers(here, service);
  return formTo(
    here,
    checkPath(service),
    html`<p class="answers">${buttons}${EMERGENCY.has(service.id) ? html`` : changed}</p>`,
  );
}

/** The form of the page of one entry. */
export function answerForm(here: Here, entry: DirectoryEntry, note: string, issues: readonly FieldIssue[]): Html {
  const { service } = entry;
  const text = texts(here);
  if (!mayAnswer(here, entry)) return html`<p>${refusal(here, entry)}</p>`;
  const emergency = EMERGENCY.has(service.id);
  const hint = text(emergency ? "emergency" : "note_hint");
  const buttons = emergency
    ? answer(here, service, "works")
    : html`${bothAnswers(here, service)}${answer(here, service, "changed")}`;
  const field = textarea(here, { name: "note", label: text("note"), hint, value: note, rows: 3 }, issues);
  return html`<h2>${text("ask")}</h2>
${formTo(here, checkPath(service), html`${field}<p class="answers">${buttons}</p>`)}`;
}

function texts({ say }: Here): Here["say"] {
  return (key, params) => say(`desk-directory.${key}`, params);
}

function checkPath({ id }: Listed): string {
  return `/directory/${id}/check`;
}

function mayAnswer({ actor }: Here, { mine }: DirectoryEntry): boolean {
  return mine && may(actor, "directory.check");
}

function refusal(here: Here, { mine }: DirectoryEntry): string {
  return texts(here)(mine ? "not_your_role" : "not_yours");
}

function bothAnswers(here: Here, service: Listed): Html {
  return html`${answer(here, service, "works")}${answer(here, service, "wrong")}`;
}

function answer(here: Here, service: Listed, value: DirectoryAnswer): Html {
  const how = service.phones.length > 0 ? "call" : "open";
  const label = texts(here)(value === "changed" ? "answer_changed" : `answer_${value}_${how}`);
  const kind = value === "works" ? "main" : "quiet";
  return html`<button type="submit" class="button ${kind}" name="answer" value="${value}" aria-describedby="e-${service.id}">${label}</button>`;
}

type DirectoryAnswer = NonNullable<DirectoryEntry["check"]>["answer"];

/** Numbers large, to be pressed on a phone; the page where there is one. */
function ways({ phones, url }: Listed): Html {
  const numbers = phones.map(({ number, tel }) => html`<a class="number" href="tel:${tel}">${number}</a> `);
  const page = url === null ? html`` : html`<p class="page">${outside(url, url)}</p>`;
  return html`${numbers.length === 0 ? html`` : html`<p class="numbers">${numbers}</p>`}${page}`;
}

function outside(url: string, label: string): Html {
  return html`<a href="${url}" rel="noreferrer noopener" target="_blank">${label}</a>`;
}

function lastCheck(here: Here, service: Listed, check: DirectoryEntry["check"]): Html {
  const text = texts(here);
  if (check === undefined) {
    const { verified } = service;
    return html`${verified === null ? text("last_none") : text("last_read", { day: readDay(verified) })}`;
  }
  const how = service.phones.length > 0 ? "call" : "open";
  const result = text(check.answer === "changed" ? "result_changed" : `result_${check.answer}_${how}`);
  const line = text("last_check", { day: readDay(check.on), who: check.by, result });
  return html`${line}${check.note === undefined ? html`` : html`<br>${text("last_note", { note: check.note })}`}`;
}

/** What people who look for help see of it. */
function sightOf({ now }: Here, service: Listed, check: DirectoryEntry["check"]): "yes" | "marked" | "no" {
  const failed = check !== undefined && check.answer !== "works" && !EMERGENCY.has(service.id);
  if (failed || !isShown(service, now)) return "no";
  return service.show === "default" && !hasLapsed(service, now) ? "yes" : "marked";
}

function coverageOf(here: Here, { coverage }: Listed): string {
  if (coverage === "national") return texts(here)("national");
  return coverage.map((code) => here.desk.places.name(code)?.[here.lang] ?? code).join(", ");
}

function sourcesOf({ sources }: Listed, most: number): Html {
  const rows = sources.slice(0, most).map(({ url, title }) => (url === null ? html`${title}` : outside(url, title)));
  return html`${rows.map((row, at) => (at === 0 ? row : html`<br>${row}`))}`;
}
