import { z } from "zod";
import { TOPICS, Target } from "../ids.ts";

/** Turns one topic, or all, off. Never touches help. */
export const UnsubscribeNode = z.strictObject({
  kind: z.literal("unsubscribe"),
  topic: z.enum([...TOPICS, "all"]),
  go: Target,
});
export type UnsubscribeNode = z.infer<typeof UnsubscribeNode>;
