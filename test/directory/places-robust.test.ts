import fc from "fast-check";
import { expect, test } from "vitest";
import { createPlaces } from "../../src/directory/places.ts";
import { shippedPlaces } from "./content.ts";

const data = shippedPlaces();
const places = createPlaces(data);
const names = data.communes.map((c) => c.names.vi);
const PIECES = [
  "quê",
  "giờ ở",
  "không phải",
  "xã",
  "tp",
  "Q.",
  "haf nooij",
  "12",
  ",",
  "ạ",
  "hoặc",
  "đ",
  "\u0301",
  "😀",
];

/** Real names, their neighbours and rubbish, in any order. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .array(fc.oneof(fc.constantFrom(...names), fc.constantFrom(...PIECES), fc.string({ maxLength: 8 })), {
      maxLength: 12,
    })
    .map((parts) => parts.join(" ")),
);

test("answers any text, with codes that exist, and the same each time", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const answer = places.resolve(text);
      const codes = answer.kind === "none" ? [] : answer.kind === "found" ? [answer] : answer.candidates;
      expect(codes.every(({ code }) => places.name(code) !== undefined)).toBe(true);
      expect(places.resolve(text)).toEqual(answer);
    }),
    { numRuns: 200 },
  );
});

test("takes decomposed text for the same as composed", () => {
  fc.assert(
    fc.property(fc.constantFrom(...names), (name) => {
      expect(places.resolve(name.normalize("NFD"))).toEqual(places.resolve(name));
    }),
    { numRuns: 100 },
  );
});

/** Far more than is measured (0.01 to 1 ms), so that a busy machine does not fail it, and far less than a slow case. */
const MANY_MS = 50;

test.each([
  "a".repeat(10_000),
  "an ".repeat(3_334),
  "Châu Thành Tân Phú ".repeat(527),
  `a${"\u0301".repeat(9_999)}`,
  ",".repeat(10_000),
  "haf nooij ".repeat(1_000),
  "quan 1 ".repeat(1_430),
  "1".repeat(10_000),
])("has no slow text of 10,000 characters (%#)", (text) => {
  places.resolve("misspelt");
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    places.resolve(text);
    return performance.now() - start;
  });
  expect(Math.min(...times)).toBeLessThan(MANY_MS);
});
