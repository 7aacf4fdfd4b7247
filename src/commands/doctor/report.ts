import { styleText } from "node:util";
import type { Lang } from "../../flow/ids.ts";
import type { Say } from "../../language/texts.ts";
import { checkOf, type Finding, type Level, levelOf, type Section } from "./finding.ts";

/** Fits the narrowest terminal anybody uses. */
const WIDTH = 80;
const COLOURS = { ok: "green", warning: "yellow", wrong: "red" } as const;

/** Texts of `locales/<lang>/doctor.yaml`. */
export type DoctorSay = (key: string, params?: Readonly<Record<string, string>>) => string;

export function doctorTexts(say: Say, lang: Lang): DoctorSay {
  return (key, params) => say({ key: `doctor.${key}`, ...(params && { params }) }, lang);
}

export interface Layout {
  readonly say: DoctorSay;
  readonly colours: boolean;
}

/** The report as people read it: sections, and below each what was found and how to mend it. */
export function reportLines(sections: readonly Section[], { say, colours }: Layout): readonly string[] {
  const names = sections.flatMap(({ findings }) => findings.map((one) => say(`check.${checkOf(one)}`)));
  const columns = {
    level: Math.max(...(["ok", "warning", "wrong"] as const).map((level) => say(`level.${level}`).length)) + 2,
    name: Math.max(...names.map((name) => name.length)) + 2,
  };
  const lines = sections.flatMap(({ section, findings }) => [
    paint(say(`section.${section}`), "bold", colours),
    ...findings.flatMap((one) => findingLines(one, columns, { say, colours })),
    "",
  ]);
  return [...lines, ...wrapped(summary(sections, say), WIDTH)];
}

/** The same for a programme. */
export function reportJson(sections: readonly Section[], say: DoctorSay) {
  return {
    ok: !sections.some(hasWrong),
    sections: sections.map(({ section, findings }) => ({
      section,
      findings: findings.map((one) => ({ outcome: one.outcome, level: levelOf(one), ...textsOf(one, say) })),
    })),
  };
}

export function hasWrong({ findings }: Section): boolean {
  return findings.some((one) => levelOf(one) === "wrong");
}

/** What was found and, unless all is well, what to do about it. */
export function textsOf(finding: Finding, say: DoctorSay): { readonly found: string; readonly fix?: string } {
  const { outcome, params } = finding;
  const fix = levelOf(finding) === "ok" ? {} : { fix: say(`fix.${outcome}`, params) };
  return { found: say(`found.${outcome}`, params), ...fix };
}

function findingLines(finding: Finding, columns: { level: number; name: number }, { say, colours }: Layout): string[] {
  const level = levelOf(finding);
  const texts = textsOf(finding, say);
  const indent = 2 + columns.level + columns.name;
  const mark = paint(say(`level.${level}`).padEnd(columns.level), COLOURS[level], colours);
  const name = say(`check.${checkOf(finding)}`).padEnd(columns.name);
  const fix = texts.fix === undefined ? [] : wrapped(`→ ${texts.fix}`, WIDTH - indent);
  const [first = "", ...rest] = [...wrapped(texts.found, WIDTH - indent), ...fix];
  return [`  ${mark}${name}${first}`, ...rest.map((line) => " ".repeat(indent) + line)];
}

function summary(sections: readonly Section[], say: DoctorSay): string {
  const levels = sections.flatMap(({ findings }) => findings.map(levelOf));
  const count = (level: Level) => levels.filter((one) => one === level).length;
  const counts = { wrong: String(count("wrong")), warning: String(count("warning")) };
  if (count("wrong") > 0) return say("summary.wrong", counts);
  return say(count("warning") > 0 ? "summary.warning" : "summary.ok", counts);
}

/** Breaks between words; a word longer than the line, such as an address, stands by itself. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function paint(text: string, style: "bold" | (typeof COLOURS)[Level], colours: boolean): string {
  return colours ? styleText(style, text, { validateStream: false }) : text;
}
