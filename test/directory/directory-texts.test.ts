import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { DUE_REASONS } from "../../src/directory/due.ts";
import { FILE_PROBLEMS } from "../../src/directory/import.ts";
import { PROBLEMS } from "../../src/directory/import-cells.ts";
import { COLUMNS } from "../../src/directory/import-rows.ts";
import { LeadFile } from "../../src/directory/leads.ts";
import { CHECK_ANSWERS } from "../../src/directory/team-services.ts";
import { LANGS } from "../../src/flow/ids.ts";

const Texts = z.looseObject({
  bad: z.record(z.string(), z.string()),
  file: z.record(z.string(), z.string()),
  due: z.record(z.string(), z.string()),
  check: z.record(z.string(), z.string()),
  example: z.record(z.string(), z.string()),
});

function yaml(path: string): unknown {
  return parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));
}

describe.each(LANGS)("the texts of the directory command in %s", (lang) => {
  const texts = Texts.parse(yaml(`locales/${lang}/directory.yaml`));

  test("explain every problem of a file and a row, and no other", () => {
    expect(Object.keys(texts.bad).sort()).toEqual([...PROBLEMS].sort());
    expect(Object.keys(texts.file).sort()).toEqual([...FILE_PROBLEMS].sort());
  });

  test("name every reason to call and every answer", () => {
    expect(Object.keys(texts.due)).toEqual(expect.arrayContaining([...DUE_REASONS]));
    expect(Object.keys(texts.check)).toEqual(expect.arrayContaining([...CHECK_ANSWERS]));
  });

  test("give examples for columns that exist", () => {
    expect(Object.keys(texts.example).filter((column) => !COLUMNS.some((known) => known === column))).toEqual([]);
  });
});

test("docs/operating.md explains every column", () => {
  const page = readFileSync(new URL("../../docs/operating.md", import.meta.url), "utf8");
  expect(COLUMNS.filter((column) => !page.includes(`\`${column}\``))).toEqual([]);
});

test("leads tell what to ask, with their sources, and no phone number", () => {
  const { leads } = LeadFile.parse(yaml("content/services/leads.yaml"));
  expect(leads.length).toBeGreaterThan(30);
  const said = leads.flatMap(({ what, ask }) => [what.vi, what.en, ask?.vi ?? "", ask?.en ?? ""]);
  expect(said.filter((text) => /\d{3}[ .]?\d{3,}[ .]?\d{2,}/.test(text))).toEqual([]);
  expect(leads.filter(({ ask, sources }) => ask === undefined && sources.length === 0)).toEqual([]);
});
