import { z } from "zod";
import { Slug, Target, Value, VarName } from "../ids.ts";
import type { Step } from "../step.ts";

/** Runs another flow and comes back when it ends. */
export const CallNode = z.strictObject({
  kind: z.literal("call"),
  flow: Slug,
  with: z.record(VarName, Value).optional(),
  /** Variables of the called flow to take over on return: ours <- theirs. */
  returns: z.record(VarName, VarName).optional(),
  go: Target,
});
export type CallNode = z.infer<typeof CallNode>;

export const call: Step<CallNode> = {
  enter(node, turn) {
    return { flow: node.flow, with: turn.values(node.with), call: true };
  },
  /** Reached when the called flow has ended. */
  resume: (node) => node.go,
};
