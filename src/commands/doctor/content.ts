import { runningCampaign, withSlots } from "../../campaign/running-campaign.ts";
import type { CampaignSlots } from "../../campaign/slots.ts";
import { vietnamDay } from "../../campaign/vietnam-day.ts";
import type { Bundle } from "../../content/bundle.ts";
import { dueServices } from "../../directory/due.ts";
import { NO_TEAM_SERVICES, type TeamServices } from "../../directory/team-services.ts";
import { AppError } from "../../errors.ts";
import type { Lang } from "../../flow/ids.ts";
import type { Profile } from "../../stores/team-store.ts";
import { openApp } from "../app.ts";
import { type Finding, found } from "./finding.ts";

/** What the team has set; null or empty where nothing is. */
export interface TeamDocuments {
  readonly profile: Profile | null;
  readonly campaigns: CampaignSlots;
  readonly services: TeamServices | null;
}

/** Flows, texts and content of `root`, with what the team added to them. */
export async function contentFindings(
  root: string,
  { profile, campaigns, services }: TeamDocuments,
  now: number,
  lang: Lang,
): Promise<readonly Finding[]> {
  const who = profile === null ? found("profile.unset") : found("profile.ok", { name: profile.name[lang] });
  try {
    const { bundle, worlds } = await openApp({ profile, slots: campaigns, services, random: Math.random }, root);
    const province = profile?.place === undefined ? undefined : worlds.provinceOf(profile.place);
    return [
      found("content.ok", { flows: bundle.flows.size }),
      who,
      campaignFinding(bundle, { campaigns, province }, now),
      directoryFinding(bundle, services, now),
    ];
  } catch (error) {
    if (error instanceof AppError && error.code === "content_invalid") return [found("content.broken"), who];
    throw error;
  }
}

interface OfTeam {
  readonly campaigns: CampaignSlots;
  readonly province: string | undefined;
}

function campaignFinding(bundle: Bundle, { campaigns, province }: OfTeam, now: number): Finding {
  const day = vietnamDay(now);
  const campaign = runningCampaign(withSlots(bundle.campaigns, campaigns), day, province);
  if (campaign === undefined || campaign.to < day) return found("campaign.past", { year: day.slice(0, 4) });
  return found(campaign.theme === undefined ? "campaign.open" : "campaign.ok", { year: campaign.year });
}

function directoryFinding(bundle: Bundle, services: TeamServices | null, now: number): Finding {
  const due = dueServices(bundle.services, services ?? NO_TEAM_SERVICES, now);
  const count = (reason: string) => due.filter((one) => one.reason === reason).length;
  const counts = { lapsed: count("lapsed"), failed: count("failed"), lapsing: count("lapsing") };
  return counts.lapsed + counts.failed > 0
    ? found("directory.due", counts)
    : found("directory.ok", { ...counts, services: bundle.services.length });
}
