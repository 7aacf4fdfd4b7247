import type { Program } from "./program.ts";
import type { Session, State } from "./session.ts";
import type { Turn } from "./turn.ts";

/** Words a person typed are remembered no longer than this after their last input. */
export const HEARD_MS = 15 * 60_000;

/**
 * Gives up places whose time is over. A flow that keeps nothing goes with everything begun inside it and is never
 * resumed; an ordinary one only when it is the innermost. True when anything was given up.
 */
export function dropLapsed(turn: Turn, lastInput: number): boolean {
  const idle = turn.world.now - lastInput;
  const before = turn.frames.length;
  const lapsed = turn.frames.map((frame) => {
    const flow = turn.program.flows.get(frame.flow);
    return flow !== undefined && idle > flow.expiresMs ? flow : undefined;
  });
  const first = lapsed.findIndex((flow) => flow?.keepsNothing);
  if (first >= 0) turn.frames.length = first;
  while (turn.frames.length > 0 && lapsed[turn.frames.length - 1] !== undefined) turn.frames.pop();
  if (turn.frames.length < before || idle > HEARD_MS) turn.heard = {};
  return turn.frames.length < before;
}

/**
 * The session as it may be stored: in flows that keep nothing only the position is left, in memory the rest.
 * Typed words are not in a session at all.
 */
export function saved(program: Program, session: Session): Session {
  const frames = session.frames.map((frame) => {
    if (program.flows.get(frame.flow)?.keepsNothing !== true) return frame;
    return { flow: frame.flow, node: frame.node, vars: {}, ...(frame.due !== undefined && { due: frame.due }) };
  });
  return { ...session, frames };
}

/** When the bot must look at a session by itself: a waiting time is over, or a help position has to be forgotten. */
export function wakeAt(program: Program, { session }: State): number | null {
  const times = session.frames.flatMap((frame, depth) => {
    const flow = program.flows.get(frame.flow);
    const forget = flow?.keepsNothing === true ? [session.at + flow.expiresMs + 1] : [];
    const due = frame.due !== undefined && depth === session.frames.length - 1 ? [frame.due] : [];
    return [...forget, ...due];
  });
  return times.length === 0 ? null : Math.min(...times);
}
