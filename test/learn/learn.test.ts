import { expect, test } from "vitest";
import { readExamples } from "../../learn/example.ts";
import { learn } from "../../learn/learn.ts";
import { createClassifier } from "../../src/safety/screen.ts";
import { content, heldOut } from "../safety/support.ts";

/** Enough for some features to count; the real model takes a minute. */
const few = heldOut.slice(0, 200);

test("the same examples give the same model, byte for byte", () => {
  const [once, again] = [learn(few, content), learn(few, content)].map((model) => JSON.stringify(model));
  expect(again).toBe(once);
});

test("what was learned answers the messages it was learned from", () => {
  const classify = createClassifier({ ...content, model: learn(few, content) });
  const right = few.filter(({ text, label }) => (classify(text).label ?? "none") === label);
  expect(right.length / few.length).toBeGreaterThan(0.9);
});

test("a line that is no example is told by its file and number, without its text", () => {
  expect(() => readExamples("some.jsonl", '\n{"id":"X-1","text":"bí mật"}')).toThrow(/^some\.jsonl:2: (?!.*bí mật)/s);
  expect(() => readExamples("some.jsonl", "no JSON, bí mật")).toThrow(/^some\.jsonl:1: (?!.*bí mật)/s);
});
