import { expect, test } from "vitest";
import type { Segment } from "../../src/broadcast/broadcast.ts";
import { isIn, isWithin } from "../../src/broadcast/segment.ts";

const provinceOf = (place: string) => (place.length === 2 ? place : { "00004": "01", "26734": "79" }[place]);
const person = { topics: ["tips"], channel: "telegram", lang: "vi", place: "00004" } as const;
const everybody: Segment = { topic: "tips", channels: [], langs: [], place: undefined };

test.each<[string, Partial<Segment>, boolean]>([
  ["the topic", {}, true],
  ["another topic", { topic: "quizzes" }, false],
  ["the channel", { channels: ["zalo-oa", "telegram"] }, true],
  ["another channel", { channels: ["web"] }, false],
  ["the language", { langs: ["vi"] }, true],
  ["another language", { langs: ["en"] }, false],
  ["the commune", { place: "00004" }, true],
  ["its province", { place: "01" }, true],
  ["another province", { place: "79" }, false],
  ["another commune", { place: "26734" }, false],
])("a segment by %s", (_, segment, meant) => {
  expect(isIn({ ...everybody, ...segment }, person, provinceOf)).toBe(meant);
});

test("whoever did not say where they are gets what is for everybody, and nothing for a place", () => {
  const nowhere = { ...person, place: undefined };
  expect(isIn(everybody, nowhere, provinceOf)).toBe(true);
  expect(isIn({ ...everybody, place: "01" }, nowhere, provinceOf)).toBe(false);
});

test("whoever never chose a language reads Vietnamese", () => {
  expect(isIn({ ...everybody, langs: ["vi"] }, { ...person, lang: undefined }, provinceOf)).toBe(true);
});

test("a commune holds no province", () => {
  expect(isWithin("00004", "01", provinceOf)).toBe(false);
});
