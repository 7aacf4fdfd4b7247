import { describe, expect, test } from "vitest";
import { type Advance, advance, begin } from "../../src/flow/engine.ts";
import type { Input } from "../../src/flow/input.ts";
import type { Program } from "../../src/flow/program.ts";
import { Session, type State } from "../../src/flow/session.ts";
import type { World } from "../../src/flow/world.ts";
import { fixedWorld, programWith, saidIn, screenOf } from "../support/flows.ts";

const MINUTE = 60_000;

/** A conversation: every state goes through JSON, as it would through a store of this process. */
class Talk {
  last: Advance;
  now = fixedWorld().now;
  readonly program: Program;
  readonly change: Partial<World>;

  constructor(program: Program, start: string | null, change: Partial<World> = {}) {
    this.program = program;
    this.change = change;
    const world = fixedWorld(change);
    this.last =
      start === null ? advance(program, null, { kind: "start" }, world) : begin(program, start, { lang: "vi" }, world);
  }

  #do(input: Input): this {
    this.now += 1000;
    const state: State = {
      heard: this.last.state.heard,
      session: Session.parse(JSON.parse(JSON.stringify(this.last.state.session))),
    };
    this.last = advance(this.program, state, input, fixedWorld({ ...this.change, now: this.now }));
    return this;
  }

  say(text: string): this {
    return this.#do({ kind: "text", text });
  }

  press(choice: string): this {
    const { flow, node } = screenOf(this.last.effects);
    return this.#do({ kind: "choice", token: `${flow}:${node}:${choice}` });
  }

  token(token: string): this {
    return this.#do({ kind: "choice", token });
  }

  send(input: Input): this {
    return this.#do(input);
  }

  wait(ms: number): this {
    this.now += ms;
    return this;
  }

  get at(): string {
    return this.last.state.session.frames.map((frame) => `${frame.flow}.${frame.node}`).join(" > ") || "rest";
  }

  get said(): string[] {
    return saidIn(this.last.effects);
  }

  get offered(): string[] {
    return screenOf(this.last.effects).choices.map((choice) => choice.id);
  }
}

const ASKING = `
flow: asking
version: 1
start: first
nodes:
  first:
    kind: ask
    choices:
      - { id: blue, label: asking.first.blue, go: end-blue }
      - { id: green, label: asking.first.green, go: end-green, set: { colour: green } }
      - { id: hidden, label: asking.first.hidden, go: end-blue, when: { var: colour, is: green } }
  end-blue: { kind: ask, choices: [{ id: back, go: first }] }
  end-green: { kind: ask, params: { c: $colour }, choices: [{ id: back, go: first }] }
`;

const LABELS: Record<string, string> = {
  "asking.first.blue": "Màu xanh biển",
  "asking.first.green": "Màu xanh lá",
  "common.skip": "Bỏ qua",
  "common.yes": "Có",
  "common.no": "Không",
};
const labelled: Partial<World> = {
  text: (ref, lang) => ("key" in ref ? (LABELS[ref.key] ?? ref.key) : ref[lang]),
};

describe("a typed answer selects a choice", () => {
  const asking = () => new Talk(programWith(ASKING), "asking", labelled);
  test.each([
    ["the number", "2"],
    ["the number with a dot", " 2. "],
    ["the label", "Màu xanh lá"],
    ["the label without tone marks", "mau xanh la"],
    ["decomposed Unicode", "Màu xanh lá".normalize("NFD")],
    ["one distinct word", "lá"],
    ["one distinct word without marks", "la"],
    ["a pressed button", null],
  ])("by %s", (_, text) => {
    const talk = asking();
    if (text === null) talk.press("green");
    else talk.say(text);
    expect(talk.at).toBe("asking.end-green");
  });

  test("and two labels that fit are both offered, and only those", () => {
    const talk = asking().say("xanh");
    expect(talk.said).toEqual(["engine.which"]);
    expect(talk.offered).toEqual(["blue", "green"]);
    expect(talk.say("1").at).toBe("asking.end-blue");
  });

  test("and a choice whose condition does not hold is not offered", () => {
    expect(asking().offered).toEqual(["blue", "green"]);
    expect(asking().press("green").press("back").offered).toEqual(["blue", "green", "hidden"]);
  });

  test("and what fits nothing asks again, never without a way on", () => {
    const talk = asking().say("tím");
    expect(talk.said).toEqual(["common.retry", "asking.first.text"]);
    expect(talk.offered).toEqual(["blue", "green"]);
  });
});

describe("words that always work", () => {
  test.each(["giúp", "GIUP", "/giup", "Cứu tôi với!", "cuu toi voi", "help"])(
    "%s opens help in the middle of a quiz",
    (word) => {
      const talk = new Talk(programWith(), "quiz").say(word);
      expect(talk.at).toBe("quiz.play > help.talk");
      expect(talk.press("other").at).toBe("quiz.play");
    },
  );

  test("a help word that tells of danger shows services at once, whatever the safety screen makes of it", () => {
    const talk = new Talk(programWith(), "quiz").say("nguy hiem");
    expect(talk.at).toBe("quiz.play > help.next");
    expect(talk.press("other").at).toBe("quiz.play");
  });

  test("quick exit leaves nothing behind and clears the screen", () => {
    const talk = new Talk(programWith(), "quiz").say("giúp").say("thoat");
    expect(talk.at).toBe("exit.quiet");
    expect(screenOf(talk.last.effects).clear).toBe(true);
    expect(screenOf(talk.last.effects).exits).toEqual([]);
    expect(talk.press("more").at).toBe("menu.main");
  });

  test("delete asks first, then asks the outside to forget", () => {
    const talk = new Talk(programWith(), "quiz").say("/xoahet");
    expect(talk.at).toBe("quiz.play > forget.sure");
    expect(talk.press("no").at).toBe("quiz.play");
    talk.say("xóa hết").press("yes");
    expect(talk.last.effects).toContainEqual({ kind: "forget" });
  });

  test("stop says so and returns to the question", () => {
    expect(new Talk(programWith(), "quiz").say("dừng").at).toBe("quiz.play");
  });

  test("an unknown command is explained", () => {
    expect(new Talk(programWith(), "quiz").say("/nope").said[0]).toBe("engine.unknown_command");
  });
});

describe("the safety screen", () => {
  test("interrupts any flow and brings the person back when it was something else", () => {
    const talk = new Talk(programWith(), "quiz").say("em bị đánh");
    expect(talk.at).toBe("quiz.play > help.talk");
    expect(talk.last.state.session.frames.at(-1)?.vars).toMatchObject({ need: "domestic-violence", urgent: false });
    expect(talk.press("other").at).toBe("quiz.play");
  });

  test("goes straight to the danger node when it is urgent", () => {
    const talk = new Talk(programWith(), "quiz").say("em bi danh ngay bay gio");
    expect(talk.at).toBe("quiz.play > help.next");
    expect(talk.said).toEqual(["domestic-violence-all-urgent", "help.next.text"]);
  });

  test("answers the question of the help flow that asked for words", () => {
    const talk = new Talk(programWith(), "help").press("yes").say("tôi bị đánh");
    expect(talk.at).toBe("help.where");
    expect(talk.say("Quảng Ninh").said[0]).toBe("domestic-violence-22-calm");
  });

  test("comes first even for a stranger and after a place has lapsed", () => {
    expect(new Talk(programWith(), null).at).toBe("welcome.hello");
    expect(
      advance(programWith(), null, { kind: "text", text: "tôi bị đánh" }, fixedWorld()).state.session.frames.at(-1)
        ?.flow,
    ).toBe("help");
    expect(new Talk(programWith(), "quiz").wait(48 * 60 * MINUTE).say("tôi bị đánh").at).toBe("help.talk");
  });

  test("never takes a quiz answer for a call for help", () => {
    const talk = new Talk(programWith(), "quiz", {
      random: () => 0.999,
      screen: () => ({ need: "self-harm", urgent: true, whom: "self", child: false }),
    });
    expect(talk.say("dung a").at).toBe("quiz.play");
  });
});

describe("a quiz", () => {
  test("explains every answer, offers quiet help where asked, and counts the score", () => {
    const talk = new Talk(programWith(), "quiz", { random: () => 0.999 });
    expect(talk.offered).toEqual(["a-0", "a-1", "a-2"]);
    talk.say("1");
    expect(talk.said).toEqual(["engine.quiz_right", "Vì a.", "engine.quiz_question"]);
    talk.press("b-2");
    expect(talk.said[0]).toBe("engine.quiz_wrong");
    expect(talk.offered).toEqual(["c-0", "c-1", "c-2", "help"]);
    talk.press("help");
    expect(talk.at).toBe("quiz.play > help.talk");
    talk.press("other").say("dung c");
    expect(talk.at).toBe("quiz.done");
    expect(talk.last.state.session.frames.at(-1)?.vars).toEqual({ score: 2, total: 3 });
    expect(talk.press("again").at).toBe("quiz.play");
  });

  test("shuffles by the chance it is handed, and explains an old answer button", () => {
    const talk = new Talk(programWith(), "quiz", { random: () => 0 });
    expect(talk.offered).not.toEqual(["a-0", "a-1", "a-2"]);
    const old = talk.offered[0] ?? "";
    talk.say("1").token(`quiz:play:${old}`);
    expect(talk.said[0]).toBe("engine.old_button");
    expect(talk.at).toBe("quiz.play");
  });
});

describe("old buttons", () => {
  test("of a question take the person back to it", () => {
    const talk = new Talk(programWith(ASKING), "asking", labelled).press("blue").token("asking:first:green");
    expect(talk.at).toBe("asking.end-green");
  });

  test("of another flow work as well, and a help button never loses the place it interrupts", () => {
    const talk = new Talk(programWith(), "quiz").token("help:talk:yes");
    expect(talk.at).toBe("quiz.play > help.need");
  });

  test("that lead away and back come to the start of a flow that has forgotten what it would say", () => {
    const talk = new Talk(programWith(), "menu").token("quiz:done:help");
    expect(talk.said[0]).toBe("engine.old_button");
    const flow = `{ flow: sum, version: 1, start: first, nodes: { first: { kind: ask, choices: [{ id: a, go: last, set: { n: 3 } }] }, last: { kind: ask, params: { n: $n }, choices: [{ id: h, go: "@help" }] } } }`;
    const back = new Talk(programWith(flow), "menu").token("sum:last:h").press("other");
    expect(back.at).toBe("sum.first");
  });

  test.each(["nonsense", "gone:node:x", "asking:first:gone", "asking:first:hidden", "::", "a:b:c:d"])(
    "that no longer exist (%s) are explained",
    (token) => {
      const talk = new Talk(programWith(ASKING), "asking", labelled).token(token);
      expect(talk.said[0]).toBe("engine.old_button");
      expect(talk.at).toBe("asking.first");
    },
  );
});

describe("time", () => {
  test("a flow that keeps nothing is forgotten after its time and never resumed", () => {
    const talk = new Talk(programWith(), "quiz")
      .say("giúp")
      .wait(16 * MINUTE)
      .send({ kind: "tick" });
    expect(talk.at).toBe("quiz.play");
    expect(talk.last.effects).toEqual([]);
    const later = new Talk(programWith(), "quiz")
      .say("giúp")
      .press("yes")
      .wait(16 * MINUTE)
      .say("1");
    expect(later.at).toBe("quiz.play");
    expect(later.said[0]).toBe("engine.ask_again");
  });

  test("after a day an ordinary flow gives way to the menu with a friendly sentence", () => {
    const talk = new Talk(programWith(), "quiz").wait(25 * 60 * MINUTE).say("1");
    expect(talk.at).toBe("menu.main");
    expect(talk.said[0]).toBe("engine.from_menu");
  });

  test("a wait goes on by itself, and any input before that takes the other way", () => {
    const flow = `{ flow: pause, version: 1, start: w, nodes: { w: { kind: wait, for: 8s, text: pause.w.text, go: on, input: off }, on: { kind: ask, choices: [{ id: m, go: "@menu" }] }, off: { kind: ask, choices: [{ id: m, go: "@menu" }] } } }`;
    expect(new Talk(programWith(flow), "pause").wait(4000).send({ kind: "tick" }).at).toBe("pause.w");
    expect(new Talk(programWith(flow), "pause").wait(9000).send({ kind: "tick" }).at).toBe("pause.on");
    expect(new Talk(programWith(flow), "pause").say("x").at).toBe("pause.off");
  });

  test("a question can time out", () => {
    const flow = `{ flow: q, version: 1, start: a, nodes: { a: { kind: ask, timeout: { after: 1m, go: b }, choices: [{ id: x, go: b }] }, b: { kind: ask, choices: [{ id: m, go: "@menu" }] } } }`;
    expect(new Talk(programWith(flow), "q").wait(61_000).send({ kind: "tick" }).at).toBe("q.b");
  });
});

describe("sub-flows", () => {
  const OUTER = `{ flow: outer, version: 1, start: go, nodes: { go: { kind: call, flow: inner, with: { x: 1 }, returns: { got: y }, go: after }, after: { kind: branch, cases: [{ when: { var: got, at_least: 5 }, go: many }], else: few }, many: { kind: ask, choices: [{ id: m, go: "@menu" }] }, few: { kind: ask, choices: [{ id: m, go: "@menu" }] } } }`;
  const INNER = `{ flow: inner, version: 1, takes: [x], start: n, nodes: { n: { kind: ask, number: { set: y, min: 0, max: 10, go: $end } } } }`;

  test("return to the caller with what it asked for", () => {
    const talk = new Talk(programWith(OUTER, INNER), "outer");
    expect(talk.at).toBe("outer.go > inner.n");
    expect(talk.say("11").said[0]).toBe("common.retry");
    expect(talk.say("giúp").press("other").at).toBe("outer.go > inner.n");
    expect(talk.say("7").at).toBe("outer.many");
  });

  test("a loop without an input ends instead of hanging", () => {
    const loop = `{ flow: loop, version: 1, start: a, nodes: { a: { kind: set, vars: { x: 1 }, go: b }, b: { kind: goto, go: a } } }`;
    expect(new Talk(programWith(loop), "loop").at).toBe("rest");
  });
});

describe("an edited flow", () => {
  test("takes a person on a removed node to where moved says, else to the menu", () => {
    const before = new Talk(programWith(ASKING), "asking", labelled);
    const moved = programWith(
      ASKING.replace("start: first", "start: fresh\nmoved: { first: fresh }")
        .replaceAll("  first:", "  fresh:")
        .replaceAll("go: first", "go: fresh"),
    );
    const there = advance(moved, before.last.state, { kind: "text", text: "1" }, fixedWorld(labelled));
    expect(there.state.session.frames.at(-1)?.node).toBe("fresh");
    const gone = advance(programWith(), before.last.state, { kind: "text", text: "1" }, fixedWorld(labelled));
    expect(gone.state.session.frames.at(-1)?.flow).toBe("menu");
    expect(saidIn(gone.effects)[0]).toBe("engine.from_menu");
  });
});

describe("places", () => {
  const FLOW = `{ flow: where, version: 1, start: p, nodes: { p: { kind: place, set: me.place, go: done }, done: { kind: ask, choices: [{ id: m, go: "@menu" }] } } }`;
  const where = () => new Talk(programWith(FLOW), "where", labelled);

  test("are taken by name, by shared location, after a short question, or skipped", () => {
    expect(where().say("quang ninh").last.state.session.me.place).toBe("22");
    expect(where().send({ kind: "location", latitude: 21, longitude: 105 }).last.state.session.me.place).toBe("01");
    const asked = where().say("hà");
    expect(asked.said[0]).toBe("engine.place_which");
    expect(asked.offered).toEqual(["01", "42", "skip"]);
    expect(asked.say("2").last.state.session.me.place).toBe("42");
    expect(where().say("bo qua").at).toBe("where.done");
    expect(where().say("xyz").said[0]).toBe("engine.place_unknown");
  });
});

describe("words a person typed", () => {
  const BOX = `{ flow: box, version: 1, start: q, nodes: { q: { kind: ask, free_text: { hear: idea, go: sure } }, sure: { kind: ask, yes_no: { yes: send, no: "@menu" } }, send: { kind: submit, box: proposal, from: idea, go: thanks, harm: "@help", lost: q }, thanks: { kind: ask, choices: [{ id: m, go: "@menu" }] } } }`;

  test("are in no session, and leave only when the person agrees", () => {
    const talk = new Talk(programWith(BOX), "box").say("thêm loa phường");
    expect(JSON.stringify(talk.last.state.session)).not.toContain("loa");
    talk.press("yes");
    expect(talk.last.effects).toContainEqual({ kind: "submit", box: "proposal", text: "thêm loa phường" });
    expect(talk.last.state.heard).toEqual({});
  });

  test("are asked for again after a restart", () => {
    const talk = new Talk(programWith(BOX), "box").say("thêm loa phường");
    talk.last = { ...talk.last, state: { ...talk.last.state, heard: {} } };
    expect(talk.press("yes").at).toBe("box.q");
  });

  test("that disclose harm go to help and nowhere else", () => {
    const talk = new Talk(programWith(BOX), "box").say("tôi bị đánh");
    expect(talk.at).toBe("box.q > help.talk");
    expect(talk.last.state.heard).toEqual({});
  });
});

describe("a referral", () => {
  const FLOW = `{ flow: ref, version: 1, start: r, nodes: { r: { kind: referral, service: s1, opened: ref.opened, refused: no, unavailable: none, go: after }, no: { kind: ask, choices: [{ id: m, go: "@menu" }] }, none: { kind: ask, choices: [{ id: m, go: "@menu" }] }, after: { kind: ask, choices: [{ id: m, go: "@menu" }] } } }`;
  const open = { responder: () => true };

  test("is not offered when nobody is there", () => {
    expect(new Talk(programWith(FLOW), "ref").at).toBe("ref.none");
  });

  test("opens only with consent, and help works while handed over", () => {
    expect(new Talk(programWith(FLOW), "ref", open).press("no").at).toBe("ref.no");
    const talk = new Talk(programWith(FLOW), "ref", open).press("yes");
    expect(talk.last.effects).toContainEqual({ kind: "referral", service: "s1" });
    expect(talk.say("giúp").at).toBe("ref.r > help.talk");
    expect(talk.press("other").press("close").at).toBe("ref.after");
    expect(talk.last.effects).toContainEqual({ kind: "close-referral", service: "s1" });
  });
});

describe("the rest of the kinds", () => {
  const FLOW = `
flow: all
version: 1
start: s
nodes:
  s: { kind: say, go: st }
  st: { kind: statement, statement: law-1, go: g }
  g: { kind: statement, guide: g1, section: now, go: t }
  t: { kind: tip, pick: next, go: t2 }
  t2: { kind: tip, pick: next, go: c }
  c: { kind: campaign, campaign: current, show: theme, go: l, open: l }
  l: { kind: link, url: "https://example.org/x", go: m }
  m: { kind: media, media: image, file: a.png, alt: all.alt, go: sub }
  sub: { kind: subscribe, topic: tips, go: n }
  n: { kind: count, count: done, go: sp }
  sp: { kind: split, ways: [{ weight: 1, go: a }, { weight: 3, go: b }] }
  a: { kind: ask, choices: [{ id: x, go: un }] }
  b: { kind: ask, choices: [{ id: x, go: un }] }
  un: { kind: unsubscribe, topic: tips, go: o }
  o: { kind: campaign, campaign: open, show: theme, go: a, open: fin }
  fin: { kind: end }
`;
  test("do what they say, in one turn", () => {
    const talk = new Talk(programWith(FLOW), "all");
    expect(talk.said).toEqual([
      "all.s.text",
      "law-1",
      "g1/now",
      "Mẹo 0",
      "Mẹo 1",
      "theme",
      "all.l.text",
      "a.png",
      "all.a.text",
    ]);
    expect(talk.last.state.session.topics).toEqual(["tips"]);
    expect(talk.last.effects).toContainEqual({ kind: "count", count: "done", flow: "all", node: "n" });
    talk.press("x");
    expect(talk.last.state.session.topics).toEqual([]);
    expect(talk.at).toBe("menu.main");
  });

  test("a split follows the chance it is handed", () => {
    expect(new Talk(programWith(FLOW), "all", { random: () => 0.5 }).at).toBe("all.b");
  });
});

describe("arriving", () => {
  test("a link brings a stranger to the welcome first, then to what it names", () => {
    const talk = new Talk(programWith(), null);
    talk.last = advance(programWith(), null, { kind: "start", payload: "quiz" }, fixedWorld());
    expect(talk.at).toBe("quiz.play > welcome.hello");
    expect(talk.press("go").at).toBe("quiz.play");
  });

  test("a known person comes back to the question, but never to a help screen", () => {
    expect(new Talk(programWith(), "quiz").send({ kind: "start" }).at).toBe("quiz.play");
    expect(new Talk(programWith(), "quiz").say("giúp").send({ kind: "start" }).at).toBe("quiz.play");
    expect(new Talk(programWith(), "help").send({ kind: "start" }).at).toBe("menu.main");
  });

  test("what the bot cannot read gets one honest sentence and the question again", () => {
    const talk = new Talk(programWith(), "quiz").send({ kind: "unreadable" });
    expect(talk.said).toEqual(["engine.unreadable", "engine.quiz_question"]);
  });
});
