import { z } from "zod";
import { Target, Value } from "../ids.ts";

/** Shows services of the directory for a need at a place and hour; flows never name a number. */
export const ServicesNode = z.strictObject({
  kind: z.literal("services"),
  need: Value,
  place: Value.optional(),
  urgent: Value.optional(),
  child: Value.optional(),
  go: Target,
});
export type ServicesNode = z.infer<typeof ServicesNode>;
