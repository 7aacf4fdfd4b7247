import { z } from "zod";
import { Target, Value, VarName } from "../ids.ts";
import type { Step } from "../step.ts";

/** Sets variables. `me.*` is kept with the citizen and refused in a flow that keeps nothing. */
export const SetNode = z.strictObject({
  kind: z.literal("set"),
  vars: z.record(VarName, Value),
  go: Target,
});
export type SetNode = z.infer<typeof SetNode>;

export const set: Step<SetNode> = {
  enter(node, turn) {
    turn.setAll(node.vars);
    return node.go;
  },
};
