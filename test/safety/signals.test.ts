import { expect, test } from "vitest";
import { createScreen } from "../../src/safety/screen.ts";
import { Signals } from "../../src/safety/signals.ts";
import { spellOut } from "../../src/safety/spell-out.ts";
import { signals } from "./support.ts";

const small = {
  signals: 1,
  short: { ck: "chồng" },
  english: ["my"],
  gap: 3,
  harmless: ["đánh máy"],
  ideas: { partner: ["chồng"], hits: ["đánh"], dies: ["=tự tử"], age: ["<15> tuổi"], about: ["phim"] },
  rules: [
    { need: "self-harm", hear: ["dies"], urgent: true, sure: true },
    { need: "domestic-violence", hear: ["partner", "hits"] },
    { hear: ["age"], child: true },
  ],
  for_children: { "domestic-violence": "child-abuse" },
};
const screen = createScreen(Signals.parse(small));

test("brackets are spelled out, also inside brackets", () => {
  expect(spellOut("(a|b (c )?)d")).toEqual(["ad", "b c d", "b d"]);
});

test("a phrase with an open bracket is refused", () => {
  for (const phrase of ["(đánh|đập", "đánh) em", "đánh ?em", "a|b", ""]) {
    expect(Signals.safeParse({ ...small, harmless: [phrase] }).success).toBe(false);
  }
});

test("a rule says either in this order or in any order", () => {
  for (const rule of [{ need: "legal" }, { need: "legal", hear: ["hits"], near: ["hits", "partner"] }]) {
    expect(Signals.safeParse({ ...small, rules: [rule] }).success).toBe(false);
  }
});

test("hears a phrase with its marks, without any, and by its short form", () => {
  for (const text of ["chồng đánh", "chong danh", "ck đánh"]) expect(screen(text)?.need).toBe("domestic-violence");
});

test("a text with marks means what it says", () => {
  expect(screen("chồng mừng vì được danh hiệu")).toBeNull();
});

test("`=` is heard with its marks only", () => {
  expect(screen("tự tử")?.urgent).toBe(true);
  expect(screen("tu tu")).toBeNull();
});

test("everyday phrases cover the words in them", () => {
  expect(screen("chồng đánh máy")).toBeNull();
});

test("ideas too far apart, or in the other order, are not a sign", () => {
  expect(screen("chồng về nhà rồi ăn cơm xong đánh")).toBeNull();
  expect(screen("đánh chồng")).toBeNull();
});

test("talk about a film silences what is not sure", () => {
  expect(screen("phim có chồng đánh")).toBeNull();
  expect(screen("xem phim xong muốn tự tử")?.need).toBe("self-harm");
});

test("a rule without a need only adds to what others heard", () => {
  expect(screen("12 tuổi")).toBeNull();
  expect(screen("12 tuổi chồng đánh")).toMatchObject({ need: "child-abuse", child: true });
});

test("every idea a rule names is described", () => {
  const known = new Set(Object.keys(signals.ideas));
  for (const { hear, near, unless } of signals.rules) {
    const named = [...(hear ?? []), ...(near ?? []), ...unless].flatMap((slot) => slot.split("|"));
    expect(named.filter((idea) => !known.has(idea))).toEqual([]);
  }
});

test("every idea is used", () => {
  const used = new Set(
    signals.rules.flatMap(({ hear, near, unless }) =>
      [...(hear ?? []), ...(near ?? []), ...unless].flatMap((slot) => slot.split("|")),
    ),
  );
  expect(Object.keys(signals.ideas).filter((idea) => !used.has(idea) && idea !== "about")).toEqual([]);
});

test("phrases are composed Unicode", () => {
  const phrases = [...Object.values(signals.ideas).flat(), ...signals.harmless];
  expect(phrases.filter((phrase) => phrase !== phrase.normalize("NFC"))).toEqual([]);
});
