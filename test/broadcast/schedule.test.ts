import { describe, expect, test } from "vitest";
import { LocalTime } from "../../src/broadcast/broadcast.ts";
import {
  isQuiet,
  occurrences,
  quietEnds,
  scheduleProblem,
  vietnamLocal,
  vietnamTime,
} from "../../src/broadcast/schedule.ts";

const NOW = vietnamTime("2026-11-22T10:00");
const once = (at: string, notAfter: string) => ({ kind: "once", at, notAfter }) as const;
const daily = (from: string, to: string, at = "08:00", notAfter = "20:00") =>
  ({ kind: "daily", from, to, at, notAfter }) as const;

describe("times in Viet Nam", () => {
  test("are seven hours ahead, whatever the machine's own zone is", () => {
    expect(new Date(vietnamTime("2026-11-25T07:00")).toISOString()).toBe("2026-11-25T00:00:00.000Z");
    expect(vietnamLocal(Date.parse("2026-11-24T23:30:00Z"))).toBe("2026-11-25T06:30");
  });

  test.each([
    ["2026-11-25T20:59", false],
    ["2026-11-25T21:00", true],
    ["2026-11-25T23:59", true],
    ["2026-11-26T00:00", true],
    ["2026-11-26T06:59", true],
    ["2026-11-26T07:00", false],
  ])("%s is quiet: %s", (local, quiet) => {
    expect(isQuiet(vietnamTime(local))).toBe(quiet);
  });

  test.each([
    ["2026-11-25T21:00", "2026-11-26T07:00"],
    ["2026-11-26T03:00", "2026-11-26T07:00"],
    ["2026-11-26T09:15", "2026-11-26T09:15"],
  ])("quiet at %s ends at %s", (local, end) => {
    expect(vietnamLocal(quietEnds(vietnamTime(local)))).toBe(end);
  });
});

test.each(["2026-02-30T08:00", "2026-13-01T08:00", "2026-11-25T24:00", "2026-11-25T08:00:00", "2026-11-25T08:00Z"])(
  "%s is no moment in Viet Nam",
  (text) => expect(LocalTime.safeParse(text).success).toBe(false),
);

describe("a schedule", () => {
  test("of a series has no days that were over when it was released; what is sent once keeps its time", () => {
    const releasedAt = vietnamTime("2026-11-30T20:00");
    const days = occurrences({ id: "tip", schedule: daily("2026-11-29", "2026-12-02"), releasedAt });
    expect(days.map(({ day }) => day)).toEqual(["2026-12-01", "2026-12-02"]);
    expect(occurrences({ id: "a", schedule: once("2026-11-25T08:00", "2026-11-25T12:00"), releasedAt })).toHaveLength(
      1,
    );
  });

  test("once has one sending, a series one each day, each with a name of its own", () => {
    expect(occurrences({ id: "a", schedule: once("2026-11-25T08:00", "2026-11-25T12:00") })).toEqual([
      { run: "a", day: "2026-11-25", from: vietnamTime("2026-11-25T08:00"), until: vietnamTime("2026-11-25T12:00") },
    ]);
    const days = occurrences({ id: "tip", schedule: daily("2026-11-29", "2026-12-02") });
    expect(days.map(({ run }) => run)).toEqual([
      "tip@2026-11-29",
      "tip@2026-11-30",
      "tip@2026-12-01",
      "tip@2026-12-02",
    ]);
    expect(days.at(-1)?.until).toBe(vietnamTime("2026-12-02T20:00"));
  });

  test.each([
    [once("2026-11-25T08:00", "2026-11-25T12:00"), null],
    [once("2026-11-22T08:00", "2026-11-22T12:00"), null],
    [once("2026-11-25T08:00", "2026-11-25T08:00"), "ends-before-begin"],
    [once("2026-11-25T21:00", "2026-11-26T09:00"), "in-quiet-hours"],
    [once("2026-11-25T06:59", "2026-11-25T09:00"), "in-quiet-hours"],
    [once("2026-11-21T08:00", "2026-11-22T09:59"), "past"],
    [daily("2026-11-25", "2026-12-15"), null],
    [daily("2026-11-25", "2026-11-24"), "ends-before-begin"],
    [daily("2026-11-25", "2026-11-26", "20:00", "08:00"), "ends-before-begin"],
    [daily("2026-11-25", "2026-11-26", "05:00"), "in-quiet-hours"],
    [daily("2026-11-01", "2026-11-21"), "past"],
    [daily("2026-11-25", "2028-11-25"), "too-long"],
  ])("%o has the problem %s", (schedule, problem) => {
    expect(scheduleProblem(schedule, NOW)).toBe(problem);
  });
});
