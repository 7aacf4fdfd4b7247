import { z } from "zod";
import { Target } from "../ids.ts";

/** Takes one way at random, in proportion to the weights. */
export const SplitNode = z.strictObject({
  kind: z.literal("split"),
  ways: z.array(z.strictObject({ weight: z.int().positive().default(1), go: Target })).min(2),
});
export type SplitNode = z.infer<typeof SplitNode>;
