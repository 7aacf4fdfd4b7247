import { z } from "zod";
import { Sourced, Theme } from "./campaign.ts";

/** What an operator filled into open campaigns, by campaign id. */
export const CampaignSlots = z.record(z.string(), z.strictObject({ theme: Theme, slogans: z.array(Sourced) }));
export type CampaignSlots = z.infer<typeof CampaignSlots>;
