import { z } from "zod";
import { Target, Value } from "../ids.ts";

/** Shows one tip: today's, the next one for this person, or any. */
export const TipNode = z.strictObject({
  kind: z.literal("tip"),
  pick: z.enum(["today", "next", "random"]),
  topic: Value.optional(),
  go: Target,
});
export type TipNode = z.infer<typeof TipNode>;
