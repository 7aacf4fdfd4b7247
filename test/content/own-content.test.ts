import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Bundle } from "../../src/content/bundle.ts";
import { readFolder } from "../../src/content/files.ts";
import { parseFiles } from "../../src/content/parse.ts";
import { helpDistance, MOST_INPUTS } from "../../src/flow/checks/help-distance.ts";
import { reportFindings } from "../../src/flow/checks/report.ts";
import { checkBundle } from "../../src/flow/checks/run.ts";

const ROOT = join(import.meta.dirname, "../..");
let bundle: Bundle;

beforeAll(async () => {
  const parsed = parseFiles(await readFolder(ROOT));
  expect(reportFindings(parsed.findings)).toBe("");
  if (parsed.bundle !== null) bundle = parsed.bundle;
});

test("the flows, texts and content of this bot have no finding", () => {
  expect(reportFindings(checkBundle(bundle, {}))).toBe("");
});

test("help is at most two inputs away from every state of every flow", () => {
  const distances = helpDistance(bundle);
  expect(distances.length).toBe(bundle.flows.size);
  expect(distances.filter(({ longest }) => longest > MOST_INPUTS)).toEqual([]);
  const neverWaits = distances.filter(({ states }) => states === 0).map(({ flow }) => flow);
  expect(neverWaits.sort()).toEqual(["stop-campaign", "stop-quizzes", "stop-tips", "tester", "traces"]);
});
