import { z } from "zod";
import { Condition } from "../condition.ts";
import { Target } from "../ids.ts";
import type { Step } from "../step.ts";

/** Takes the first case that holds. */
export const BranchNode = z.strictObject({
  kind: z.literal("branch"),
  cases: z.array(z.strictObject({ when: Condition, go: Target })).min(1),
  else: Target,
});
export type BranchNode = z.infer<typeof BranchNode>;

export const branch: Step<BranchNode> = {
  enter(node, turn) {
    return node.cases.find((item) => turn.holds(item.when))?.go ?? node.else;
  },
};
