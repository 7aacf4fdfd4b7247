import { expect, test } from "vitest";
import { createReader } from "../../src/safety/reader.ts";
import { Signals } from "../../src/safety/signals.ts";
import { spellOut } from "../../src/safety/spell-out.ts";
import { content } from "./support.ts";

const { signals, lexicon } = content;

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
};
const readerOf = (kinds: Record<string, string[]>) => {
  const reader = createReader(Signals.parse(small), { lexicon: 1, kinds });
  return (text: string) => reader.evidence(reader.read(text));
};
const read = readerOf({ people: ["chồng"] });
/** The needs that rules name in this text. */
const needs = (text: string) => read(text).rules.map(({ rule }) => rule.need);

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
  for (const text of ["chồng đánh", "chong danh", "ck đánh"]) expect(needs(text)).toEqual(["domestic-violence"]);
});

test("a text with marks means what it says", () => {
  expect(needs("chồng mừng vì được danh hiệu")).toEqual([]);
});

test("`=` is heard with its marks only", () => {
  expect(needs("tự tử")).toEqual(["self-harm"]);
  expect(needs("tu tu")).toEqual([]);
});

test("everyday phrases cover the words in them", () => {
  expect(needs("chồng đánh máy")).toEqual([]);
});

test("ideas too far apart, or in the other order, are not a sign", () => {
  expect(needs("chồng về nhà rồi ăn cơm xong đánh")).toEqual([]);
  expect(needs("đánh chồng")).toEqual([]);
});

test("talk about a film silences what is not sure", () => {
  expect(needs("phim có chồng đánh")).toEqual([]);
  expect(needs("xem phim xong muốn tự tử")).toEqual(["self-harm"]);
});

test("the most important rule comes first, and each by a name of its own", () => {
  const { rules } = read("12 tuổi chồng đánh tự tử");
  expect(rules.map(({ signal }) => signal.name)).toEqual([
    "dies = self-harm, urgent",
    "partner > hits = domestic-violence",
    "age = child",
  ]);
});

test("of words of a kind that overlap, the longer phrase counts", () => {
  const kinds = readerOf({ a: ["bạn"], b: ["bạn trai"] });
  expect(kinds("bạn trai").kinds).toHaveLength(1);
  expect(kinds("bạn trai").kinds[0]).toMatchObject({ from: 0, to: 2 });
});

test("every idea a rule names is described", () => {
  const known = new Set(Object.keys(signals.ideas));
  for (const { hear, near, unless } of signals.rules) {
    const named = [...(hear ?? []), ...(near ?? []), ...unless].flatMap((slot) => slot.split("|"));
    expect(named.filter((idea) => !known.has(idea))).toEqual([]);
  }
});

test("phrases are composed Unicode", () => {
  const phrases = [...Object.values(signals.ideas), ...Object.values(lexicon.kinds), signals.harmless].flat();
  expect(phrases.filter((phrase) => phrase !== phrase.normalize("NFC"))).toEqual([]);
});
