import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { checkOf, found, LEVELS, OUTCOMES, SECTIONS } from "../../src/commands/doctor/finding.ts";
import { flattenTexts } from "../../src/content/texts.ts";
import { readYaml } from "../../src/content/yaml.ts";
import { ROOT, readRoot } from "../docs/documents.ts";

/** Every text of the doctor in one language, without `doctor.` before the keys. */
function textsIn(lang: string): ReadonlyMap<string, string> {
  const file = join("locales", lang, "doctor.yaml");
  const { texts } = flattenTexts("doctor", readYaml(file, readFileSync(join(ROOT, file), "utf8")));
  return new Map([...texts].map(([key, { text }]) => [key.slice("doctor.".length), text]));
}

const outcomes = Object.entries(OUTCOMES);
const checks = new Set(outcomes.map(([outcome]) => outcome.split(".")[0] ?? ""));

const expected = [
  ...LEVELS.flatMap((level) => [`level.${level}`, `summary.${level}`]),
  ...SECTIONS.map((section) => `section.${section}`),
  ...[...checks].map((check) => `check.${check}`),
  ...outcomes.map(([outcome]) => `found.${outcome}`),
  ...outcomes.filter(([, level]) => level !== "ok").map(([outcome]) => `fix.${outcome}`),
].sort();

describe.each(["vi", "en"])("the doctor's texts in %s", (lang) => {
  const texts = textsIn(lang);

  test("say what was found and how to mend it, for every outcome and no other", () => {
    expect([...texts.keys()].sort()).toEqual(expected);
  });

  test("have names short enough for their column", () => {
    const names = [...texts].filter(([key]) => key.startsWith("check.") || key.startsWith("level."));
    expect(names.filter(([, name]) => name.length > 14)).toEqual([]);
  });

  test("name only commands that exist", () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readRoot("package.json")));
    const named = [...texts.values()].flatMap((text) => [...text.matchAll(/npm run ([a-z][a-z-]*)/g)]);
    expect(named.map(([, name = ""]) => name).filter((name) => !(name in scripts))).toEqual([]);
  });
});

test("a text asks for the same values in both languages", () => {
  const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
  const [vi, en] = [textsIn("vi"), textsIn("en")];
  for (const [key, text] of vi) expect([key, placeholders(en.get(key) ?? "")]).toEqual([key, placeholders(text)]);
});

test("a finding knows its check", () => {
  expect(checkOf(found("telegram-updates.webhook"))).toBe("telegram-updates");
});
