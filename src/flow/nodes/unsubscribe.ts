import { z } from "zod";
import { Target, TOPICS } from "../ids.ts";
import type { Step } from "../step.ts";

/** Turns one topic, or all, off. Never touches help. */
export const UnsubscribeNode = z.strictObject({
  kind: z.literal("unsubscribe"),
  topic: z.enum([...TOPICS, "all"]),
  go: Target,
});
export type UnsubscribeNode = z.infer<typeof UnsubscribeNode>;

export const unsubscribe: Step<UnsubscribeNode> = {
  enter(node, turn) {
    turn.topics = node.topic === "all" ? [] : turn.topics.filter((topic) => topic !== node.topic);
    return node.go;
  },
};
