import { describe, expect, test } from "vitest";
import { seededRandom } from "../../src/bot/random.ts";
import { type Advance, advance } from "../../src/flow/engine.ts";
import type { Input } from "../../src/flow/input.ts";
import type { FlowNode } from "../../src/flow/schema.ts";
import { type Frame, freshState, type State } from "../../src/flow/session.ts";
import { realApp } from "./real-app.ts";

const NOON = Date.parse("2026-11-21T12:00:00+07:00");
const MINUTE = 60_000;

const app = await realApp(seededRandom(1));
const { program, worlds } = app;

/** A quiz whose first question waits for its answer, as the engine leaves it. */
const inQuiz = playing();
const quizPlace = inQuiz.session.frames;

function playing(): State {
  const { session } = freshState(NOON, "vi");
  const at = (flow: string, node: string): Frame => ({ flow, node, vars: {} });
  const listed = { heard: {}, session: { ...session, met: true, frames: [at("quizzes", "choose")] } };
  return act(listed, { kind: "choice", token: "quizzes:choose:digital-age" }).state;
}

function act(state: State, input: Input, minutesLater = 0): Advance {
  return advance(program, state, input, worlds.at(NOON + minutesLater * MINUTE));
}

function waiting(flow: string): [string, FlowNode][] {
  const kinds: readonly FlowNode["kind"][] = ["ask", "place", "quiz", "referral", "wait"];
  return [...(program.flows.get(flow)?.nodes ?? [])].filter(([, node]) => kinds.includes(node.kind));
}

const helping = [...program.helping].filter((flow) => flow !== program.unreadable);
const inHelp = helping.flatMap((flow) => waiting(flow).map(([node, { kind }]) => ({ flow, node, kind })));

/** Standing at a node of help that was opened in the middle of the quiz. */
function standing(flow: string, node: string): State {
  const frame: Frame = { flow, node, vars: {} };
  const below: Frame[] = flow === "help" ? [] : [{ flow: "help", node: `to-${flow}`, vars: {} }];
  return { ...inQuiz, session: { ...inQuiz.session, frames: [...quizPlace, ...below, frame] } };
}

function placeOf({ state }: Advance): string {
  const top = state.session.frames.at(-1);
  return top === undefined ? "rest" : `${top.flow}.${top.node}`;
}

function flowsOf({ state }: Advance): string[] {
  return state.session.frames.map((frame) => frame.flow);
}

test("these are the flows of help", () => {
  expect(helping).toEqual(["help", "bystander", "child", "hurting"]);
  expect(placeOf({ state: inQuiz, effects: [] })).toBe("quizzes.play");
  expect(inHelp.length).toBeGreaterThan(40);
});

describe.each(inHelp)("from $flow.$node", ({ flow, node, kind }) => {
  const here = standing(flow, node);
  const press = (state: State, choice: string, at = `${flow}:${node}`) =>
    act(state, { kind: "choice", token: `${at}:${choice}` });

  test("“I meant something else” leads back to the very question of the quiz", () => {
    const asked = kind === "place" ? press(here, "skip").state : here;
    const top = asked.session.frames.at(-1);
    const back = press(asked, "other", `${top?.flow}:${top?.node}`);
    expect(back.state.session.frames).toEqual(quizPlace);
    expect(back.effects).toContainEqual(expect.objectContaining({ kind: "send" }));
  });

  test.each([
    ["the chat is opened again", { kind: "start" }, 0],
    ["a quarter of an hour is over and somebody writes", { kind: "text", text: "alo" }, 16],
    ["a quarter of an hour is over and a button is pressed", { kind: "choice", token: "::menu" }, 16],
    ["a quarter of an hour is over", { kind: "tick" }, 16],
  ] satisfies [string, Input, number][])("nothing of it is left once %s", (_, input, minutes) => {
    const after = act(here, input, minutes);
    const said = JSON.stringify(after.effects);
    expect(flowsOf(after).filter((id) => program.helping.has(id))).toEqual([]);
    for (const id of helping) expect(said).not.toContain(`"${id}.`);
  });

  test("a help word begins anew, once, above the quiz", () => {
    const again = act(here, { kind: "text", text: "giúp" });
    expect(flowsOf(again)).toEqual(["quizzes", "help"]);
  });

  test("stopping all messages silences nothing", () => {
    const stopped = act(here, { kind: "text", text: "dừng nhận tin" });
    expect(placeOf(stopped)).toBe("stop.stopped");
    expect(placeOf(act(stopped.state, { kind: "text", text: "chồng tôi hay đánh tôi" }))).toBe("help.heard");
  });

  test("words that fit nothing are thanked, with a service, and never “choose one of these”", () => {
    if (kind !== "ask") return;
    const { effects } = act(here, { kind: "text", text: "zzz qqq" });
    expect(JSON.stringify(effects)).toContain('"kind":"service"');
    expect(JSON.stringify(effects)).not.toContain("common.retry");
  });
});

describe("what cannot be read, at every place where somebody can stand", () => {
  const all = [...program.flows.keys()].flatMap((flow) => waiting(flow).map(([node]) => ({ flow, node })));
  const elsewhere = all.filter(({ flow }) => flow !== program.unreadable);

  test.each(elsewhere)("$flow.$node: one fixed screen with people, not twice, and back", ({ flow, node }) => {
    const { session } = freshState(NOON, "vi");
    const state: State = { heard: {}, session: { ...session, met: true, frames: [{ flow, node, vars: {} }] } };
    const once = act(state, { kind: "unreadable" });
    expect(placeOf(once)).toBe("unreadable.after");
    expect(JSON.stringify(once.effects)).toContain('"id":"nat-113"');
    const twice = act(once.state, { kind: "unreadable" });
    expect(flowsOf(twice)).toEqual(flowsOf(once));
    expect(twice.effects).toEqual(once.effects);
    const on = act(twice.state, { kind: "choice", token: "unreadable:after:on" });
    expect(flowsOf(on)).not.toContain("unreadable");
    const helped = act(twice.state, { kind: "choice", token: "unreadable:after:help" });
    expect(placeOf(helped)).toBe("help.can-talk");
  });

  test("the question of a quiz is the same afterwards", () => {
    const { state } = act(inQuiz, { kind: "unreadable" });
    const on = act(state, { kind: "choice", token: "unreadable:after:on" });
    expect(on.state.session.frames).toEqual(quizPlace);
  });

  test("a stranger is shown it too, and meets the menu after it", () => {
    const first = advance(program, null, { kind: "unreadable" }, worlds.at(NOON));
    expect(placeOf(first)).toBe("unreadable.after");
    expect(placeOf(act(first.state, { kind: "choice", token: "unreadable:after:on" }))).toBe("menu.choose");
  });
});

test("a network that does not say what somebody reads: one line in the other language comes first", () => {
  const { effects } = advance(program, null, { kind: "text", text: "giúp" }, worlds.at(NOON));
  expect(JSON.stringify(effects)).toContain("help.other-language.text");
  const known = act(inQuiz, { kind: "text", text: "giúp" });
  expect(JSON.stringify(known.effects)).not.toContain("help.other-language.text");
});
