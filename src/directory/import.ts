import { parseCsv } from "./csv.ts";
import {
  COLUMNS,
  type Column,
  NEEDED_COLUMNS,
  type ReadRow,
  type RowProblem,
  type RowRules,
  readRow,
} from "./import-rows.ts";
import { isSameNumber } from "./phone-number.ts";
import { isShown } from "./ranking.ts";
import type { Service } from "./service.ts";
import { listServices, type OwnService, type TeamServices } from "./team-services.ts";

/** What the whole file is refused for, each with a text `directory.file.<code>`. */
export const FILE_PROBLEMS = ["empty", "quote", "unknown-column", "missing-column", "double-column"] as const;
export type FileProblem = {
  readonly code: (typeof FILE_PROBLEMS)[number];
  readonly params: Readonly<Record<string, string>>;
};

export interface ImportRules extends RowRules {
  readonly now: number;
  readonly shipped: readonly Service[];
  readonly team: TeamServices;
}

export type Import =
  | { readonly kind: "refused"; readonly why: FileProblem }
  | { readonly kind: "bad-rows"; readonly problems: readonly RowProblem[] }
  | {
      readonly kind: "good";
      /** The team's services with those of the file. */
      readonly team: TeamServices;
      readonly added: readonly OwnService[];
      readonly replaced: readonly OwnService[];
      readonly unchanged: readonly OwnService[];
      /** Numbers that another entry of the team has too, in another place. */
      readonly shared: readonly { readonly entry: OwnService; readonly other: OwnService }[];
    };

/**
 * Reads a file of a ward's or province's own services. Nothing of it is taken when anything is wrong. A row with the
 * name and place of an entry that is there replaces it.
 */
export function importServices(text: string, rules: ImportRules): Import {
  const { rows, brokenRow } = parseCsv(text);
  if (brokenRow !== undefined) return refused("quote", { row: String(brokenRow) });
  const [head = [], ...body] = rows;
  const columns = head.map((name) => name.trim().toLowerCase());
  const why = headProblem(columns);
  if (why !== undefined) return why;
  const filled = body.map((cells, at) => ({ row: at + 2, cells })).filter(({ cells }) => cells.some((c) => c.trim()));
  if (filled.length === 0) return refused("empty");
  const read = filled.map(({ row, cells }) => readCells(row, cells, columns, rules));
  const entries = read.flatMap(({ row, entry }) => (entry === undefined ? [] : [{ row, entry }]));
  const problems = [...read.flatMap((one) => one.problems), ...clashes(entries, rules)];
  if (problems.length > 0) return { kind: "bad-rows", problems: problems.sort((a, b) => a.row - b.row) };
  return merged(
    entries.map(({ entry }) => entry),
    rules.team,
  );
}

function refused(code: FileProblem["code"], params: FileProblem["params"] = {}): Import {
  return { kind: "refused", why: { code, params } };
}

function headProblem(columns: readonly string[]): Import | undefined {
  const known: readonly string[] = COLUMNS;
  const named = columns.filter((name) => name !== "");
  const list = COLUMNS.join(", ");
  if (named.length === 0) return refused("empty");
  const missing = NEEDED_COLUMNS.filter((name) => !columns.includes(name));
  if (missing.length > 0) return refused("missing-column", { columns: missing.join(", "), list });
  const unknown = named.filter((name) => !known.includes(name));
  if (unknown.length > 0) return refused("unknown-column", { columns: unknown.join(", "), list });
  const double = named.filter((name, at) => named.indexOf(name) !== at);
  return double.length > 0 ? refused("double-column", { columns: double.join(", ") }) : undefined;
}

function readCells(row: number, cells: readonly string[], columns: readonly string[], rules: RowRules): ReadRow {
  if (cells.slice(columns.length).some((cell) => cell.trim() !== "")) {
    const params = { most: String(columns.length), count: String(cells.length) };
    return { row, entry: undefined, problems: [{ row, column: null, code: "cells", params }] };
  }
  return readRow(row, (column: Column) => cells[columns.indexOf(column)] ?? "", rules);
}

interface Numbered {
  readonly row: number;
  readonly entry: OwnService;
}

/** Rows that say the same twice, and numbers that another entry already shows to the same people. */
function clashes(rows: readonly Numbered[], rules: ImportRules): readonly RowProblem[] {
  const ids = new Set(rows.map(({ entry }) => entry.id));
  const shown = listServices(rules.shipped, rules.team, []).filter(
    (one) => isShown(one, rules.now) && !one.id.startsWith("own-"),
  );
  const kept = rules.team.own.filter(({ id }) => !ids.has(id));
  return rows.flatMap(({ row, entry }, at) => {
    const before = rows.slice(0, at);
    const twin = before.find((one) => one.entry.id === entry.id);
    if (twin !== undefined) return [problem(row, "name_vi", "same-row", { row: String(twin.row) })];
    const listed = shown.find((one) => shareNumber(one, entry) && reaches(one, entry, rules));
    if (listed !== undefined) return [problem(row, "phone", "number-listed", { id: listed.id, name: listed.names.vi })];
    const others = [...before.map((one) => one.entry), ...kept];
    const other = others.find((one) => one.place === entry.place && shareNumber(one, entry));
    return other === undefined ? [] : [problem(row, "phone", "number-twice", { name: other.names.vi })];
  });
}

function problem(row: number, column: Column, code: RowProblem["code"], params: RowProblem["params"]): RowProblem {
  return { row, column, code, params };
}

function shareNumber(a: Pick<Service, "phones">, b: Pick<Service, "phones">): boolean {
  return a.phones.some((one) => b.phones.some((other) => isSameNumber(one.tel, other.tel)));
}

function reaches({ coverage }: Service, { place }: OwnService, { provinceOf }: ImportRules): boolean {
  return coverage === "national" || coverage.includes(place) || coverage.includes(provinceOf(place) ?? place);
}

function merged(entries: readonly OwnService[], team: TeamServices): Import {
  const before = new Map(team.own.map((one) => [one.id, one]));
  const isSame = (entry: OwnService) => JSON.stringify(before.get(entry.id)) === JSON.stringify(entry);
  const unchanged = entries.filter(isSame);
  const replaced = entries.filter((entry) => before.has(entry.id) && !isSame(entry));
  const added = entries.filter((entry) => !before.has(entry.id));
  const newer = new Map(replaced.map((entry) => [entry.id, entry]));
  const own = [...team.own.map((one) => newer.get(one.id) ?? one), ...added];
  const shared = [...added, ...replaced].flatMap((entry) => {
    const other = own.find((one) => one.id !== entry.id && shareNumber(one, entry));
    return other === undefined ? [] : [{ entry, other }];
  });
  return { kind: "good", team: { ...team, own }, added, replaced, unchanged, shared };
}
