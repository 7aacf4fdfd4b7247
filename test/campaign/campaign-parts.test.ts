import { expect, test } from "vitest";
import { campaignParts } from "../../src/campaign/campaign-parts.ts";
import { campaignOf, month, slogan, theme } from "./samples.ts";

const TODAY = "2026-11-21";
const open = campaignOf("2026", 2026);
const themed = campaignOf("2026", 2026, { theme });
const title = { kind: "text", text: open.title };
const themeFact = { kind: "fact", text: { vi: theme.vi, en: theme.en }, sources: ["letter 1", "paper 1"] };

test.each(["theme", "slogans"] as const)("%s of an open slot is open", (part) => {
  expect(campaignParts(open, month, part, TODAY)).toBe("open");
});

test.each(["month", "days", "activities"] as const)("%s is shown of an open slot too", (part) => {
  expect(campaignParts(open, month, part, TODAY)).toEqual(campaignParts(themed, month, part, TODAY));
  expect(campaignParts(open, month, part, TODAY)).not.toBe("open");
});

test("the theme is quoted as it is, under the campaign's name, with document and source", () => {
  expect(campaignParts(themed, month, "theme", TODAY)).toEqual([title, themeFact]);
});

test("lines with the same source make one fact, in their order", () => {
  const slogans = [slogan("one", "letter"), slogan("two", "letter"), slogan("three", "paper")];
  expect(campaignParts({ ...themed, slogans }, month, "slogans", TODAY)).toEqual([
    title,
    { kind: "fact", text: { vi: "• one (vi)\n• two (vi)", en: "• one (en)\n• two (en)" }, sources: ["letter"] },
    { kind: "fact", text: { vi: "three (vi)", en: "three (en)" }, sources: ["paper"] },
  ]);
});

test("a year whose slogans are not known shows its theme", () => {
  expect(campaignParts(themed, month, "slogans", TODAY)).toEqual([title, themeFact]);
});

test("a campaign's own activities stand under its name; without any, the month's stand alone", () => {
  const activities = [slogan("march", "paper 2")];
  expect(campaignParts({ ...themed, activities }, month, "activities", TODAY)).toEqual([
    title,
    { kind: "fact", text: { vi: "march (vi)", en: "march (en)" }, sources: ["paper 2"] },
  ]);
  expect(campaignParts(themed, month, "activities", TODAY)).toEqual([
    {
      kind: "fact",
      text: { vi: "• launches (vi)\n• contests (vi)", en: "• launches (en)\n• contests (en)" },
      sources: ["plans"],
    },
  ]);
});

test("during the month only the days still to come are shown, today among them", () => {
  const shown = (day: string) => campaignParts(open, month, "days", day).length;
  expect([
    shown("2026-11-14"),
    shown("2026-11-15"),
    shown("2026-11-16"),
    shown("2026-12-15"),
    shown("2026-12-16"),
  ]).toEqual([3, 3, 2, 1, 3]);
});
