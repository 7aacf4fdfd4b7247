import { join } from "node:path";
import { expect, test } from "vitest";
import { readFolder } from "../../../src/content/files.ts";
import { parseFiles } from "../../../src/content/parse.ts";
import { helpDistance } from "../../../src/flow/checks/help-distance.ts";

const GOOD = join(import.meta.dirname, "../../fixtures/good");

/** Help distances of the sound folder with further nodes in its menu, reached by a choice `more`. */
async function distancesWith(nodes: string) {
  const files = new Map(await readFolder(GOOD));
  const menu = files.get("flows/menu.yaml") ?? "";
  const choice = '- { id: help, go: "@help" }';
  files.set(
    "flows/menu.yaml",
    menu.replace(choice, `${choice}\n      - { id: more, go: more }`).replace("  done:", `${nodes}\n  done:`),
  );
  const { bundle, findings } = parseFiles(files);
  expect(findings).toEqual([]);
  return bundle === null ? [] : helpDistance(bundle);
}

const menuOf = (distances: Awaited<ReturnType<typeof distancesWith>>) => distances.find((one) => one.flow === "menu");

test("a standing exit is one press; after expiry any input and the exit are two", async () => {
  const distances = await distancesWith("  more: { kind: ask, choices: [{ id: back, go: choose }] }");
  expect(menuOf(distances)).toEqual({ flow: "menu", nodes: 5, states: 4, longest: 2 });
  expect(distances.find((one) => one.flow === "help")).toEqual({ flow: "help", nodes: 2, states: 2, longest: 2 });
});

test("a question without exits counts its own choices", async () => {
  const hidden = "  more: { kind: ask, exits: none, choices: [{ id: on, go: then }] }";
  const then = "  then: { kind: ask, exits: none, choices: [{ id: on, go: choose }] }";
  expect(menuOf(await distancesWith(`${hidden}\n${then}`))?.longest).toBe(3);
});

test("where a branch decides, the farther side counts", async () => {
  const nodes = [
    "  more: { kind: ask, exits: none, choices: [{ id: on, go: fork }] }",
    "  fork: { kind: branch, cases: [{ when: { var: me.keep, is: true }, go: choose }], else: far }",
    "  far: { kind: ask, exits: none, choices: [{ id: on, go: farther }] }",
    "  farther: { kind: ask, exits: none, choices: [{ id: on, go: choose }] }",
  ];
  expect(menuOf(await distancesWith(nodes.join("\n")))?.longest).toBe(4);
});

test("no way by buttons is infinitely far", async () => {
  const nodes = "  more: { kind: ask, exits: none, choices: [{ id: on, go: more }] }";
  expect(menuOf(await distancesWith(nodes))?.longest).toBe(Number.POSITIVE_INFINITY);
});

test("quizzes, places, referrals and time-outs have states of their own", async () => {
  const nodes = [
    "  more: { kind: quiz, quiz: one, go: where }",
    "  where: { kind: place, set: place, go: ask }",
    "  ask: { kind: referral, service: one, opened: menu.done.text, refused: late, unavailable: late, go: late }",
    '  late: { kind: ask, choices: [{ id: on, go: choose }], timeout: { after: 5m, go: "@help" } }',
  ];
  // choose 2; quiz, place and referral 3 each; the question with a time-out 3.
  expect(menuOf(await distancesWith(nodes.join("\n")))).toEqual({ flow: "menu", nodes: 8, states: 14, longest: 2 });
});
