import { expect, test } from "vitest";
import { fromTelex } from "../../src/safety/telex.ts";
import { readShortForms, readWords, wordNumber } from "../../src/safety/words.ts";

const exact = (text: string) => {
  const words = readWords(text);
  return [...words.exact.subarray(0, words.count)];
};
const numbersOf = (...words: string[]) => words.map(wordNumber);

test("the tone mark may stand on either letter, in either Unicode form, in capitals", () => {
  expect(exact("hoà xoá thuý")).toEqual(exact("hòa xóa thúy"));
  expect(exact("đánh đập".normalize("NFD"))).toEqual(exact("ĐÁNH Đập"));
});

test("numbers and letters are two words, an apostrophe joins, letters drawn out are one", () => {
  expect(exact("14t don't cứuuuu")).toEqual(numbersOf("14", "t", "dont", "cứu"));
  expect(readWords("14t").number[0]).toBe(14);
});

test("letters in disguise are read as they look", () => {
  expect(exact("𝗵𝗲𝗹𝗽 ｍｅ")).toEqual(numbersOf("help", "me"));
});

test("different words have different numbers, with and without their marks", () => {
  const words = ["ma", "má", "mà", "mả", "mã", "mạ", "mâ", "mấ", "da", "đa", "am", "m", "12", "21"];
  expect(new Set(words.map(wordNumber)).size).toBe(words.length);
  const { bare, count } = readWords("ma má mà mả mã mạ mâ mấ");
  expect(new Set(bare.subarray(0, count)).size).toBe(1);
});

test("two sentences stand further apart than two words", () => {
  const [a = 0, b = 0, c = 0] = readWords("đi về. nhà").at;
  expect(b - a).toBe(1);
  expect(c - b).toBeGreaterThan(3);
});

test("short forms are written out and what follows moves on", () => {
  const reading = { forms: readShortForms({ ny: "người yêu" }), english: new Set<number>() };
  const { count, exact: found, at } = readWords("ny đánh", reading);
  expect([...found.subarray(0, count)]).toEqual(numbersOf("người", "yêu", "đánh"));
  expect([...at.subarray(0, count)]).toEqual([0, 1, 2]);
});

test("more words than half the characters are all read", () => {
  expect(readWords("1a".repeat(5000)).count).toBe(10_000);
});

test("a message typed with the keyboard set to English is read as it was meant", () => {
  expect(exact(fromTelex("ddang ddaapj cuwar cuuws em"))).toEqual(exact("đang đập cửa cứu em"));
});

test("English and names are not taken for such a message", () => {
  const text = "follow us on facebook and google now";
  expect(fromTelex(text)).toBe(text);
});
