import { z } from "zod";
import { Slug, Target, TextKey } from "../ids.ts";
import { parseToken } from "../input.ts";
import { selectByLabel, selectByNumber, selectByWords } from "../select.ts";
import type { Next, Step } from "../step.ts";
import { textRef } from "../text-ref.ts";
import type { Turn } from "../turn.ts";

/**
 * Asks consent, then opens a referral: a service contacts or chats with the person. Takes `unavailable` at
 * once, without asking, when no responder of that service is on duty.
 */
export const ReferralNode = z.strictObject({
  kind: z.literal("referral"),
  text: TextKey.optional(),
  service: Slug,
  opened: TextKey,
  refused: Target,
  unavailable: Target,
  /** Taken when the person ends the hand-over. */
  go: Target,
});
export type ReferralNode = z.infer<typeof ReferralNode>;

const CONSENT = ["yes", "no"] as const;

/** While handed over the only choice is to end it; words are for the responder and are not read here. */
function isOpen(turn: Turn): boolean {
  return turn.top?.state?.["open"] === true;
}

function choices(turn: Turn) {
  return isOpen(turn)
    ? [{ id: "close", label: { key: "engine.referral_close" } }]
    : CONSENT.map((id) => ({ id, label: { key: `common.${id}` } }));
}

function act(node: ReferralNode, turn: Turn, id: string | undefined): Next | undefined {
  if (isOpen(turn)) {
    if (id !== "close") return undefined;
    turn.effect({ kind: "close-referral", service: node.service });
    return node.go;
  }
  if (id === "no") return node.refused;
  if (id !== "yes") return undefined;
  turn.effect({ kind: "referral", service: node.service });
  turn.remember({ open: true });
  return referral.resume?.(node, turn) ?? null;
}

export const referral: Step<ReferralNode> = {
  enter(node, turn) {
    turn.remember(undefined);
    if (!turn.world.responder(node.service)) return node.unavailable;
    turn.say(textRef(turn, node.text));
    turn.ask({ choices: choices(turn), expects: "choice" });
    return null;
  },
  resume(node, turn) {
    if (!isOpen(turn)) return referral.enter(node, turn);
    turn.say({ key: node.opened });
    turn.ask({ choices: choices(turn), expects: "nothing" });
    return null;
  },
  choose(node, turn, input) {
    if (input.kind === "choice") return act(node, turn, parseToken(input.token)?.choice);
    if (input.kind !== "text") return undefined;
    const offered = choices(turn).map(({ id, label }) => ({ id, label: turn.world.text(label, turn.lang) }));
    const ids = offered.map((choice) => choice.id);
    return act(node, turn, selectByNumber(ids, input.text) ?? selectByLabel(offered, input.text));
  },
  answer(node, turn, input) {
    if (input.kind !== "text") return undefined;
    const offered = choices(turn).map(({ id, label }) => ({ id, label: turn.world.text(label, turn.lang) }));
    const byWords = selectByWords(offered, input.text);
    return act(node, turn, byWords.kind === "one" ? byWords.id : undefined);
  },
};
