import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkFiles } from "../../../src/content/check-files.ts";
import { readFolder } from "../../../src/content/files.ts";
import { CODES, WARNINGS } from "../../../src/flow/checks/codes.ts";
import type { CheckOptions } from "../../../src/flow/checks/finding.ts";
import { playDialogues } from "./dialogues.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures");
const BROKEN = readdirSync(join(FIXTURES, "broken")).sort();
const OPTIONS: CheckOptions = { now: Date.parse("2026-11-21T09:00:00+07:00"), runTranscripts: playDialogues };

/** A folder is named by its code, or by its code and what is special about it. */
function codeOf(folder: string): string | undefined {
  const codes: readonly string[] = Object.keys(CODES);
  return codes
    .filter((code) => folder === code || folder.startsWith(`${code}-`))
    .sort((a, b) => b.length - a.length)[0];
}

test("the sound folder has no finding", async () => {
  expect(checkFiles(await readFolder(join(FIXTURES, "good")), OPTIONS)).toEqual([]);
});

describe("a folder with one defect reports this defect and nothing else", () => {
  test.each(BROKEN)("%s", async (folder) => {
    const findings = checkFiles(await readFolder(join(FIXTURES, "broken", folder)), OPTIONS);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.map((finding) => finding.code)).toEqual(findings.map(() => codeOf(folder)));
    for (const { file, fix, message, severity, code } of findings) {
      expect({ file, fix, message }).not.toContainEqual("");
      expect(severity).toBe(WARNINGS.has(code) ? "warning" : "error");
    }
  });
});

test("every code has a folder that shows it", () => {
  expect([...new Set(BROKEN.map(codeOf))].sort()).toEqual(Object.keys(CODES).sort());
});
