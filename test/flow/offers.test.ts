import { describe, expect, test } from "vitest";
import { type Advance, advance, begin } from "../../src/flow/engine.ts";
import { type Input, linkToken } from "../../src/flow/input.ts";
import { readSession } from "../../src/flow/migrations.ts";
import { withOffers } from "../../src/flow/offers.ts";
import type { Offer, State } from "../../src/flow/session.ts";
import { fixedWorld, programWith, saidIn } from "../support/flows.ts";

const ASKING = `{ flow: asking, version: 1, start: first, nodes: { first: { kind: ask, choices: [{ id: blue, go: end }, { id: green, go: end }] }, end: { kind: ask, choices: [{ id: back, go: first }] } } }`;
const ASIDE = `{ flow: quiet, version: 1, aside: true, start: off, triggers: { keywords: [thôi mẹo], payloads: [quiet] }, nodes: { off: { kind: unsubscribe, topic: tips, go: said }, said: { kind: ask, choices: [{ id: back, go: $end }] } } }`;
const QUIZZES = `{ flow: quizzes, version: 1, start: choose, nodes: { choose: { kind: ask, choices: { from: quizzes, set: quiz, go: chosen } }, chosen: { kind: ask, choices: [{ id: menu, go: "@menu" }] } } }`;
const program = programWith(ASKING, ASIDE, QUIZZES);

const OFFERS: readonly Offer[] = [
  { id: "quiz", label: "Chơi đố vui", token: linkToken("quiz") },
  { id: "quizzes-2", label: "Bộ câu về việc bị đánh", token: "quizzes:choose:quizzes-2" },
  { id: "help", label: "Tôi cần người giúp", token: linkToken("help") },
];

function offered(flow = "asking", offers = OFFERS): State {
  const { state } = begin(program, flow, { lang: "vi", safe_word: "digest of gia vang" }, fixedWorld());
  return withOffers(state, offers);
}

/** As through a store of this process. */
function send(state: State, input: Input, later = 1000): Advance {
  const session = readSession(JSON.parse(JSON.stringify(state.session)));
  if (session === null) throw new Error("the session cannot be read again");
  return advance(program, { ...state, session }, input, fixedWorld({ now: fixedWorld().now + later }));
}

const say = (state: State, text: string) => send(state, { kind: "text", text });
const press = (state: State | null, token: string) =>
  state === null
    ? advance(program, null, { kind: "choice", token }, fixedWorld())
    : send(state, { kind: "choice", token });
const at = ({ state }: Advance) => state.session.frames.map(({ flow, node }) => `${flow}.${node}`).join(" > ");

describe("what stands below a message of the team", () => {
  test.each(["1", " 1. ", "(1)", "Chơi đố vui", "CHOI DO VUI", "đố vui"])("is taken by %s", (text) => {
    expect(at(say(offered(), text))).toBe("quiz.play");
  });

  test("leads to one quiz, and to help", () => {
    expect(at(say(offered(), "2"))).toBe("quizzes.chosen");
    expect(say(offered(), "2").state.session.frames.at(-1)?.vars).toEqual({ quiz: "quizzes-2" });
    expect(at(say(offered(), "3"))).toBe("asking.first > help.talk");
    expect(at(say(offered(), "tôi cần người giúp"))).toBe("asking.first > help.talk");
  });

  test("leaves the question before where it was, and lasts until the next input", () => {
    const other = say(offered(), "chưa hiểu");
    expect(other.state.session.offers).toBeUndefined();
    expect(saidIn(other.effects)).toEqual(["common.retry", "asking.first.text"]);
    const back = say(other.state, "1");
    expect(at(back)).toBe("asking.end");
  });

  test("and a number that none of it has is the question's", () => {
    expect(at(say(offered("asking", OFFERS.slice(0, 1)), "2"))).toBe("asking.end");
  });

  test("stays while only time passes, however much", () => {
    const { state } = send(offered(), { kind: "tick" }, 3 * 86_400_000);
    expect(state.session.offers).toEqual(OFFERS);
    expect(at(send(state, { kind: "text", text: "1" }, 3 * 86_400_001))).toBe("quiz.play");
  });

  test("gives way to that of the next message, and to none", () => {
    const next = withOffers(offered(), [{ id: "x", label: "Khác", token: linkToken("quiet") }]);
    expect(at(say(next, "1"))).toBe("asking.first > quiet.said");
    expect(withOffers(next, []).session).not.toHaveProperty("offers");
  });

  test("changes nothing else of what is known", () => {
    const { state } = begin(program, "asking", { lang: "vi" }, fixedWorld());
    const { offers: _, ...session } = withOffers(state, OFFERS).session;
    expect(session).toEqual(state.session);
  });

  test("never holds so much that the store could not be read again", () => {
    const many = Array.from({ length: 9 }, (_, n) => ({ id: `o${n}`, label: `Mục ${n}`, token: "::quiz" }));
    expect(readSession(withOffers(offered(), many).session)?.offers).toHaveLength(6);
  });
});

describe("before it come", () => {
  const taking = (label: string) => offered("asking", [{ id: "x", label, token: linkToken("quiz") }]);

  test.each(["giúp", "nguy hiểm", "HELP", "/giup"])("the help word %s", (word) => {
    expect(at(say(taking("giúp nguy hiểm help"), word))).toMatch(/^asking.first > help/);
    expect(at(say(taking(word), word))).toMatch(/^asking.first > help/);
  });

  test("quick exit and the person's own word", () => {
    expect(at(say(taking("thoát"), "thoát"))).toBe("exit.quiet");
    expect(at(say(taking("Giá vàng"), "giá vàng"))).toBe("exit.quiet");
  });

  test("stop, menu, delete and commands", () => {
    expect(at(say(taking("xóa hết"), "xóa hết"))).toBe("asking.first > forget.sure");
    expect(at(say(taking("menu"), "menu"))).toBe("menu.main");
    expect(at(say(taking("quiz"), "/quiz"))).toBe("quiz.play");
    const stopped = say({ ...taking("dừng"), session: { ...taking("dừng").session, topics: ["tips"] } }, "dừng");
    expect(stopped.state.session.topics).toEqual([]);
  });

  test("a disclosure in words of a label; the whole label is the label", () => {
    expect(at(say(offered(), "bị đánh"))).toBe("asking.first > help.talk");
    expect(at(say(offered(), "bộ câu về việc bị đánh"))).toBe("quizzes.chosen");
  });
});

describe("a button that does what a link does", () => {
  test("works for ever, from anywhere", () => {
    const { state } = begin(program, "quiz", { lang: "vi" }, fixedWorld());
    expect(at(press(state, "::quiz"))).toBe("quiz.play");
    expect(at(send(state, { kind: "choice", token: "::quiz" }, 400 * 86_400_000))).toBe("quiz.play");
    expect(at(press(state, "::help"))).toBe("quiz.play > help.talk");
    expect(at(press(state, "::menu"))).toBe("menu.main");
  });

  test("leads a stranger through the welcome, but for what stands aside and for help", () => {
    expect(at(press(null, "::quiz"))).toBe("quiz.play > welcome.hello");
    expect(at(press(null, "::quiet"))).toBe("quiet.said");
    expect(at(press(null, "::help"))).toBe("help.talk");
  });

  test("explains itself where the link leads nowhere any more", () => {
    const { state } = begin(program, "asking", { lang: "vi" }, fixedWorld());
    expect(saidIn(press(state, "::gone").effects)).toEqual(["engine.old_button", "asking.first.text"]);
  });
});

describe("a flow that stands aside", () => {
  test("leads back to where the person was, a conversation about help too", () => {
    const { state } = begin(program, "quiz", { lang: "vi" }, fixedWorld());
    const helped = say(state, "giúp");
    const aside = say(helped.state, "thôi mẹo");
    expect(at(aside)).toBe("quiz.play > help.talk > quiet.said");
    expect(at(press(aside.state, "quiet:said:back"))).toBe("quiz.play > help.talk");
  });

  test("stands there once, however often its word is said", () => {
    const { state } = begin(program, "quiz", { lang: "vi" }, fixedWorld());
    expect(at(say(say(state, "thôi mẹo").state, "thoi meo"))).toBe("quiz.play > quiet.said");
  });
});
