import { z } from "zod";
import { Target, TOPICS } from "../ids.ts";
import type { Step } from "../step.ts";

/** Turns a topic of broadcasts on for this person. */
export const SubscribeNode = z.strictObject({
  kind: z.literal("subscribe"),
  topic: z.enum(TOPICS),
  go: Target,
});
export type SubscribeNode = z.infer<typeof SubscribeNode>;

export const subscribe: Step<SubscribeNode> = {
  enter(node, turn) {
    if (!turn.topics.includes(node.topic)) turn.topics = [...turn.topics, node.topic];
    return node.go;
  },
};
