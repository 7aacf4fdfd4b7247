import { z } from "zod";
import { withoutContacts } from "../../language/contacts.ts";
import { Target, VarName } from "../ids.ts";
import type { Step } from "../step.ts";

/**
 * Hands over words the person agreed to send, apart from the person: no key, no hour, and from a proposal no phone
 * number or address (`feedback` may be about a wrong number). The safety screen reads them again first; words that
 * disclose harm are not sent and `harm` is taken.
 */
export const SubmitNode = z.strictObject({
  kind: z.literal("submit"),
  box: z.enum(["proposal", "feedback"]),
  from: VarName,
  go: Target,
  harm: Target,
  /** Taken when the words are no longer in memory. */
  lost: Target,
});
export type SubmitNode = z.infer<typeof SubmitNode>;

export const submit: Step<SubmitNode> = {
  enter(node, turn) {
    const text = turn.heard[node.from];
    if (text === undefined) return node.lost;
    if (turn.world.screen(text) !== null) {
      turn.heard = {};
      return node.harm;
    }
    turn.effect({ kind: "submit", box: node.box, text: node.box === "proposal" ? withoutContacts(text) : text });
    turn.heard = {};
    return node.go;
  },
};
