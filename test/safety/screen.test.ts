import fc from "fast-check";
import { expect, test } from "vitest";
import type { Heard } from "../../src/flow/world.ts";
import { type DevLine, devLines, ownLines, screen } from "./support.ts";

/** One message is one call; a slow machine still does this. */
const BIG_TEXT_MS = 200;

function share(lines: readonly DevLine[], holds: (heard: Heard | null, line: DevLine) => boolean): number {
  return lines.filter((line) => holds(screen(line.text), line)).length / lines.length;
}

/** The labels of the evaluation set that this answer stands for. */
function labelsOf(heard: Heard | null): readonly string[] {
  if (heard === null) return [];
  if (heard.whom === "other") return ["help-other", heard.need];
  return heard.urgent ? [heard.need, "danger-now"] : [heard.need];
}

const calls = devLines.filter((line) => line.label !== "none");
const others = devLines.filter((line) => line.label === "none");

test("hears help in the messages of the evaluation set", () => {
  expect(share(calls, (heard) => heard !== null)).toBeGreaterThanOrEqual(0.94);
});

test("hears how urgent they are", () => {
  const urgent = calls.filter((line) => line.urgent);
  expect(share(urgent, (heard) => heard?.urgent === true)).toBeGreaterThanOrEqual(0.93);
});

test("names the need as a reader would, in most of them", () => {
  const right = share(calls, (heard, line) =>
    labelsOf(heard).some((label) => [line.label, ...line.also].includes(label)),
  );
  expect(right).toBeGreaterThanOrEqual(0.9);
});

test("stays silent in ordinary talk", () => {
  expect(share(others, (heard) => heard !== null)).toBeLessThanOrEqual(0.012);
});

test.each(ownLines)("$text", ({ text, none, ...wanted }) => {
  if (none === true) expect(screen(text)).toBeNull();
  else expect(screen(text)).toMatchObject(wanted);
});

test("hears nothing in an empty text, a number or a face", () => {
  for (const text of ["", "   ", "7", "🙏🙏🙏", "?!…", "ok"]) expect(screen(text)).toBeNull();
});

test("reads any text, and the same in composed and decomposed Unicode", () => {
  const words = fc.constantFrom(
    "chồng",
    "đánh",
    "em",
    "giết",
    "bóp cổ",
    "hoà",
    "không",
    "muốn sống",
    "dao",
    "😢",
    "12",
    "\n",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(words).map((list) => list.join(" ")),
  );
  fc.assert(
    fc.property(text, (any) => {
      const heard = screen(any);
      expect(screen(any.normalize("NFD"))).toEqual(heard);
      expect(screen(any.normalize("NFC"))).toEqual(heard);
    }),
  );
});

test("does not mind capitals", () => {
  for (const { text } of ownLines) expect(screen(text.toUpperCase())).toEqual(screen(text));
});

test("answers with its four facts and nothing of the text", () => {
  for (const { text } of [...devLines, ...ownLines]) {
    const heard = screen(text);
    if (heard !== null) expect(Object.keys(heard).sort()).toEqual(["child", "need", "urgent", "whom"]);
  }
});

test.each([
  ["one word again and again", "đánh ".repeat(2000)],
  ["a long story", "bị chồng đánh em dao giết ".repeat(400)],
  ["one letter", "a".repeat(10_000)],
  ["unmarked words that look like many", "no ban danh em ".repeat(700)],
])("reads 10,000 characters at once: %s", (_, text) => {
  const start = performance.now();
  screen(text);
  expect(performance.now() - start).toBeLessThan(BIG_TEXT_MS);
});
