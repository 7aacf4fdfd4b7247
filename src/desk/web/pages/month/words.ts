import { type Html, html } from "../../../../server/html.ts";
import { fullDay, partsOf, shortDay, weekday } from "../../../month/day-words.ts";
import type { CalendarEntry } from "../../../month/month.ts";
import type { FieldIssue } from "../../../problem.ts";
import { badge, issueSummary } from "../../parts.ts";
import type { Here, SayHere } from "../../route.ts";

/** A text of these pages by its name in `desk-month`. */
export function text({ say }: Pick<Here, "say">, name: string, params?: Parameters<SayHere>[1]): string {
  return say(`desk-month.${name}`, params);
}

type State = NonNullable<CalendarEntry["state"]> | "released" | "cancelled";

const TONES = {
  due: "wait",
  draft: "plain",
  submitted: "wait",
  scheduled: "good",
  sending: "good",
  sent: "plain",
  stopped: "bad",
  done: "plain",
  released: "good",
  cancelled: "bad",
} as const satisfies Record<State, string>;

export function stateBadge(here: Here, state: State): Html {
  return badge(text(here, `state.${state}`), TONES[state]);
}

/** `08:00, Thứ Tư, 25/11/2026`, of `YYYY-MM-DDTHH:mm`. */
export function localMoment({ lang }: Pick<Here, "lang">, local: string): string {
  const { day, clock } = partsOf(local);
  return `${clock}, ${weekday(day, lang)}, ${fullDay(day, lang)}`;
}

/** `15/11 – 21/11`; one day alone once. */
export function days({ lang }: Pick<Here, "lang">, from: string, to: string): string {
  return from === to ? shortDay(from, lang) : `${shortDay(from, lang)} – ${shortDay(to, lang)}`;
}

/** The name of a week: `-6` to `-1` before the month, `1` to `5` in it, `+1` and on after it. */
export function weekWords(here: Here, week: string): string {
  const n = Math.abs(Number(week));
  if (week === "-1") return text(here, "week.last");
  return text(here, week.startsWith("-") ? "week.before" : week.startsWith("+") ? "week.after" : "week.during", { n });
}

/** Names and values below each other. */
export function facts(rows: readonly (readonly [name: string, value: string | Html])[]): Html {
  return html`<dl class="month-facts">${rows.map(
    ([name, value]) => html`<dt>${name}</dt><dd>${typeof value === "string" ? html`${value}` : value}</dd>`,
  )}</dl>`;
}

/** A text with its line breaks, in its own language. */
export function quoted(words: string, lang: "vi" | "en"): Html {
  return html`<span lang="${lang}" class="quoted">${words}</span>`;
}

/** What does not fit, each with the name of its field; `labelOf`: a name of `desk-month` with what it is filled with. */
export function issueList(
  here: Here,
  issues: readonly FieldIssue[],
  labelOf: (field: string) => string | undefined,
): Html {
  const named = issues.map((issue): FieldIssue => {
    const label = labelOf(issue.field);
    if (label === undefined) return issue;
    const params = { field: label, what: here.say(issue.text, issue.params) };
    return { field: issue.field, text: "desk-month.invalid.at", params };
  });
  return issueSummary(here, named);
}

/** Names of members of staff by their ids. */
export async function namesOf({ desk }: Pick<Here, "desk">): Promise<(id: string) => string> {
  const names = new Map((await desk.staff.all()).map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}
