import type { CampaignPart } from "../flow/ids.ts";
import type { Part } from "../flow/screen.ts";
import type { Campaign, Month, Sourced, Theme } from "./campaign.ts";

/**
 * What a screen shows of a campaign on a day (`YYYY-MM-DD` in Viet Nam). `open`: the part depends on the year's theme
 * and nobody has filled it in. A year whose slogans are not known shows its theme; one without activities of its own
 * shows those of every year.
 */
export function campaignParts(
  campaign: Campaign,
  month: Month,
  part: CampaignPart,
  day: string,
): readonly Part[] | "open" {
  if (part === "month") return facts(month.about);
  if (part === "days") return facts(daysToShow(month.days, day));
  const { theme, slogans, activities } = campaign;
  if (part === "activities")
    return activities.length > 0 ? titled(campaign, facts(activities)) : facts(month.activities);
  if (theme === undefined) return "open";
  const lines = part === "slogans" && slogans.length > 0 ? facts(slogans) : [themeFact(theme)];
  return titled(campaign, lines);
}

/** The name of the campaign stands above what is its own, so that no year or place is taken for another. */
function titled(campaign: Campaign, parts: readonly Part[]): readonly Part[] {
  return [{ kind: "text", text: campaign.title }, ...parts];
}

function themeFact({ vi, en, document, source }: Theme): Part {
  return { kind: "fact", text: { vi, en }, sources: [document, source] };
}

/** During the month the days still to come, today among them; otherwise, or when none is left, all of them. */
function daysToShow(days: Month["days"], day: string): Month["days"] {
  const [first, last] = [days.at(0), days.at(-1)];
  const today = day.slice("YYYY-".length);
  const during = first !== undefined && last !== undefined && first.day <= today && today <= last.day;
  return during ? days.filter((one) => one.day >= today) : days;
}

/** One fact for each run of lines with the same source, so that a source is named once below its lines. */
function facts(lines: readonly Sourced[]): readonly Part[] {
  const runs: Sourced[][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run?.[0]?.source === line.source) run.push(line);
    else runs.push([line]);
  }
  return runs.map((run) => ({
    kind: "fact",
    text: { vi: listed(run.map(({ vi }) => vi)), en: listed(run.map(({ en }) => en)) },
    sources: run.slice(0, 1).map(({ source }) => source),
  }));
}

function listed(lines: readonly string[]): string {
  return lines.length > 1 ? lines.map((line) => `• ${line}`).join("\n") : lines.join("");
}
