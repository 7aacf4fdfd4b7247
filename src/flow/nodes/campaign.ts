import { z } from "zod";
import { CAMPAIGN_PARTS, Target, Value } from "../ids.ts";

/** Shows a part of a campaign. `open` is taken when the part depends on a theme nobody has filled in yet. */
export const CampaignNode = z.strictObject({
  kind: z.literal("campaign"),
  /** A campaign id, `$variable`, or `current`: the one running at this date and place. */
  campaign: Value,
  show: z.enum(CAMPAIGN_PARTS),
  go: Target,
  open: Target,
});
export type CampaignNode = z.infer<typeof CampaignNode>;
