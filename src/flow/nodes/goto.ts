import { z } from "zod";
import { Target, Value, VarName } from "../ids.ts";
import type { Step } from "../step.ts";

/** Leaves for another flow, or for another node of this one. */
export const GotoNode = z.strictObject({
  kind: z.literal("goto"),
  go: Target,
  /** Variables handed to the flow that is started. */
  with: z.record(VarName, Value).optional(),
});
export type GotoNode = z.infer<typeof GotoNode>;

export const goto: Step<GotoNode> = {
  enter(node, turn) {
    if (node.go.startsWith("@")) return { flow: node.go.slice(1), with: turn.values(node.with), call: false };
    turn.setAll(node.with);
    return node.go;
  },
};
