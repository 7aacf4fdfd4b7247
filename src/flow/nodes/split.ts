import { z } from "zod";
import { Target } from "../ids.ts";
import type { Step } from "../step.ts";

/** Takes one way at random, in proportion to the weights. */
export const SplitNode = z.strictObject({
  kind: z.literal("split"),
  ways: z.array(z.strictObject({ weight: z.int().positive().default(1), go: Target })).min(2),
});
export type SplitNode = z.infer<typeof SplitNode>;

export const split: Step<SplitNode> = {
  enter(node, turn) {
    const total = node.ways.reduce((sum, way) => sum + way.weight, 0);
    let left = turn.world.random() * total;
    for (const way of node.ways) {
      left -= way.weight;
      if (left < 0) return way.go;
    }
    return "$end";
  },
};
