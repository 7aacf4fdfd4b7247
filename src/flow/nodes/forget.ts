import { z } from "zod";
import { Target } from "../ids.ts";
import type { Step } from "../step.ts";

/** Deletes everything held about this person within the turn. */
export const ForgetNode = z.strictObject({
  kind: z.literal("forget"),
  go: Target,
});
export type ForgetNode = z.infer<typeof ForgetNode>;

export const forget: Step<ForgetNode> = {
  enter(node, turn) {
    turn.forget();
    return node.go;
  },
};
