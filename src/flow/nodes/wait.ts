import { z } from "zod";
import { Duration, Target, TextKey } from "../ids.ts";

/** Waits for a time; any input before that takes `input`. */
export const WaitNode = z.strictObject({
  kind: z.literal("wait"),
  for: Duration,
  text: TextKey.optional(),
  /** Taken when the time is over. */
  go: Target,
  input: Target,
});
export type WaitNode = z.infer<typeof WaitNode>;
