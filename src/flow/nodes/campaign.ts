import { z } from "zod";
import { CAMPAIGN_PARTS, Target, Value } from "../ids.ts";
import type { Step } from "../step.ts";

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

export const campaign: Step<CampaignNode> = {
  enter(node, turn) {
    const id = turn.text(node.campaign) ?? "current";
    const parts = turn.world.campaign(id, node.show, turn.me.place);
    if (parts === "open") return node.open;
    for (const part of parts) turn.show(part);
    return node.go;
  },
};
