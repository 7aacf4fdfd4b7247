import { readFile } from "node:fs/promises";
import { vietnamDay } from "../campaign/vietnam-day.ts";
import type { Config } from "../config.ts";
import { csvRow } from "../directory/csv.ts";
import { type Import, importServices } from "../directory/import.ts";
import { COLUMNS, nameKey, type RowProblem } from "../directory/import-rows.ts";
import { NO_TEAM_SERVICES, type OwnService, type TeamServices } from "../directory/team-services.ts";
import { AppError } from "../errors.ts";
import type { Lang } from "../flow/ids.ts";
import type { App } from "./app.ts";
import { directoryTexts, openDirectoryApp, type Survey } from "./directory.ts";
import { withTeam } from "./team-folder.ts";

export interface ImportOptions {
  readonly lang?: Lang;
  readonly template?: true;
  /** As if it were this moment (milliseconds since 1970). */
  readonly date?: number;
}

interface Talk {
  readonly app: App;
  readonly now: number;
  readonly lang: Lang;
  readonly say: Survey["say"];
}

/**
 * Takes a ward's or province's own services from a CSV file, or prints a template of one. Resolves with the exit
 * status: 1 and nothing changed when anything in the file is wrong.
 */
export async function importDirectory(
  config: Config,
  file: string | undefined,
  { lang = "vi", template, date = Date.now() }: ImportOptions,
): Promise<number> {
  const app = await openDirectoryApp();
  const talk: Talk = { app, now: date, lang, say: directoryTexts(app, lang) };
  if (template) return print([templateOf(talk)], 0);
  if (file === undefined) throw new AppError("input_invalid", talk.say("import.no-file"));
  const text = await readText(file, talk);
  return withTeam(config, async (team) => {
    const before = (await team.read("services")) ?? NO_TEAM_SERVICES;
    const outcome = importServices(text, rulesFor(talk, before));
    if (outcome.kind !== "good") return print(refusalLines(talk, file, outcome), 1);
    const changed = outcome.added.length + outcome.replaced.length > 0;
    if (changed) await team.write("services", outcome.team);
    return print(outcomeLines(talk, outcome), 0);
  });
}

const BYTE_ORDER_MARK = "\uFEFF";

/** With a byte order mark, so that Excel reads the tone marks. The example cannot be imported as it is. */
function templateOf({ app, now, lang, say }: Talk): string {
  const texts = app.bundle.texts[lang];
  const example = (column: string) => (texts.has(`directory.example.${column}`) ? say(`example.${column}`) : "");
  const cells = COLUMNS.map((column) => (column === "checked_on" ? vietnamDay(now) : example(column)));
  return `${BYTE_ORDER_MARK}${csvRow(COLUMNS)}\r\n${csvRow(cells)}\r`;
}

async function readText(file: string, { say }: Talk): Promise<string> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new AppError("input_invalid", say("import.unreadable", { file }), { cause });
  });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError("input_invalid", say("import.not-utf8", { file }), { cause });
  }
}

function rulesFor({ app, now }: Talk, team: TeamServices) {
  return {
    ...{ now, team, today: vietnamDay(now) },
    shipped: app.bundle.services,
    banned: app.bundle.doNotUse,
    places: app.worlds.at(now).places,
    provinceNames: provinceNames(app),
    provinceOf: app.worlds.provinceOf,
  };
}

function provinceNames({ bundle }: App): ReadonlySet<string> {
  const provinces = bundle.places.provinces?.provinces ?? [];
  const names = provinces.flatMap((one) => [one.names.vi, one.names.en, one.full_name, ...one.aliases]);
  return new Set(names.map(nameKey));
}

function refusalLines({ say }: Talk, file: string, outcome: Exclude<Import, { kind: "good" }>): string[] {
  if (outcome.kind === "refused") {
    return [say("import.refused", { file }), say(`file.${outcome.why.code}`, outcome.why.params)];
  }
  const rows = new Set(outcome.problems.map(({ row }) => row)).size;
  const total = say("import.problems", { count: String(outcome.problems.length), rows: String(rows) });
  return [...outcome.problems.map((problem) => problemLine(say, problem)), total];
}

function problemLine(say: Survey["say"], { row, column, code, params }: RowProblem): string {
  const what = say(`bad.${code}`, params);
  if (column === null) return say("import.problem-row", { row: String(row), what });
  return say("import.problem", { row: String(row), column, what });
}

function outcomeLines({ app, now, lang, say }: Talk, outcome: Extract<Import, { kind: "good" }>): string[] {
  const { places } = app.worlds.at(now);
  const named = (entry: OwnService) => {
    const place = places.name(entry.place)?.[lang] ?? entry.place;
    return `  ${say("import.entry", { name: entry.names[lang], place, id: entry.id })}`;
  };
  const group = (key: string, entries: readonly OwnService[]) =>
    entries.length === 0 ? [] : [say(key, { count: String(entries.length) }), ...entries.map(named)];
  const { added, replaced, unchanged, shared } = outcome;
  return [
    ...group("import.added", added),
    ...group("import.replaced", replaced),
    ...(unchanged.length === 0 ? [] : [say("import.unchanged", { count: String(unchanged.length) })]),
    ...shared.map(({ entry, other }) => say("import.shared", { name: entry.names[lang], other: other.names[lang] })),
    ...(added.length + replaced.length === 0 ? [] : [say("import.restart")]),
  ];
}

function print(lines: readonly string[], status: number): number {
  process.stdout.write(`${lines.join("\n")}\n`);
  return status;
}
