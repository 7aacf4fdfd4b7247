import { type Html, html } from "../../../../server/html.ts";
import { coversSegment } from "../../../broadcasts/segment-places.ts";
import type { FieldIssue } from "../../../problem.ts";
import { textarea } from "../../parts.ts";
import { type FormBody, type Here, one } from "../../route.ts";
import { placeWords } from "../../words.ts";
import { text } from "./words.ts";

const FIELD = "segment.places";
/** Keeps the codes of the places that were shown, since a name can be that of several places. */
const SHOWN = "placeCodes";
const ROWS = 3;

/** Places by their names, one to a line. */
export function placeFields(here: Here, places: readonly string[]): FormBody {
  return { [FIELD]: places.map((place) => placeWords(here, place)).join("\n"), [SHOWN]: places.join(" ") };
}

/** Where the people are who should get it. Somebody limited to a place has to stay in it. */
export function placesField(here: Here, body: FormBody, issues: readonly FieldIssue[]): Html {
  const limit = here.actor.place;
  const hint =
    limit === undefined
      ? text(here, "form.places-hint")
      : text(here, "form.places-own", { place: placeWords(here, limit) });
  const words = { name: FIELD, label: text(here, "form.places"), hint, value: one(body, FIELD) };
  return html`${textarea(here, { ...words, rows: ROWS, required: limit !== undefined }, issues)}
<input type="hidden" name="${SHOWN}" value="${one(body, SHOWN)}">`;
}

/** Collects what does not fit: `name` is a text of the namespace `desk-broadcasts`. */
export type Wrong = (field: string, name: string, params?: FieldIssue["params"]) => void;

/** The codes of what was written, each once. A line as it was shown keeps its code. */
export function placesIn(here: Here, body: FormBody, wrong: Wrong): string[] {
  const { actor, desk } = here;
  const shown = one(body, SHOWN).split(" ");
  const lines = one(body, FIELD)
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const places = lines.flatMap((line) => {
    const place = shown.find((code) => desk.places.name(code)?.[here.lang] === line) ?? desk.places.resolve(line);
    if (place === undefined) unknown(here, line, wrong);
    return place ?? [];
  });
  const told = lines.length === 0 || places.length > 0;
  if (told && !coversSegment(actor, { places }, desk.places.provinceOf)) {
    wrong(FIELD, "invalid.outside", { place: placeWords(here, actor.place) });
  }
  return [...new Set(places)];
}

function unknown(here: Here, name: string, wrong: Wrong): void {
  const several = here.desk.places.candidates(name).map((one) => one.name[here.lang]);
  if (several.length === 0) wrong(FIELD, "invalid.place", { name });
  else wrong(FIELD, "invalid.place-several", { name, where: several.join(", ") });
}
