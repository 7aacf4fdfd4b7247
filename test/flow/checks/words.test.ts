import fc from "fast-check";
import { expect, test } from "vitest";
import { hasPhrase } from "../../../src/flow/checks/words.ts";

test.each([
  ["Đây là lỗi tại bạn.", "tại bạn", true],
  ["Đó là tai bạn bị đau.", "tại bạn", false],
  ["TẠI BẠN!", "tại bạn", true],
  ["hiện tại, bạn", "tại bạn", true],
  ["hiện tại của bạn", "tại bạn", false],
  ["We promise: it is done", "we promise", true],
  ["We promised", "we promise", false],
  ["why didn't you", "why didn't you", true],
])("%s has %s: %s", (text, pattern, expected) => {
  expect(hasPhrase(text, pattern)).toBe(expected);
});

test("composed and decomposed texts are the same", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(hasPhrase(text.normalize("NFD"), "bạo lực")).toBe(hasPhrase(text.normalize("NFC"), "bạo lực"));
    }),
  );
  expect(hasPhrase("bạo lực".normalize("NFD"), "bạo lực")).toBe(true);
});
