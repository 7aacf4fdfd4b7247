import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const PAGE = readFileSync(join(ROOT, "docs/desk-security.md"), "utf8");

/** Rows of the tables with a test, as their cells. */
const rows = PAGE.split("\n")
  .filter((line) => line.startsWith("| ") && line.split(" | ").length === 3 && !line.startsWith("| item"))
  .map((line) => line.slice(2, -2).split(" | "));

/** Whether a test or a group of tests of this file has a name that begins so. */
function has(file: string, name: string): boolean {
  const source = existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), "utf8") : "";
  return ['"', "`"].some((quote) => source.includes(`${quote}${name}`));
}

test("every item of docs/desk-security.md names tests, and each of them exists", () => {
  expect(rows.length).toBeGreaterThan(55);
  for (const [item = "", what = "", tests = ""] of rows) {
    const named = [...tests.matchAll(/\[[^\]]+\]\(\.\.\/(test\/[^)]+)\) “([^”]+)”/g)];
    expect([item, what.length > 10, named.length > 0]).toEqual([item, true, true]);
    const missing = named.filter(([, file = "", name = ""]) => !has(file, name)).map(([, file, name]) => [file, name]);
    expect([item, missing]).toEqual([item, []]);
  }
});
