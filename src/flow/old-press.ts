import { choiceToken } from "./input.ts";
import type { FlowNode } from "./schema.ts";
import { stepOf } from "./steps.ts";
import { follow, makeRoom } from "./travel.ts";
import type { Turn } from "./turn.ts";

interface Pressed {
  readonly flow: string;
  readonly node: string;
  readonly choice: string;
}

/** Whether a question still offers this choice to anybody: conditions cannot be judged from outside. */
function stillOffers(node: FlowNode | undefined, choice: string, turn: Turn): boolean {
  if (node?.kind !== "ask") return false;
  const { choices, more = [], unlisted, yes_no } = node;
  const fixed = [...(Array.isArray(choices) ? choices : []), ...more];
  if (fixed.some((offer) => offer.id === choice && offer.when === undefined)) return true;
  if (yes_no !== undefined && (choice === "yes" || choice === "no")) return true;
  const listed = choices === undefined || Array.isArray(choices) ? [] : [choices];
  const lists = unlisted === undefined ? listed : [...listed, unlisted];
  return lists.some(({ from }) => turn.world.list(from).some((entry) => entry.id === choice));
}

/**
 * A button further up in the conversation keeps working: the person goes back to that question and takes its choice.
 * False when the question or the choice no longer exists, or only made sense at its moment (a quiz).
 */
export function pressOld(turn: Turn, pressed: Pressed): boolean {
  const linked = turn.program.flows.get(pressed.flow);
  const id = linked?.nodes.has(pressed.node) ? pressed.node : linked?.flow.moved[pressed.node];
  const node = id === undefined ? undefined : linked?.nodes.get(id);
  if (linked === undefined || id === undefined || node === undefined) return false;
  if (!stillOffers(node, pressed.choice, turn)) return false;
  if (turn.top?.flow === linked.id) turn.stand(id);
  else {
    makeRoom(turn, linked, false);
    turn.push(linked.id, id, {});
  }
  const token = choiceToken(linked.id, id, pressed.choice);
  follow(turn, stepOf(node).choose?.(node, turn, { kind: "choice", token }) ?? null);
  return true;
}
