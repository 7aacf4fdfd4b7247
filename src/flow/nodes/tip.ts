import { z } from "zod";
import { Target, Value } from "../ids.ts";
import type { Step } from "../step.ts";
import type { Turn } from "../turn.ts";

/** Shows one tip: today's, the next one for this person, or any. */
export const TipNode = z.strictObject({
  kind: z.literal("tip"),
  pick: z.enum(["today", "next", "random"]),
  topic: Value.optional(),
  go: Target,
});
export type TipNode = z.infer<typeof TipNode>;

function pickOf(node: TipNode, turn: Turn): "today" | "random" | number {
  if (node.pick !== "next") return node.pick;
  const number = turn.me.tip_number ?? 0;
  turn.set("me.tip_number", number + 1);
  return number;
}

export const tip: Step<TipNode> = {
  enter(node, turn) {
    const found = turn.world.tip(pickOf(node, turn), turn.text(node.topic));
    if (found === undefined) turn.say({ key: "engine.no_tip" });
    else turn.show({ kind: "fact", text: found.text, sources: [found.source] });
    return node.go;
  },
};
