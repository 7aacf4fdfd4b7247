import { z } from "zod";
import { Slug, Target, TextKey } from "../ids.ts";

/**
 * Asks consent, then opens a referral: a service contacts or chats with the person. Takes `unavailable` at
 * once, without asking, when no responder of that service is on duty.
 */
export const ReferralNode = z.strictObject({
  kind: z.literal("referral"),
  text: TextKey.optional(),
  service: Slug,
  opened: TextKey,
  refused: Target,
  unavailable: Target,
  /** Taken when the person ends the hand-over. */
  go: Target,
});
export type ReferralNode = z.infer<typeof ReferralNode>;
