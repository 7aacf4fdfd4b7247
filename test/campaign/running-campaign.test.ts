import { expect, test } from "vitest";
import { runningCampaign, withSlots } from "../../src/campaign/running-campaign.ts";
import { campaignOf, slogan, theme } from "./samples.ts";

const national = campaignOf("2026", 2026);
const campaigns = [
  campaignOf("2022-ha-noi", 2022, { province: "01" }),
  campaignOf("2025-hai-phong", 2025, { province: "31" }),
  national,
];
const idOf = (day: string, province?: string) => runningCampaign(campaigns, day, province)?.campaign;

test("the campaign of the year runs on its first and on its last day", () => {
  expect(idOf("2026-11-15")).toBe("2026");
  expect(idOf("2026-12-15", "01")).toBe("2026");
  expect(idOf("2022-11-20", "01")).toBe("2022-ha-noi");
});

test("a province's own campaign goes before the national one, whatever the order of the files", () => {
  const own = campaignOf("2026-hue", 2026, { province: "46" });
  expect(runningCampaign([national, own], "2026-11-21", "46")).toBe(own);
  expect(runningCampaign([own, national], "2026-11-21", "46")).toBe(own);
  expect(runningCampaign([own, national], "2026-11-21", "01")).toBe(national);
  expect(runningCampaign([own, national], "2026-11-21", undefined)).toBe(national);
});

test("before the month the nearest coming campaign is shown", () => {
  const later = campaignOf("2027", 2027);
  expect(runningCampaign([later, ...campaigns], "2026-11-14", undefined)).toBe(national);
  expect(idOf("2025-11-20", "79")).toBe("2026");
});

test("after the last month the latest campaign is shown", () => {
  expect(idOf("2027-01-05")).toBe("2026");
  expect(runningCampaign(campaigns.slice(0, 2), "2027-01-05", "31")?.campaign).toBe("2025-hai-phong");
});

test("another province's campaign is never shown, and no campaign gives none", () => {
  expect(runningCampaign(campaigns.slice(0, 2), "2027-01-05", "79")).toBeUndefined();
  expect(runningCampaign([], "2026-11-21", undefined)).toBeUndefined();
});

test("what an operator filled in becomes the campaign's theme and slogans; others stay as they are", () => {
  const slogans = [slogan("together", "letter 1")];
  const filled = withSlots(campaigns, { "2026": { theme, slogans } });
  expect(filled[2]).toEqual({ ...national, theme, slogans });
  expect(filled[0]).toBe(campaigns[0]);
});

test("a slot without slogans keeps those of the file", () => {
  const slogans = [slogan("from the file", "letter 1")];
  const [filled] = withSlots([campaignOf("2026", 2026, { slogans })], { "2026": { theme, slogans: [] } });
  expect(filled).toMatchObject({ theme, slogans });
});
