import { z } from "zod";
import { Target, TextKey, Value } from "../ids.ts";
import type { Step } from "../step.ts";
import { lacksValues, textRef } from "../text-ref.ts";

/** Says something and goes on in the same turn. */
export const SayNode = z.strictObject({
  kind: z.literal("say"),
  /** Defaults to `<flow>.<node>.text`. */
  text: TextKey.optional(),
  /** Values the text may show. Words a person typed can never be among them. */
  params: z.record(z.string(), Value).optional(),
  go: Target,
});
export type SayNode = z.infer<typeof SayNode>;

export const say: Step<SayNode> = {
  enter(node, turn) {
    if (!lacksValues(turn, node.params)) turn.say(textRef(turn, node.text, node.params));
    return node.go;
  },
};
