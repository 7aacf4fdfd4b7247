import type { Value } from "./ids.ts";
import type { LinkedFlow } from "./program.ts";
import type { FlowNode } from "./schema.ts";
import type { Jump, Next } from "./step.ts";
import { stepOf } from "./steps.ts";
import type { Turn } from "./turn.ts";

/** Nodes entered in one turn at most; a loop without an input (also reported by the checks) ends at rest. */
const MAX_STEPS = 100;

/** The node a person stands on; undefined at rest, or when an edit removed it. */
export function currentNode(turn: Turn): FlowNode | undefined {
  return turn.flow?.nodes.get(turn.top?.node ?? "");
}

/** Goes on from a step's answer until the bot waits or rests. */
export function follow(turn: Turn, first: Next): void {
  let next = first;
  for (let steps = 0; next !== null; steps++) {
    if (steps === MAX_STEPS) return turn.clearFrames();
    next = oneStep(turn, next);
  }
}

function oneStep(turn: Turn, next: string | Jump): Next {
  if (typeof next !== "string") return jump(turn, next);
  if (next === "$end") return finish(turn);
  if (next.startsWith("@")) return jump(turn, { flow: next.slice(1), with: {}, call: false });
  return arrive(turn, next);
}

/** Comes to a node of the innermost flow; one that an edit removed leads to where `moved` says, else to the menu. */
function arrive(turn: Turn, nodeId: string): Next {
  const linked = turn.flow;
  const id = linked?.nodes.has(nodeId) ? nodeId : linked?.flow.moved[nodeId];
  const node = id === undefined ? undefined : linked?.nodes.get(id);
  if (id === undefined || node === undefined) return `@${turn.program.roles.menu}`;
  turn.stand(id);
  return stepOf(node).enter(node, turn);
}

function jump(turn: Turn, to: Jump): Next {
  const leavingWelcome = turn.top?.flow === turn.program.start && to.flow === turn.program.roles.menu;
  if (leavingWelcome && turn.frames.length > 1) return finish(turn);
  const linked = turn.program.flows.get(to.flow) ?? turn.program.flows.get(turn.program.roles.menu);
  if (linked === undefined) {
    turn.clearFrames();
    return null;
  }
  makeRoom(turn, linked, to.call);
  turn.push(linked.id, linked.flow.start, to.with);
  return arrive(turn, linked.flow.start);
}

/**
 * What happens to the places a person has when they go to another flow. A call keeps them all. Help is put on top of
 * any other, so that "I meant something else" leads back, and replaces an earlier conversation about help. Another flow
 * that keeps nothing is put on top of an ordinary one. Every other flow, and quick exit, begins afresh.
 */
export function makeRoom(turn: Turn, target: LinkedFlow, call: boolean): void {
  if (call) return;
  if (!target.keepsNothing || target.id === turn.program.roles.exit) return turn.clearFrames();
  if (target.id === turn.program.roles.help) return closeHelp(turn);
  while (turn.flow?.keepsNothing) turn.frames.pop();
}

/** Gives up a conversation about help, with everything begun inside it; what it interrupted stays. */
export function closeHelp(turn: Turn): void {
  const first = turn.frames.findIndex((frame) => turn.program.helping.has(frame.flow));
  if (first >= 0) turn.frames.length = first;
}

/** Ends the innermost flow: back to the caller or the interrupted place, else to the menu. */
function finish(turn: Turn): Next {
  const ended = turn.top;
  turn.pop();
  const node = currentNode(turn);
  if (node === undefined) return `@${turn.program.roles.menu}`;
  if (node.kind === "call") {
    for (const [ours, theirs] of Object.entries(node.returns ?? {})) copy(turn, ours, ended?.vars[theirs]);
  }
  return resume(node, turn);
}

function copy(turn: Turn, name: string, value: Value | undefined): void {
  if (value !== undefined) turn.set(name, value);
}

function resume(node: FlowNode, turn: Turn): Next {
  const step = stepOf(node);
  return step.resume === undefined ? step.enter(node, turn) : step.resume(node, turn);
}

/** Shows again what the person was asked; at rest, the menu. */
export function showAgain(turn: Turn): void {
  const node = currentNode(turn);
  follow(turn, node === undefined ? `@${turn.program.roles.menu}` : resume(node, turn));
}
