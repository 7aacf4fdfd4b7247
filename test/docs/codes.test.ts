import { expect, test } from "vitest";
import { CODES, WARNINGS } from "../../src/flow/checks/codes.ts";
import { firstColumn, readRoot } from "./documents.ts";

const EXPLAINED = readRoot("docs/check-codes.vi.md");

test("every code of the checks is explained once in Vietnamese, and no other", () => {
  expect([...firstColumn(EXPLAINED)].sort()).toEqual(Object.keys(CODES).sort());
});

test("the codes that only inform are marked as such", () => {
  const marked = [...EXPLAINED.matchAll(/^\| `([^`]+)` \*\(nhắc\)\*/gm)].map(([, code]) => code);
  expect(marked.sort()).toEqual([...WARNINGS].sort());
});

test("the guide for authors names codes that exist", () => {
  const known: readonly string[] = Object.keys(CODES);
  const named = firstColumn(readRoot("docs/authoring.vi.md")).filter((word) => /^[a-z-]+$/.test(word));
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((code) => !known.includes(code))).toEqual([]);
});
