import { z } from "zod";
import { Target } from "../ids.ts";

/** Deletes everything held about this person within the turn. */
export const ForgetNode = z.strictObject({
  kind: z.literal("forget"),
  go: Target,
});
export type ForgetNode = z.infer<typeof ForgetNode>;
