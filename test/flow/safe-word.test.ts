import { describe, expect, test } from "vitest";
import { type Advance, advance, begin } from "../../src/flow/engine.ts";
import { SafeWordNode } from "../../src/flow/nodes/safe-word.ts";
import { Session, type State } from "../../src/flow/session.ts";
import type { World } from "../../src/flow/world.ts";
import { fixedWorld, programWith, saidIn, screenOf } from "../support/flows.ts";

const CHOOSE = `
flow: choose
version: 1
start: pick
triggers: { commands: [choose], keywords: [chọn từ] }
nodes:
  pick: { kind: safe-word, words: [moon, gold], go: kept, cancel: same }
  kept: { kind: ask, choices: [{ id: again, go: pick }, { id: drop, go: drop }] }
  same: { kind: ask, choices: [{ id: again, go: pick }] }
  drop: { kind: set, vars: { me.safe_word: "" }, go: same }
`;
const program = programWith(CHOOSE);
const TEXTS: Readonly<Record<string, string>> = {
  "choose.pick.moon": "lịch âm",
  "choose.pick.gold": "giá vàng",
  "common.back": "Quay lại",
  "common.yes": "Đồng ý",
  "menu.main.quiz": "Câu đố mỗi ngày",
};

const labelled: Partial<World> = {
  text: (ref, lang) => {
    if (!("key" in ref)) return ref[lang];
    const word = ref.params?.["word"];
    return typeof word === "string" ? `${ref.key} ${word}` : (TEXTS[ref.key] ?? ref.key);
  },
  list: (name) => (name === "quizzes" ? [{ id: "q1", label: { vi: "Đố", en: "Quiz" } }] : fixedWorld().list(name)),
  places: { ...fixedWorld().places, resolve: (text) => (text === "Hà Nội" ? HA_NOI : { kind: "none" }) },
};
const HA_NOI = { kind: "found", code: "01", name: { vi: "Hà Nội", en: "Ha Noi" } } as const;

function say(from: Advance, text: string): Advance {
  const state: State = { heard: from.state.heard, session: Session.parse(structuredClone(from.state.session)) };
  return advance(program, state, { kind: "text", text }, fixedWorld(labelled));
}

function choosing(): Advance {
  return begin(program, "choose", { lang: "vi" }, fixedWorld(labelled));
}

function placeOf({ state }: Advance): string {
  return state.session.frames.map(({ flow, node }) => `${flow}.${node}`).join(" > ");
}

describe("choosing a word", () => {
  test("offers some, and a way to leave everything as it was", () => {
    const { choices, expects } = screenOf(choosing().effects);
    expect(choices.map(({ id }) => id)).toEqual(["moon", "gold", "cancel"]);
    expect(expects).toBe("text");
    expect(say(choosing(), "3").state.session.me.safe_word).toBeUndefined();
    expect(placeOf(say(choosing(), "quay lai"))).toBe("choose.same");
  });

  test.each([
    ["by its number", "2", "gia vang", "giá vàng"],
    ["by its name without marks", "Lich Am", "lich am", "lịch âm"],
    ["by typing another", "  Hoa   HỒNG! ", "hoa hong", "hoa hồng"],
    ["a part of an offered one", "vàng", "vang", "vàng"],
  ])("%s: a digest is kept, and the word is shown once, out of memory", (_, typed, folded, shown) => {
    const taken = say(choosing(), typed);
    expect(placeOf(taken)).toBe("choose.kept");
    expect(taken.state.session.me.safe_word).toBe(`digest of ${folded}`);
    expect(screenOf(taken.effects).parts[0]).toEqual({
      kind: "private",
      words: `choose.pick.done ${shown}`,
      gone: { key: "choose.pick.gone" },
    });
    const later = say(taken, "zzz");
    expect(saidIn(later.effects).join()).not.toContain(shown);
  });

  test.each([
    ["shape", "ba"],
    ["shape", "phở 24"],
    ["shape", "bốn chữ liền nhau"],
    ["shape", "!!!"],
    ["shape", "a".repeat(31)],
    ["taken", "đồng ý"],
    ["taken", "câu đố"],
    ["taken", "mỗi"],
    ["taken", "Mục hai"],
    ["taken", "sai một b"],
    ["taken", "Hà Nội"],
  ])("refuses (%s) “%s”, and asks again", (fault, typed) => {
    const refused = say(choosing(), typed);
    expect(placeOf(refused)).toBe("choose.pick");
    expect(saidIn(refused.effects)).toEqual([`choose.pick.${fault}`]);
    expect(screenOf(refused.effects).choices).toHaveLength(3);
    expect(refused.state.session.me.safe_word).toBeUndefined();
  });

  test.each([
    ["giúp", "choose.pick > help.talk"],
    ["tôi bị đánh", "choose.pick > help.talk"],
    ["thoát", "exit.quiet"],
    ["/quiz", "quiz.play"],
  ])("“%s” does what it always does", (typed, place) => {
    const after = say(choosing(), typed);
    expect(placeOf(after)).toBe(place);
    expect(after.state.session.me.safe_word).toBeUndefined();
  });

  test.each(["đố vui", "quiz", "chọn từ"])("a word that starts a flow stays what it is: %s", (typed) => {
    expect(saidIn(say(choosing(), typed).effects)).toEqual(["choose.pick.taken"]);
  });
});

describe("a word of one's own", () => {
  const chosen = say(choosing(), "hoa hồng");

  test.each(["hoa hồng", "HOA HONG", " hoa  hong. ", "/hoa hồng"])("“%s” leaves from anywhere", (typed) => {
    const inHelp = say(say(chosen, "đố vui"), "tôi bị đánh");
    expect(placeOf(inHelp)).toBe("quiz.play > help.talk");
    const left = say(inHelp, typed);
    expect(placeOf(left)).toBe("exit.quiet");
    expect(screenOf(left.effects).clear).toBe(true);
  });

  test("means nothing within other words, to anybody else, or once it is taken back", () => {
    expect(placeOf(say(chosen, "hoa hồng vàng"))).toBe("choose.kept");
    expect(placeOf(say(choosing(), "hoa hong"))).toBe("choose.kept");
    const dropped = say(chosen, "2");
    expect(dropped.state.session.me.safe_word).toBeUndefined();
    expect(placeOf(say(dropped, "hoa hồng"))).toBe("choose.same");
  });

  test("goes with everything else that is deleted", () => {
    const asked = say(chosen, "xóa hết");
    const gone = advance(program, asked.state, { kind: "choice", token: "forget:sure:yes" }, fixedWorld(labelled));
    expect(gone.state.session.me).toEqual({ lang: "vi" });
  });
});

test("an offered word follows the rules of typed ones", () => {
  const world = fixedWorld({ ...labelled, text: () => "đố vui" });
  const after = advance(program, choosing().state, { kind: "choice", token: "choose:pick:moon" }, world);
  expect(placeOf(after)).toBe("choose.pick");
  expect(SafeWordNode.safeParse({ kind: "safe-word", words: [], go: "a", cancel: "b" }).success).toBe(false);
});
