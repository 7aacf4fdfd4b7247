import { withoutAnswers } from "./answers.ts";
import { dropLapsed } from "./expiry.ts";
import type { Input } from "./input.ts";
import { listen } from "./listen.ts";
import type { Program } from "./program.ts";
import type { Effect } from "./screen.ts";
import { freshState, SESSION_VERSION, type Session, type State } from "./session.ts";
import { stepOf } from "./steps.ts";
import { currentNode, follow } from "./travel.ts";
import { Turn } from "./turn.ts";
import type { World } from "./world.ts";

export interface Advance {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/**
 * One turn: what a person did, and all that follows from it until the bot waits again. Synchronous and pure: the
 * same program, state, input and world give the same result. Never throws for anything a person can send.
 * `state` null, or one that was never advanced, is a stranger.
 */
export function advance(program: Program, state: State | null, input: Input, world: World): Advance {
  const known = state ?? freshState(world.now);
  const turn = new Turn(program, world, known);
  const displaced = dropLapsed(turn, known.session.at);
  if (input.kind === "tick") tick(turn);
  else {
    const moved = dropRemoved(turn);
    const { met, offers = [] } = known.session;
    listen(turn, input, { stranger: met !== true, displaced: displaced || moved, offers });
  }
  const screen = turn.screen();
  if (screen !== undefined) turn.effects.push({ kind: "send", screen });
  return { state: { session: sessionOf(turn, known.session, input), heard: heardAfter(turn) }, effects: turn.effects };
}

/** Puts a person who is known already at the start of a flow, as if a link had brought them there. */
export function begin(program: Program, flow: string, me: Session["me"], world: World): Advance {
  const met = freshState(world.now);
  const turn = new Turn(program, world, { ...met, session: { ...met.session, met: true, me } });
  follow(turn, `@${flow}`);
  const screen = turn.screen();
  if (screen !== undefined) turn.effects.push({ kind: "send", screen });
  return {
    state: { session: sessionOf(turn, { ...met.session, met: true }, { kind: "start" }), heard: heardAfter(turn) },
    effects: turn.effects,
  };
}

/** Answers of a form go as soon as nobody stands in one any more. */
function heardAfter({ frames, heard, program }: Turn): State["heard"] {
  const filling = frames.some(({ flow, node }) => program.flows.get(flow)?.nodes.get(node)?.kind === "form");
  return filling ? heard : withoutAnswers(heard);
}

function sessionOf(turn: Turn, before: Session, input: Input): Session {
  const ticked = input.kind === "tick";
  const met = !ticked && input.kind !== "left";
  return {
    v: SESSION_VERSION,
    met: before.met || met,
    me: turn.me,
    topics: turn.topics,
    frames: turn.frames,
    at: ticked ? before.at : turn.world.now,
    ...(ticked && before.offers !== undefined && { offers: before.offers }),
  };
}

/** Time has passed: what waited for it goes on; a place whose time is over was given up without a word. */
function tick(turn: Turn): void {
  const node = currentNode(turn);
  const due = turn.top?.due;
  if (node === undefined || due === undefined || due > turn.world.now) return;
  follow(turn, stepOf(node).timeout?.(node, turn) ?? null);
}

/**
 * Brings a person off a node that an edit removed: to where `moved` says, else up to the menu with a friendly
 * sentence. True when that happened.
 */
function dropRemoved(turn: Turn): boolean {
  const top = turn.top;
  if (top === undefined || currentNode(turn) !== undefined) return false;
  const to = turn.flow?.flow.moved[top.node];
  if (to !== undefined && turn.flow?.nodes.has(to)) turn.stand(to);
  else turn.clearFrames();
  return true;
}
