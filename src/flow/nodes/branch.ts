import { z } from "zod";
import { Condition } from "../condition.ts";
import { Target } from "../ids.ts";

/** Takes the first case that holds. */
export const BranchNode = z.strictObject({
  kind: z.literal("branch"),
  cases: z.array(z.strictObject({ when: Condition, go: Target })).min(1),
  else: Target,
});
export type BranchNode = z.infer<typeof BranchNode>;
