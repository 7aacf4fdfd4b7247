import { expect, test } from "vitest";
import { dayOfTip, numberedTip, tipsInOrder } from "../../src/campaign/tip-order.ts";
import { vietnamDay } from "../../src/campaign/vietnam-day.ts";
import { topicOf } from "./samples.ts";

const topics = [topicOf("b", 20, 3), topicOf("a", 10, 1), topicOf("c", 20, 2)];
const NOON = Date.parse("2026-11-15T12:00:00+07:00");
const daysFrom = (start: number, count: number) =>
  Array.from({ length: count }, (_, i) => vietnamDay(NOON + (start + i) * 86_400_000));

test("tips take turns between the topics in the topics' order", () => {
  expect(tipsInOrder(topics).map(({ id }) => id)).toEqual(["a-1", "b-1", "c-1", "b-2", "c-2", "b-3"]);
});

test("one topic gives its own tips in the order of the file", () => {
  expect(tipsInOrder(topics, "b").map(({ id }) => id)).toEqual(["b-1", "b-2", "b-3"]);
  expect(tipsInOrder(topics, "no-such-topic")).toEqual([]);
});

test("the first day of the month of 2026 gets the first tip", () => {
  expect(dayOfTip(topics, "2026-11-15")?.id).toBe("a-1");
  expect(dayOfTip(topics, "2026-11-16")?.id).toBe("b-1");
});

test.each([0, 4, -9, 365])("no tip comes twice before all have come, starting %i days later", (start) => {
  const ids = daysFrom(start, 12).map((day) => dayOfTip(topics, day)?.id);
  expect(new Set(ids.slice(0, 6)).size).toBe(6);
  expect(ids.slice(6)).toEqual(ids.slice(0, 6));
});

test("numbers go round in both directions", () => {
  expect(numberedTip(topics, 6)?.id).toBe("a-1");
  expect(numberedTip(topics, -1)?.id).toBe("b-3");
  expect(numberedTip(topics, 4, "b")?.id).toBe("b-2");
});

test("without tips there is no tip", () => {
  expect(dayOfTip([], "2026-11-21")).toBeUndefined();
  expect(numberedTip(topics, 0, "no-such-topic")).toBeUndefined();
});
