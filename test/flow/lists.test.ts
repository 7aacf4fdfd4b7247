import { expect, test } from "vitest";
import { advance, begin } from "../../src/flow/engine.ts";
import type { Input } from "../../src/flow/input.ts";
import type { World } from "../../src/flow/world.ts";
import { fixedWorld, programWith, saidIn, screenOf } from "../support/flows.ts";

const ENTRIES = [
  { id: "cat", label: { vi: "Con mèo", en: "A cat" }, group: "home" },
  { id: "dog", label: { vi: "Con chó", en: "A dog" }, group: "home" },
  { id: "crow", label: { vi: "Chim quạ đen", en: "A black crow" }, group: "wild" },
  { id: "duck", label: { vi: "Vịt đen", en: "A black duck" }, group: "wild" },
];
const list: World["list"] = (_, of) => ENTRIES.filter(({ group }) => of === undefined || group === of);
const guide: World["guide"] = (...asked) => ({ kind: "text", text: { vi: asked.join(" "), en: "" } });
const world = fixedWorld({ list, guide });
const program = programWith(`
flow: animals
version: 1
start: choose
nodes:
  choose:
    kind: ask
    choices: [{ id: home, go: group, set: { group: home } }]
    unlisted: { from: report-guides, set: animal, go: seen }
  group: { kind: ask, choices: { from: report-guides, of: $group, set: animal, go: seen } }
  seen: { kind: statement, guide: $animal, section: who, place: "01", go: done }
  done: { kind: ask, choices: [{ id: again, go: choose }] }
`);

function after(...inputs: readonly Input[]) {
  let turn = begin(program, "animals", { lang: "vi" }, world);
  for (const input of inputs) turn = advance(program, turn.state, input, world);
  return { node: turn.state.session.frames.at(-1)?.node, screen: screenOf(turn.effects), said: saidIn(turn.effects) };
}

const say = (text: string): Input => ({ kind: "text", text });
const press = (node: string, choice: string): Input => ({ kind: "choice", token: `animals:${node}:${choice}` });
const offered = ({ screen }: ReturnType<typeof after>) => screen.choices.map(({ id }) => id);

test("a list of a group offers its entries only", () => {
  expect(offered(after(press("choose", "home")))).toEqual(["cat", "dog"]);
});

test("an old button of such a list still leads to its entry", () => {
  expect(after(press("group", "crow")).node).toBe("done");
});

test("unlisted entries are not shown, and are found by their label or its words", () => {
  expect(offered(after())).toEqual(["home"]);
  expect(after(say("chim quạ đen")).node).toBe("done");
  expect(after(say("quạ")).node).toBe("done");
  expect(after(press("choose", "duck")).node).toBe("done");
});

test("a guide is asked for with the place that its node names", () => {
  expect(after(press("choose", "home"), press("group", "cat")).said).toContain("cat who 01");
});

test("a number never selects what is not shown", () => {
  expect(after(say("2")).node).toBe("choose");
});

test("words that fit several unlisted entries lead to one short question", () => {
  const which = after(say("đen"));
  expect(offered(which)).toEqual(["crow", "duck"]);
  expect(after(say("đen"), say("2")).node).toBe("done");
});
