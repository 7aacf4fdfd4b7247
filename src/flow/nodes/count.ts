import { z } from "zod";
import { Slug, Target } from "../ids.ts";
import type { Step } from "../step.ts";

/** Adds one to an aggregate (day, flow, node, channel, province). Never about a person. */
export const CountNode = z.strictObject({
  kind: z.literal("count"),
  count: Slug,
  go: Target,
});
export type CountNode = z.infer<typeof CountNode>;

export const count: Step<CountNode> = {
  enter(node, turn) {
    turn.effect({ kind: "count", count: node.count, flow: turn.top?.flow ?? "", node: turn.top?.node ?? "" });
    return node.go;
  },
};
