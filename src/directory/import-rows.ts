import type { Localized } from "../flow/ids.ts";
import type { PlaceAnswer } from "../flow/world.ts";
import { fold } from "../language/fold.ts";
import { isShelter } from "./card.ts";
import {
  bad,
  good,
  type ProblemCode,
  type Read,
  readCallDay,
  readCost,
  readHours,
  readKind,
  readLanguages,
  readNeeds,
  readPhones,
  readUrl,
  tidy,
} from "./import-cells.ts";
import { bannedIn, digitRuns } from "./phone-number.ts";
import { OwnService } from "./team-services.ts";

/** Columns of the file, in the order of the template. */
export const COLUMNS = [
  "name_vi",
  "name_en",
  "kind",
  "needs",
  "place",
  "phone",
  "cost",
  "hours",
  "address",
  "url",
  "note_vi",
  "note_en",
  "languages",
  "checked_by",
  "checked_on",
  "source",
] as const;
export type Column = (typeof COLUMNS)[number];

/** Columns that no file can do without. */
export const NEEDED_COLUMNS = [
  "name_vi",
  "name_en",
  "kind",
  "needs",
  "place",
  "checked_by",
  "checked_on",
  "source",
] as const satisfies readonly Column[];

/** One thing to mend. `row` is the spreadsheet's own number. */
export interface RowProblem {
  readonly row: number;
  /** Null: the whole row. */
  readonly column: Column | null;
  readonly code: ProblemCode;
  readonly params: Readonly<Record<string, string>>;
}

export interface RowRules {
  /** `YYYY-MM-DD` in Việt Nam. */
  readonly today: string;
  readonly banned: readonly { readonly digits: string; readonly why: string }[];
  readonly places: { resolve(text: string): PlaceAnswer; name(code: string): Localized | undefined };
  /**
   * What a whole province is called, by `nameKey`. Anything else that leads to a province names a part of it, and a
   * ward's desk must not be shown to everybody there.
   */
  readonly provinceNames: ReadonlySet<string>;
  /** The province of a province or commune code. */
  provinceOf(code: string): string | undefined;
}

export interface ReadRow {
  readonly row: number;
  /** Undefined when there are problems. */
  readonly entry: OwnService | undefined;
  readonly problems: readonly RowProblem[];
}

/** A name as it is compared: without marks, capitals, blanks and stops. */
export function nameKey(name: string): string {
  return fold(name).replace(/[^a-z0-9]/g, "");
}

/** One row of the file as an entry of the team's directory, or everything that is wrong with it. */
export function readRow(row: number, cellOf: (column: Column) => string, rules: RowRules): ReadRow {
  const sheet = new Sheet(row, cellOf);
  const entry = {
    names: { vi: sheet.text("name_vi", MOST_NAME), en: sheet.text("name_en", MOST_NAME) },
    kind: sheet.needed("kind", readKind),
    needs: sheet.needed("needs", readNeeds),
    place: sheet.needed("place", (cell) => readPlace(cell, rules)),
    phones: readLines(sheet),
    url: sheet.read("url", readUrl),
    address: sheet.optional("address", MOST_NAME),
    note: readNote(sheet),
    languages: sheet.read("languages", readLanguages),
    source: sheet.text("source", MOST_TEXT),
    by: sheet.text("checked_by", MOST_NAME),
    on: sheet.needed("checked_on", (cell) => readCallDay(cell, rules.today)),
  };
  checkTexts(sheet, rules);
  checkWhole(sheet, entry);
  if (sheet.problems.length > 0) return { row, entry: undefined, problems: sheet.problems };
  return { row, entry: ownOf(entry), problems: [] };
}

const PROVINCE_DIGITS = 2;
const MOST_NAME = 120;
const MOST_TEXT = 300;
/** A run of digits this long is a phone number, wherever it stands. */
const PHONE_DIGITS = 8;

/** Columns that a citizen reads as they are. */
const SHOWN_TEXTS = ["name_vi", "name_en", "address", "note_vi", "note_en"] as const satisfies readonly Column[];

/** Takes the cells of one row and gathers what is wrong with them. */
class Sheet {
  readonly problems: RowProblem[] = [];
  readonly #row: number;
  readonly #cellOf: (column: Column) => string;

  constructor(row: number, cellOf: (column: Column) => string) {
    this.#row = row;
    this.#cellOf = cellOf;
  }

  cell(column: Column): string {
    return tidy(this.#cellOf(column));
  }

  read<T>(column: Column, reader: (cell: string) => Read<T>): T | undefined {
    const read = reader(this.cell(column));
    if (read.good) return read.value;
    this.report(column, read.code, read.params);
    return undefined;
  }

  needed<T>(column: Column, reader: (cell: string) => Read<T>): T | undefined {
    return this.read<T>(column, (cell) => (cell === "" ? bad("missing") : reader(cell)));
  }

  text(column: Column, most: number): string | undefined {
    return this.needed(column, (cell) => (cell.length > most ? bad("too-long", { most: String(most) }) : good(cell)));
  }

  optional(column: Column, most: number): string | null {
    return this.cell(column) === "" ? null : (this.text(column, most) ?? null);
  }

  report(column: Column | null, code: ProblemCode, params: Readonly<Record<string, string>> = {}): void {
    this.problems.push({ row: this.#row, column, code, params });
  }
}

function readLines(sheet: Sheet): OwnService["phones"] | undefined {
  const numbers = sheet.read("phone", readPhones);
  const cost = sheet.read("cost", readCost);
  const hours = sheet.read("hours", readHours);
  if (numbers === undefined || cost === undefined || hours === undefined) return undefined;
  if (cost === "free" && numbers.some(({ tel }) => tel.startsWith("1900"))) sheet.report("cost", "cost-1900");
  return numbers.map(({ number, tel }) => ({ number, tel, cost, hours }));
}

function readNote(sheet: Sheet): Localized | null {
  const vi = sheet.optional("note_vi", MOST_TEXT);
  const en = sheet.optional("note_en", MOST_TEXT);
  if (vi === null && en !== null) sheet.report("note_vi", "other-language", { other: "note_en" });
  if (en === null && vi !== null) sheet.report("note_en", "other-language", { other: "note_vi" });
  return vi === null || en === null ? null : { vi, en };
}

function readPlace(cell: string, { places, provinceNames }: RowRules): Read<string> {
  if (/^\d+$/.test(cell)) {
    if (/^(?:\d{2}|\d{5})$/.test(cell) && places.name(cell) !== undefined) return good(cell);
    return bad("place-code", { value: cell });
  }
  const answer = places.resolve(cell);
  if (answer.kind === "found") {
    const exact = answer.code.length > PROVINCE_DIGITS || provinceNames.has(nameKey(cell));
    return exact ? good(answer.code) : bad("place-wide", { value: cell, province: answer.name.vi });
  }
  if (answer.kind === "none") return bad("place-unknown", { value: cell });
  const several = answer.candidates.map(({ code, name }) => `${name.vi} (${code})`).join("; ");
  return bad("place-several", { value: cell, places: several });
}

/** Numbers stand in the phone column alone, where their cost and hours are said; some must stand nowhere. */
function checkTexts(sheet: Sheet, { banned }: RowRules): void {
  for (const column of [...SHOWN_TEXTS, "phone", "hours", "url"] as const) {
    const found = bannedIn(sheet.cell(column), banned);
    if (found !== undefined) sheet.report(column, "banned", { number: found.digits, why: found.why });
    else if (SHOWN_TEXTS.some((shown) => shown === column) && hasNumber(sheet.cell(column))) {
      sheet.report(column, "number-in-text");
    }
  }
}

function hasNumber(text: string): boolean {
  return digitRuns(text).some((run) => run.length >= PHONE_DIGITS);
}

type Entry = {
  readonly [part in keyof Omit<OwnService, "id" | "checked" | "names">]: OwnService[part] | undefined;
} & {
  readonly names: { readonly vi: string | undefined; readonly en: string | undefined };
  readonly by: string | undefined;
  readonly on: string | undefined;
};

function checkWhole(sheet: Sheet, { kind, needs, address, names: { vi } }: Entry): void {
  const ways = (["phone", "url", "address"] as const).map((column) => sheet.cell(column));
  if (ways.every((cell) => cell === "")) sheet.report("phone", "no-way-in");
  if (kind !== undefined && needs !== undefined && address !== null && isShelter({ kind, needs })) {
    sheet.report("address", "shelter-address");
  }
  if (vi !== undefined && slugOf(vi) === "") sheet.report("name_vi", "missing");
}

/** Only for a row without problems: then no part is undefined. */
function ownOf({ by, on, ...entry }: Entry): OwnService {
  const id = `own-${entry.place}-${slugOf(entry.names.vi ?? "")}`;
  return OwnService.parse({ ...entry, id, checked: { by, on } });
}

/** The same name in the same place is the same entry. */
function slugOf(name: string): string {
  return fold(name)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
