import { expect, test } from "vitest";
import { daysBetween, vietnamDay } from "../../src/campaign/vietnam-day.ts";

test("the day changes at midnight in Viet Nam, which is 17:00 UTC", () => {
  expect(vietnamDay(Date.UTC(2026, 10, 20, 16, 59, 59, 999))).toBe("2026-11-20");
  expect(vietnamDay(Date.UTC(2026, 10, 20, 17))).toBe("2026-11-21");
});

test("a new year begins seven hours before it does in UTC", () => {
  expect(vietnamDay(Date.UTC(2026, 11, 31, 17))).toBe("2027-01-01");
});

test("days are counted across months and leap days, forwards and backwards", () => {
  expect(daysBetween("2026-11-15", "2026-12-15")).toBe(30);
  expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2);
  expect(daysBetween("2026-11-15", "2026-11-14")).toBe(-1);
});
