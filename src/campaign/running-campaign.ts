import type { Campaign } from "./campaign.ts";
import type { CampaignSlots } from "./slots.ts";

/**
 * The campaign to show on a day (`YYYY-MM-DD` in Viet Nam): the one running, else the nearest coming one, else the
 * latest that was. Only national campaigns and those of the province count; the province's own goes first.
 * Undefined when there is none at all.
 */
export function runningCampaign(
  campaigns: readonly Campaign[],
  day: string,
  province: string | undefined,
): Campaign | undefined {
  const here = campaigns
    .filter((campaign) => campaign.province === undefined || campaign.province === province)
    .sort(ownProvinceFirst);
  return (
    here.find((campaign) => campaign.from <= day && day <= campaign.to) ??
    best(
      here.filter((campaign) => campaign.from > day),
      (one, other) => one.from < other.from,
    ) ??
    best(here, (one, other) => one.to > other.to)
  );
}

/** The campaigns with the themes and slogans that operators filled in. An empty list of slogans changes no slogans. */
export function withSlots(campaigns: readonly Campaign[], slots: CampaignSlots): readonly Campaign[] {
  return campaigns.map((campaign) => {
    const slot = slots[campaign.campaign];
    if (slot === undefined) return campaign;
    const slogans = slot.slogans.length > 0 ? slot.slogans : campaign.slogans;
    return { ...campaign, theme: slot.theme, slogans };
  });
}

/** Years are told apart by the dates; equal dates by the province. Stable for the rest. */
function ownProvinceFirst(one: Campaign, other: Campaign): number {
  return Number(one.province === undefined) - Number(other.province === undefined);
}

/** The first campaign that no later one beats. */
function best(
  campaigns: readonly Campaign[],
  beats: (one: Campaign, other: Campaign) => boolean,
): Campaign | undefined {
  const [first, ...others] = campaigns;
  if (first === undefined) return undefined;
  return others.reduce((leader, next) => (beats(next, leader) ? next : leader), first);
}
