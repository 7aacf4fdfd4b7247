import { describe, expect, test } from "vitest";
import { type Advance, advance, begin } from "../../src/flow/engine.ts";
import { saved } from "../../src/flow/expiry.ts";
import type { Input } from "../../src/flow/input.ts";
import { Session, type State } from "../../src/flow/session.ts";
import { foldWords } from "../../src/language/fold.ts";
import { fixedWorld, programWith, saidIn, screenOf } from "../support/flows.ts";
import { LETTER, LETTER_FLOW } from "../support/forms.ts";

const MINUTE = 60_000;
const WORLD = {
  form: (id: string) => (id === LETTER.form ? LETTER : undefined),
  screen: (text: string) => {
    const words = foldWords(text);
    if (!words.includes("danh")) return null;
    return { need: "domestic-violence", urgent: words.includes("dang"), whom: "self", child: false } as const;
  },
};
const program = programWith(LETTER_FLOW);

/** Somebody filling in the form. */
class Filler {
  last: Advance = begin(program, "letter", { lang: "vi" }, fixedWorld(WORLD));
  now = fixedWorld().now;

  send(input: Input): this {
    this.now += 1000;
    this.last = advance(program, this.last.state, input, fixedWorld({ ...WORLD, now: this.now }));
    return this;
  }

  say(...texts: readonly string[]): this {
    for (const text of texts) this.send({ kind: "text", text });
    return this;
  }

  press(...choices: readonly string[]): this {
    for (const choice of choices) this.send({ kind: "choice", token: `letter:fill:${choice}` });
    return this;
  }

  wait(ms: number): this {
    this.now += ms;
    return this;
  }

  /** The process dies: what was not stored is gone. */
  restart(): this {
    const session = Session.parse(JSON.parse(JSON.stringify(saved(program, this.last.state.session))));
    this.last = { state: { session, heard: {} }, effects: [] };
    return this;
  }

  get said(): string[] {
    return saidIn(this.last.effects);
  }

  get choices(): string[] {
    return screenOf(this.last.effects).choices.map(({ id }) => id);
  }

  get at(): string {
    return this.last.state.session.frames.map(({ flow, node }) => `${flow}.${node}`).join(" > ");
  }

  get draft(): unknown {
    return screenOf(this.last.effects).parts.find((part) => part.kind === "draft")?.draft;
  }
}

const filler = () => new Filler();
const reviewed = () => filler().say("An", "Huế").press("yes-together").say("Một.", "Hai.").press("keep-what");

describe("asking", () => {
  test("goes through the questions, a long one over several messages, and hands the answers over at the end", () => {
    const talk = filler();
    expect(talk.said).toEqual(["letter.form.question"]);
    expect(talk.choices).toEqual(["skip-name"]);
    expect(talk.say("An").choices).toEqual(["skip-other-home", "back-other-home"]);
    expect(talk.say("Huế").choices).toEqual(["yes-together", "no-together", "skip-together", "back-together"]);
    expect(talk.say("common.yes").choices).toEqual(["skip-what", "back-what"]);
    expect(talk.say("Một.").said).toEqual(["letter.form.more"]);
    expect(talk.say("Hai.").choices).toEqual(["keep-what", "again-what", "skip-what", "back-what"]);
    expect(talk.press("keep-what").said).toEqual([
      "Họ tên: An\nNơi ở: Huế\nỞ chung: common.yes\nSự việc: Một.\nHai.",
      "letter.form.review",
    ]);
    expect(talk.press("make").at).toBe("letter.after");
    expect(talk.draft).toEqual({
      form: "letter",
      place: undefined,
      answers: { name: "An", "other-home": "Huế", together: "yes", what: "Một.\nHai." },
    });
    expect(talk.last.state.heard).toEqual({});
  });

  test("everything can be left blank, by button, number or word", () => {
    const talk = filler().press("skip-name").say("1").say("common.skip").say("letter.form.skip");
    expect(talk.said[0]).toBe(
      "Họ tên: letter.form.left\nNơi ở: letter.form.left\nỞ chung: letter.form.left\nSự việc: letter.form.left",
    );
    expect(talk.press("make").draft).toMatchObject({ answers: {} });
  });

  test("goes back, keeps or replaces an answer", () => {
    const talk = filler().say("An").press("back-other-home");
    expect(talk.said).toEqual(["letter.form.question", "letter.form.answered_line"]);
    expect(talk.press("keep-name").choices).toContain("skip-other-home");
    expect(
      talk.press("back-other-home").say("Bình").press("skip-other-home", "skip-together", "skip-what").said[0],
    ).toContain("Bình");
  });

  test("changes one answer from the review and comes back to it", () => {
    const talk = reviewed().press("edit");
    expect(talk.choices).toEqual(["edit-name", "edit-other-home", "edit-together", "edit-what", "review"]);
    expect(talk.press("edit-other-home").choices).toEqual(["keep-other-home", "skip-other-home"]);
    expect(talk.say("Vinh").said[0]).toContain("Nơi ở: Vinh");
    expect(talk.press("edit", "edit-what").said).toContain("letter.form.answered_long");
    expect(talk.press("again-what").say("Ba.").press("keep-what").said[0]).toContain("Sự việc: Ba.");
  });

  test("a message without words, or for a yes or no, is asked again", () => {
    expect(filler().say(" \u200b😀 ").said).toEqual(["letter.form.empty", "letter.form.question"]);
    expect(filler().say("An", "Huế", "có lẽ").said).toEqual(["letter.form.retry", "letter.form.question"]);
  });

  test("an answer that is too long is kept as far as it goes, and said so", () => {
    const talk = filler().say("x".repeat(10_000));
    expect(talk.said[0]).toBe("letter.form.cut");
    expect(talk.press("back-other-home", "keep-name").say("Huế").press("skip-together", "skip-what").said[0]).toContain(
      `${"x".repeat(300)}\n`,
    );
  });

  test("a button of another question changes nothing", () => {
    const talk = filler().say("An").press("skip-name");
    expect(talk.said).toEqual(["engine.old_button", "letter.form.question"]);
    expect(talk.say("Huế").press("skip-together", "skip-what").said[0]).toContain("Họ tên: An");
  });

  test("a blank form asks nothing", () => {
    const talk = filler().press("skip-name", "skip-other-home", "skip-together", "skip-what", "make");
    talk.send({ kind: "choice", token: "letter:after:blank" });
    expect(talk.draft).toEqual({ form: "letter", place: undefined, answers: {} });
  });
});

describe("what people tell", () => {
  test("is an answer, not a call for help", () => {
    const talk = filler().say("An", "Huế", "common.no").say("chồng tôi đánh tôi");
    expect(talk.at).toBe("letter.fill");
    expect(talk.said).toEqual(["letter.form.more"]);
  });

  test("of danger now is met with the help word, and nothing is lost", () => {
    const talk = filler().say("An", "Huế", "common.no").say("nó đang đánh tôi");
    expect(talk.said).toEqual(["letter.form.danger", "letter.form.more"]);
    expect(talk.say("giúp").at).toBe("letter.fill > help.talk");
    expect(talk.send({ kind: "choice", token: "help:talk:other" }).at).toBe("letter.fill");
    expect(talk.press("keep-what").said[0]).toContain("nó đang đánh tôi");
  });

  test("stays through a call for help that tells of danger", () => {
    const urgent = {
      ...WORLD,
      screen: () => ({ need: "domestic-violence", urgent: true, whom: "self", child: false }) as const,
    };
    const talk = reviewed();
    talk.last = advance(
      program,
      talk.last.state,
      { kind: "text", text: "nguy hiểm" },
      fixedWorld({ ...urgent, now: talk.now }),
    );
    expect(talk.at).toBe("letter.fill > help.next");
    expect(talk.send({ kind: "choice", token: "help:next:other" }).said[0]).toContain("Họ tên: An");
  });

  test("is in no session, stored or not, and in memory no longer than the form", () => {
    const talk = reviewed();
    expect(JSON.stringify(talk.last.state.session)).not.toMatch(/An|Huế|Một/);
    expect(saved(program, talk.last.state.session).frames).toEqual([{ flow: "letter", node: "fill", vars: {} }]);
    expect(Object.keys(talk.last.state.heard)).toHaveLength(5);
    expect(talk.press("wipe").last.state.heard).toEqual({});
    expect(talk.at).toBe("letter.dropped");
    for (const word of ["menu", "thoát"]) expect(reviewed().say(word).last.state.heard).toEqual({});
  });

  test("is gone with everything that is deleted, and stays after a no", () => {
    const asked = reviewed().say("xóa hết");
    expect(asked.send({ kind: "choice", token: "forget:sure:no" }).said[0]).toContain("Họ tên: An");
    asked.say("xóa hết").send({ kind: "choice", token: "forget:sure:yes" });
    expect(asked.last.state.heard).toEqual({});
  });
});

describe("what is no longer remembered", () => {
  const later: readonly { name: string; talk: () => Filler }[] = [
    { name: "after a restart", talk: () => reviewed().restart() },
    { name: "after 15 minutes", talk: () => reviewed().wait(15 * MINUTE) },
  ];

  test.each(later)("is said so $name, whatever comes next", ({ talk }) => {
    expect(talk().say("Vinh").said).toEqual(["letter.gone.text"]);
    expect(talk().press("make").said).toEqual(["letter.gone.text"]);
    expect(talk().press("make").send({ kind: "choice", token: "letter:gone:again" }).choices).toEqual(["skip-name"]);
    expect(talk().say("giúp").at).toContain("help.talk");
  });

  test("is there until 15 minutes have passed", () => {
    expect(
      reviewed()
        .wait(14 * MINUTE)
        .press("make").draft,
    ).toMatchObject({ answers: { name: "An" } });
  });

  test("leads back to the menu after half an hour, as the place is forgotten too", () => {
    expect(
      reviewed()
        .wait(31 * MINUTE)
        .say("Vinh").at,
    ).toBe("menu.main");
  });

  test("a form that does not exist is gone from the start", () => {
    const state: State = begin(program, "letter", {}, fixedWorld()).state;
    expect(state.session.frames.at(-1)?.node).toBe("gone");
  });
});

test("a page that is opened anew shows nothing of it", () => {
  const talk = reviewed().send({ kind: "start" });
  expect(talk.at).toBe("menu.main");
  expect(talk.last.state.heard).toEqual({});
});
