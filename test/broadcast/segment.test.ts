import { expect, test } from "vitest";
import { Segment } from "../../src/broadcast/broadcast.ts";
import { isIn, isWithin, topicFor } from "../../src/broadcast/segment.ts";

const provinceOf = (place: string) => (place.length === 2 ? place : { "00004": "01", "26734": "79" }[place]);
const person = { topics: ["tips"], channel: "telegram", lang: "vi", place: "00004" } as const;
const everybody: Segment = { topics: ["tips"], channels: [], langs: [], places: [] };

test.each<[string, Partial<Segment>, boolean]>([
  ["the topic", {}, true],
  ["one of several topics", { topics: ["campaign", "tips"] }, true],
  ["other topics", { topics: ["campaign", "quizzes"] }, false],
  ["the channel", { channels: ["zalo-oa", "telegram"] }, true],
  ["another channel", { channels: ["web"] }, false],
  ["the language", { langs: ["vi"] }, true],
  ["another language", { langs: ["en"] }, false],
  ["the commune", { places: ["00004"] }, true],
  ["its province", { places: ["01"] }, true],
  ["another province", { places: ["79"] }, false],
  ["one of several places", { places: ["79", "01"] }, true],
  ["another commune", { places: ["26734"] }, false],
])("a segment by %s", (_, segment, meant) => {
  expect(isIn({ ...everybody, ...segment }, person, provinceOf)).toBe(meant);
});

test("whoever did not say where they are gets what is for everybody, and nothing for a place", () => {
  const nowhere = { ...person, place: undefined };
  expect(isIn(everybody, nowhere, provinceOf)).toBe(true);
  expect(isIn({ ...everybody, places: ["01"] }, nowhere, provinceOf)).toBe(false);
});

test("whoever never chose a language reads Vietnamese", () => {
  expect(isIn({ ...everybody, langs: ["vi"] }, { ...person, lang: undefined }, provinceOf)).toBe(true);
});

test("of several topics somebody is told how to stop the first that they subscribed to", () => {
  const segment = { topics: ["quizzes", "campaign"] } as const;
  expect(topicFor(segment, ["tips", "quizzes", "campaign"])).toBe("campaign");
  expect(topicFor(segment, ["quizzes"])).toBe("quizzes");
  expect(topicFor(segment, ["tips"])).toBeUndefined();
});

test.each([{ topics: [] }, { topics: ["tips", "tips"] }, { places: ["01", "01"] }, { places: ["Hà Nội"] }])(
  "%j is no segment",
  (changes) => expect(Segment.safeParse({ ...everybody, ...changes }).success).toBe(false),
);

test("a segment has twenty places at most", () => {
  const places = Array.from({ length: 21 }, (_, n) => String(n).padStart(2, "0"));
  expect(Segment.safeParse({ ...everybody, places }).success).toBe(false);
  expect(Segment.safeParse({ ...everybody, places: places.slice(1) }).success).toBe(true);
});

test("a commune holds no province", () => {
  expect(isWithin("00004", "01", provinceOf)).toBe(false);
});
