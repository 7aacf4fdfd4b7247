import { describe, expect, test } from "vitest";
import { seededRandom } from "../../src/bot/random.ts";
import { nobodyOn } from "../../src/bot/world.ts";
import { answerName } from "../../src/flow/answers.ts";
import { type Advance, advance } from "../../src/flow/engine.ts";
import { LANGS, type Lang } from "../../src/flow/ids.ts";
import type { Input } from "../../src/flow/input.ts";
import type { FlowNode } from "../../src/flow/schema.ts";
import type { Screen } from "../../src/flow/screen.ts";
import { type Frame, freshState, type Session, type State } from "../../src/flow/session.ts";
import { realApp } from "./real-app.ts";

const NOON = Date.parse("2026-11-21T12:00:00+07:00");
const LONG_MS = 100 * 86_400_000;
const HERE = nobodyOn("zalo-bot");
const OWN = "hoa hong vang";

const EXITS = ["thoát", "THOAT", "/thoat", "thời tiết", "thoi tiet", "/thoitiet", "weather", "exit", "/exit", "Quit."];
const OWNS = ["Hoa hồng vàng", "hoa hong vang", " HOA HỒNG VÀNG! ", "/hoa hồng vàng"];
const FORGETS = ["xóa", "xoá", "xoa", "/xoa", "xoa het", "/xóa hết", "/xoahet", "delete", "/delete", "Forget me"];

const { program, worlds } = await realApp(seededRandom(1));

function act(state: State | null, input: Input, at = NOON): Advance {
  return advance(program, state, input, worlds.at(at, HERE));
}

function say(state: State | null, text: string, at = NOON): Advance {
  return act(state, { kind: "text", text }, at);
}

/** Somebody with a word of their own and unsent words in memory. */
function person(frames: readonly Frame[], lang: Lang = "vi", more: Partial<Session["me"]> = {}): State {
  const { session } = freshState(NOON, lang);
  const me = { lang, keep: true, place: "01", safe_word: HERE.digest(OWN), ...more };
  const heard = { idea: "chuyện riêng", [answerName("")]: "legal-aid", [answerName("facts")]: "chuyện riêng" };
  return { heard, session: { ...session, met: true, me, frames: [...frames] } };
}

const KINDS: readonly FlowNode["kind"][] = ["ask", "place", "quiz", "referral", "wait", "form", "safe-word"];
const places = [...program.flows.values()].flatMap(({ id, nodes }) =>
  [...nodes].flatMap(([node, { kind }]) => (KINDS.includes(kind) ? [{ flow: id, node, kind }] : [])),
);

function below(flow: string): Frame[] {
  const quiz = { flow: "quizzes", node: "play", vars: { quiz: "digital-age" } };
  return flow === "help" ? [quiz] : [quiz, { flow: "help", node: "what", vars: { need: "domestic-violence" } }];
}

/** The engine's situations at one place: waiting, in the midst of something, on top of others, expired. */
function situations(flow: string, node: string, kind: FlowNode["kind"], lang: Lang): State[] {
  const here: Frame = { flow, node, vars: { need: "domestic-violence", form: "legal-aid" } };
  const states: Partial<Record<FlowNode["kind"], Frame["state"]>> = {
    quiz: { order: ["gone"], answers: [0], right: 0, total: 1, help: false },
    place: { codes: ["01", "22"] },
    referral: { open: true },
    form: { at: "facts", reviewed: false },
    ask: { shown: [node] },
  };
  const state = states[kind];
  const amid = state === undefined ? [] : [person([{ ...here, state }], lang)];
  return [person([here], lang), person([...below(flow), here], lang, { left: true }), ...amid];
}

function screenOf({ effects }: Advance): Screen {
  const sent = effects.flatMap((effect) => (effect.kind === "send" ? [effect.screen] : []));
  expect(sent).toHaveLength(1);
  return sent[0] ?? expect.unreachable();
}

function expectHidden(after: Advance): void {
  const { session, heard } = after.state;
  expect(session.frames.map(({ flow, vars }) => ({ flow, vars }))).toEqual([{ flow: "exit", vars: {} }]);
  expect(heard).toEqual({});
  const { choices, exits, clear } = screenOf(after);
  expect({ clear, exits, choices: choices.map(({ id }) => id) }).toEqual({ clear: true, exits: [], choices: ["more"] });
  for (const key of keysOf(after)) expect(key).toMatch(/^exit\./);
}

/** What was said, in order. */
function keysOf(after: Advance): string[] {
  return screenOf(after).parts.map((part) => (part.kind === "text" && "key" in part.text ? part.text.key : part.kind));
}

function expectForgotten(asked: Advance): void {
  expect(asked.state.session.frames.at(-1)).toMatchObject({ flow: "forget", node: "sure" });
  const gone = act(asked.state, { kind: "choice", token: "forget:sure:yes" });
  expect(gone.effects).toContainEqual({ kind: "forget" });
  const { session, heard } = gone.state;
  expect({ me: session.me, topics: session.topics, heard }).toEqual({ me: { lang: "vi" }, topics: [], heard: {} });
  expect(session.frames.map(({ flow }) => flow)).toEqual(["forget"]);
  expect(keysOf(gone)).toEqual(["forget.done.text", "forget.device.text", "traces.zalo.text", "forget.gone.text"]);
}

test("there are places of every kind that somebody can stand on", () => {
  expect(places.length).toBeGreaterThan(100);
  const kinds = places.map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(["ask", "place", "quiz", "form", "safe-word"]));
});

describe.each([...new Set(places.map(({ flow }) => flow))])("from every place of %s", (flow) => {
  const here = places.filter((place) => place.flow === flow);

  test.each(LANGS)("words for leaving hide it all at once (%s)", (lang) => {
    for (const { node, kind } of here) {
      for (const state of situations(flow, node, kind, lang)) {
        for (const word of [...EXITS, ...OWNS]) {
          expectHidden(say(state, word));
          expectHidden(say(state, word, NOON + LONG_MS));
        }
      }
    }
  });

  test("words for deleting delete everything after one question, and say what they cannot", () => {
    for (const { node, kind } of here) {
      for (const state of situations(flow, node, kind, "vi")) {
        for (const word of FORGETS) expectForgotten(say(state, word));
        expectForgotten(say(state, "xoa", NOON + LONG_MS));
      }
    }
  });
});

test.each([
  ["a stranger", freshState(NOON, "vi")],
  ["somebody at rest", person([])],
  ["somebody who stopped all messages", say(person([]), "dừng nhận tin").state],
  ["somebody in front of the unreadable screen", act(person(below("help")), { kind: "unreadable" }).state],
  ["somebody who is asked whether to delete", say(person(below("help")), "xóa").state],
  ["somebody who left already", say(person(below("help")), "thoát").state],
])("%s leaves with every word, too", (_, state) => {
  for (const word of EXITS) expectHidden(say(state, word));
  if (state.session.met) for (const word of OWNS) expectHidden(say(state, word));
  for (const word of FORGETS) expectForgotten(say(state, word));
});

test("opening the chat again after leaving shows nothing of before", () => {
  const left = say(person(below("child")), "Hoa hong vang").state;
  expectHidden(act(left, { kind: "start" }));
  const on = act(left, { kind: "choice", token: "exit:pick:gone" });
  expect(on.state.session.frames.map((frame) => frame.flow)).toEqual(["exit"]);
  const menu = say(left, "1").state.session.frames;
  expect(menu.map((frame) => frame.flow)).toEqual(["menu"]);
});

test("how to delete a chat comes along once; to a stranger each time they are one", () => {
  const first = say(person(below("help")), "thoát");
  expect(keysOf(first)[0]).toBe("exit.tidy-zalo.text");
  expect(keysOf(say(first.state, "thoát"))).toHaveLength(1);
  expect(keysOf(say(null, "thoát"))[0]).toBe("exit.tidy-zalo.text");
});

test("every word that is offered can be taken, in both languages, and is heard afterwards", () => {
  for (const lang of LANGS) {
    const at: Frame = { flow: "settings", node: "safe-word-pick", vars: {} };
    const node = program.flows.get("settings")?.nodes.get("safe-word-pick");
    for (const id of node?.kind === "safe-word" ? node.words : []) {
      const token = `settings:safe-word-pick:${id}`;
      const taken = act(person([at], lang, { safe_word: undefined }), { kind: "choice", token }).state;
      expect(taken.session.me.safe_word, id).toBeDefined();
      const word = worlds.at(NOON).text({ key: `settings.safe-word-pick.${id}` }, lang);
      expectHidden(say(taken, word.toUpperCase()));
      expect(JSON.stringify(taken.session)).not.toContain(word);
    }
  }
});
