import { describe, expect, test } from "vitest";
import { type Advance, advance, begin } from "../../src/flow/engine.ts";
import type { Input } from "../../src/flow/input.ts";
import type { Program } from "../../src/flow/program.ts";
import type { Heard } from "../../src/flow/world.ts";
import { fixedWorld, programWith, saidIn } from "../support/flows.ts";

/** Help that knows what to do with words that fit nothing, and calls a part of its own. */
const HELP = `
flow: help
version: 1
keeps: nothing
expires: 15m
start: door
takes: [need, urgent, whom, child]
lost: lost
nodes:
  door: { kind: branch, cases: [{ when: { var: whom, is: other }, go: part }], else: talk }
  talk: { kind: ask, choices: [{ id: other, go: $end }], free_text: { screen: need, go: list } }
  list: { kind: services, need: $need, go: talk }
  now: { kind: services, need: $need, urgent: true, go: talk }
  lost: { kind: say, go: people }
  people: { kind: services, need: talk-to-person, go: talk }
  part: { kind: call, flow: part, go: $end }
`;
const PART = `
flow: part
version: 1
keeps: nothing
expires: 15m
start: hello
nodes:
  hello: { kind: ask, choices: [{ id: other, go: $end }], free_text: { screen: need, go: list } }
  list: { kind: services, need: legal, go: hello }
`;
/** Keeps nothing either, but is no part of help: a list of cards. */
const CARDS = `
flow: cards
version: 1
keeps: nothing
expires: 15m
start: choose
triggers: { keywords: [thẻ] }
nodes:
  choose: { kind: ask, choices: [{ id: one, go: choose }, { id: help, go: "@help" }] }
`;

const program = programWith(HELP, PART, CARDS);
const told: Heard = { need: "domestic-violence", urgent: false, whom: "self", child: false };

function tell(before: Advance, heard: Heard | null, on: Program = program): Advance {
  return advance(on, before.state, { kind: "text", text: "lời kể" }, fixedWorld({ screen: () => heard }));
}

const at = ({ state }: Advance) => state.session.frames.map(({ flow, node }) => `${flow}.${node}`).join(" > ");
const from = (flow: string) => begin(program, flow, { lang: "vi" }, fixedWorld());
const press = (before: Advance, token: string) =>
  advance(program, before.state, { kind: "choice", token } satisfies Input, fixedWorld());

describe("words that fit nothing", () => {
  test("lead where the flow says", () => {
    const lost = tell(from("help"), null);
    expect(saidIn(lost.effects)).toEqual(["help.lost.text", "talk-to-person-all-calm", "help.talk.text"]);
  });

  test("are met with the question again where it says nothing", () => {
    expect(saidIn(tell(from("menu"), null).effects)).toEqual(["common.retry", "menu.main.text"]);
  });
});

describe("a need that answers a question", () => {
  test("is taken from words about the same person", () => {
    expect(saidIn(tell(from("help"), told).effects)[0]).toBe("domestic-violence-all-calm");
    const part = tell(from("quiz"), { ...told, whom: "other" });
    expect(at(part)).toBe("quiz.play > help.part > part.hello");
    expect(saidIn(tell(part, { ...told, whom: "other" }).effects)[0]).toBe("legal-all-calm");
    expect(saidIn(tell(part, told).effects)[0]).toBe("legal-all-calm");
  });

  test.each([{ whom: "other" as const }, { whom: "other" as const, child: true }])(
    "begins help anew where the words are about somebody else: %o",
    (whom) => {
      const other = tell(tell(from("quiz"), told), { ...told, ...whom });
      expect(at(other)).toBe("quiz.play > help.part > part.hello");
    },
  );

  test("is never urgent: that comes first", () => {
    expect(saidIn(tell(from("help"), { ...told, urgent: true }).effects)[0]).toBe("domestic-violence-all-urgent");
  });
});

describe("“I meant something else”", () => {
  test("leads back to a list of cards that keeps nothing either", () => {
    const help = press(from("cards"), "cards:choose:help");
    expect(at(help)).toBe("cards.choose > help.talk");
    expect(at(press(help, "help:talk:other"))).toBe("cards.choose");
    expect(at(press(tell(from("cards"), told), "help:talk:other"))).toBe("cards.choose");
  });

  test("and a second call for help replaces the first with all that belongs to it", () => {
    const part = tell(from("quiz"), { ...told, whom: "other" });
    const again = advance(program, part.state, { kind: "text", text: "giúp" }, fixedWorld());
    expect(at(again)).toBe("quiz.play > help.talk");
  });

  test("works on an old button of a part of help too", () => {
    const old = press(from("quiz"), "part:hello:other");
    expect(at(old)).toBe("quiz.play");
    expect([...program.helping]).toEqual(["help", "part"]);
  });
});
