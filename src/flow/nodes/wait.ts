import { z } from "zod";
import { Duration, durationMs, Target, TextKey } from "../ids.ts";
import type { Step } from "../step.ts";

/** Waits for a time; any input before that takes `input`. */
export const WaitNode = z.strictObject({
  kind: z.literal("wait"),
  for: Duration,
  text: TextKey.optional(),
  /** Taken when the time is over. */
  go: Target,
  input: Target,
});
export type WaitNode = z.infer<typeof WaitNode>;

export const wait: Step<WaitNode> = {
  enter(node, turn) {
    if (node.text !== undefined) turn.say({ key: node.text });
    turn.wakeAt(turn.world.now + durationMs(node.for));
    turn.ask({ choices: [], expects: "nothing" });
    return null;
  },
  answer: (node) => node.input,
  timeout: (node) => node.go,
};
