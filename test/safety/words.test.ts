import { expect, test } from "vitest";
import { fromTelex } from "../../src/safety/telex.ts";
import { readShortForms, readWords, writeOut } from "../../src/safety/words.ts";

const exact = (text: string) => readWords(text).map((word) => word.exact);

test("the tone mark may stand on either letter", () => {
  expect(exact("hoà xoá thuý")).toEqual(exact("hòa xóa thúy"));
});

test("numbers and letters are two words, an apostrophe joins, letters drawn out are one", () => {
  expect(exact("14t don't cứuuuu")).toEqual(["14", "t", "dont", "cưu1"]);
});

test("two sentences stand further apart than two words", () => {
  const [a, b, c] = readWords("đi về. nhà");
  expect((b?.at ?? 0) - (a?.at ?? 0)).toBe(1);
  expect((c?.at ?? 0) - (b?.at ?? 0)).toBeGreaterThan(3);
});

test("short forms are written out and what follows moves on", () => {
  const written = writeOut(readWords("ny đánh"), readShortForms({ ny: "người yêu" }));
  expect(written.map((word) => [word.exact, word.at])).toEqual([
    ["ngươi2", 0],
    ["yêu", 1],
    ["đanh1", 2],
  ]);
});

test("a message typed with the keyboard set to English is read as it was meant", () => {
  expect(fromTelex(readWords("ddang ddaapj cuwar cuuws em")).map((word) => word.exact)).toEqual(
    exact("đang đập cửa cứu em"),
  );
});

test("English and names are not taken for such a message", () => {
  const words = readWords("follow us on facebook and google now");
  expect(fromTelex(words)).toEqual(words);
});
