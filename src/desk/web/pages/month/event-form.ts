import { type Html, html } from "../../../../server/html.ts";
import { EVENT_MOST } from "../../../month/events.ts";
import type { LocalEvent } from "../../../month/month.ts";
import type { DeskProblem, FieldIssue } from "../../../problem.ts";
import { formTo, input, link, submit, textarea } from "../../parts.ts";
import { placeOf } from "../../place-field.ts";
import { type FormBody, type Here, one, type Page, type Params } from "../../route.ts";
import { seenField, seenOf } from "../../seen.ts";
import { placeWords } from "../../words.ts";
import { issueList, text } from "./words.ts";

type Both = LocalEvent["title"];

/** What stands in the form. */
interface Filled {
  readonly title: Both;
  readonly about: Both;
  readonly venue: Both;
  readonly organiser: Both;
  readonly place: Placed;
  readonly from: string;
  readonly until: string;
  readonly reminders: readonly string[];
}

/** The place as it stands in the field, and the code of what stood there when the form was drawn. */
interface Placed {
  readonly typed: string;
  readonly was: string;
  readonly code: string;
}

type Issues = readonly FieldIssue[];

export async function newEventPage(here: Here): Promise<Page> {
  return page(here, blank(here));
}

export async function editEventPage(here: Here, { id = "" }: Params): Promise<Page> {
  const event = await here.desk.month.event(id, here.actor);
  return page(here, { ...event, place: placed(here, event.place) }, { id, changedAt: event.changedAt });
}

export async function eventFormAgain(here: Here, problem: DeskProblem, body: FormBody, { id }: Params): Promise<Page> {
  const event = id === undefined ? undefined : await here.desk.month.event(id, here.actor);
  const known = event === undefined ? {} : { id: event.id, changedAt: event.changedAt };
  return page(here, filledOf(body), { ...known, issues: problem.issues });
}

/** The input of `event.write`. A name that nobody knows, or that could be several places, is no code and refused. */
export function eventInput(body: FormBody, { id }: Params, here: Here): unknown {
  return { ...filledOf(body), place: placeOf(here, body), ...(id !== undefined && { id }), ...seenOf(body) };
}

/** A new event is in the place of whoever writes it, and theirs to hold. */
function blank(here: Here): Filled {
  const { authority, places } = here.desk;
  const home = here.actor.place ?? authority.place();
  const none = { vi: "", en: "" };
  const place = placed(here, home);
  const name = home === undefined ? undefined : places.name(home);
  const organiser = authority.name() ?? name ?? none;
  return { title: none, about: none, venue: none, organiser, place, from: "", until: "", reminders: [] };
}

function placed(here: Here, code: string | undefined): Placed {
  const name = code === undefined ? "" : placeWords(here, code);
  return { typed: name, was: name, code: code ?? "" };
}

function filledOf(body: FormBody): Filled {
  const both = (name: string): Both => ({ vi: one(body, `${name}.vi`), en: one(body, `${name}.en`) });
  const reminders = Array.from({ length: EVENT_MOST.reminders }, (_, n) => one(body, `reminders.${n}`));
  return {
    ...{ title: both("title"), about: both("about"), venue: both("venue"), organiser: both("organiser") },
    place: { typed: one(body, "place"), was: one(body, "placeWas"), code: one(body, "placeCode") },
    ...{ from: one(body, "from"), until: one(body, "until") },
    reminders: reminders.filter((at) => at !== ""),
  };
}

function page(
  here: Here,
  filled: Filled,
  { id, changedAt, issues = [] }: { readonly id?: string; readonly changedAt?: number; readonly issues?: Issues } = {},
): Page {
  const path = id === undefined ? "/events" : `/events/${id}`;
  const form = html`${seenField(changedAt)}
${whatFields(here, filled, issues)}
${whereFields(here, filled, issues)}
${whenFields(here, filled, issues)}
<div class="buttons">${submit(text(here, "form.save"))}${link(path, text(here, "form.back"))}</div>`;
  const body = html`<p>${text(here, "event.form-intro")}</p>
${issueList(here, issues, (field) => labelOf(here, field))}
${formTo(here, path, form)}`;
  return { title: text(here, id === undefined ? "event.new-title" : "event.edit-title"), body, styles: ["month.css"] };
}

function whatFields(here: Here, { title, about }: Filled, issues: Issues): Html {
  return html`<fieldset class="sheet"><legend>${text(here, "event.legend-what")}</legend>
${pair(here, "title", title, issues)}
${pair(here, "about", about, issues, 4)}
</fieldset>`;
}

function whereFields(here: Here, { place, venue, organiser }: Filled, issues: Issues): Html {
  const words = { label: text(here, "event.place"), hint: text(here, "event.place-hint") };
  return html`<fieldset class="sheet"><legend>${text(here, "event.legend-where")}</legend>
${input(here, { name: "place", ...words, value: place.typed, required: true }, issues)}
<input type="hidden" name="placeWas" value="${place.was}">
<input type="hidden" name="placeCode" value="${place.code}">
${pair(here, "venue", venue, issues)}
${pair(here, "organiser", organiser, issues)}
</fieldset>`;
}

function whenFields(here: Here, { from, until, reminders }: Filled, issues: Issues): Html {
  const time = (name: string, value: string, label: string, required: boolean) =>
    input(here, { name, type: "datetime-local", label, value, required }, issues);
  const slots = Array.from({ length: EVENT_MOST.reminders }, (_, n) =>
    time(`reminders.${n}`, reminders[n] ?? "", text(here, "event.reminder", { n: n + 1 }), false),
  );
  return html`<fieldset class="sheet"><legend>${text(here, "event.legend-when")}</legend>
<p class="hint">${text(here, "event.when-hint")}</p>
<div class="pair">${time("from", from, text(here, "event.from"), true)}${time("until", until, text(here, "event.until"), true)}</div>
</fieldset>
<fieldset class="sheet"><legend>${text(here, "event.legend-reminders")}</legend>
<p class="hint">${text(here, "event.reminders-hint")}</p>
<div class="trio">${slots}</div>
</fieldset>`;
}

/** One text in both languages, side by side where there is room. */
function pair(
  here: Here,
  name: "title" | "about" | "venue" | "organiser",
  value: Both,
  issues: Issues,
  rows?: number,
): Html {
  const field = (lang: "vi" | "en") => {
    const label = text(here, `event.${name}-${lang}`);
    const parts = { name: `${name}.${lang}`, label, value: value[lang], lang, required: true };
    if (rows !== undefined) return textarea(here, { ...parts, rows }, issues);
    return input(here, { ...parts, maxlength: EVENT_MOST[name] }, issues);
  };
  return html`<div class="pair">${field("vi")}${field("en")}</div>`;
}

/** The label of a field: `title.vi`, `from`, `reminders.0` … */
function labelOf(here: Here, field: string): string {
  const [name = "", part] = field.split(".");
  if (name === "reminders") return text(here, "event.reminder", { n: Number(part) + 1 });
  return text(here, `event.${part === undefined ? name : `${name}-${part}`}`);
}
