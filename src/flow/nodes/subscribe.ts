import { z } from "zod";
import { TOPICS, Target } from "../ids.ts";

/** Turns a topic of broadcasts on for this person. */
export const SubscribeNode = z.strictObject({
  kind: z.literal("subscribe"),
  topic: z.enum(TOPICS),
  go: Target,
});
export type SubscribeNode = z.infer<typeof SubscribeNode>;
