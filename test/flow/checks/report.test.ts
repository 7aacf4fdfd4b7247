import { expect, test } from "vitest";
import { type Finding, finding } from "../../../src/flow/checks/finding.ts";
import { hasErrors, reportFindings, reportHelpDistance, reportTotal } from "../../../src/flow/checks/report.ts";

const spot = { file: "flows/menu.yaml", line: 3, flow: "menu", node: "choose" };
const error: Finding = finding("dead-end", spot, "nobody can leave", "add a choice");
const warning: Finding = finding("service-lapsed", { file: "content/services/a.yaml" }, "it lapsed", "call it");

test("a finding is its place, its code, what is wrong and what would mend it", () => {
  expect(reportFindings([error, warning])).toBe(
    [
      "flows/menu.yaml:3  dead-end (menu.choose)  nobody can leave",
      "  fix: add a choice",
      "content/services/a.yaml  warning service-lapsed  it lapsed",
      "  fix: call it",
    ].join("\n"),
  );
});

test("only errors fail the check", () => {
  expect([hasErrors([warning]), hasErrors([warning, error])]).toEqual([false, true]);
  expect(reportTotal([warning, error])).toBe("1 error, 1 warning");
  expect(reportTotal([])).toBe("0 errors, 0 warnings");
});

test("help distances are one line a flow, the farthest last", () => {
  const lines = reportHelpDistance([
    { flow: "menu", nodes: 4, states: 2, longest: 2 },
    { flow: "help", nodes: 1, states: 1, longest: 1 },
  ]).split("\n");
  expect(lines.map((line) => line.replace(/ +/g, " "))).toEqual([
    "help 1 node 1 state help in 1 input at most",
    "menu 4 nodes 2 states help in 2 inputs at most",
  ]);
});
