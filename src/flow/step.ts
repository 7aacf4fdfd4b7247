import type { Value } from "./ids.ts";
import type { Input } from "./input.ts";
import type { Turn } from "./turn.ts";

/** Going to another flow with variables; `call` comes back when that flow ends. */
export interface Jump {
  readonly flow: string;
  readonly with: Readonly<Record<string, Value>>;
  readonly call: boolean;
}

/** A target to go on to, a jump, or null: wait here for the next input. */
export type Next = string | Jump | null;

/** What a node kind does. Steps read and change nothing but the turn they are given. */
export interface Step<N> {
  /** On arriving, and again when the person comes back here from an interruption. */
  enter(node: N, turn: Turn): Next;
  /** Coming back from an interruption, where that differs from arriving. */
  resume?(node: N, turn: Turn): Next;
  /** Sure readings of an input, before the safety screen: a pressed choice, its number, its label. */
  choose?(node: N, turn: Turn, input: Input): Next | undefined;
  /** Other readings of an input, after the safety screen. undefined: nothing fits. */
  answer?(node: N, turn: Turn, input: Input): Next | undefined;
  /** What the safety screen heard, where this node asked for it; undefined: the engine takes the person to help. */
  heard?(node: N, turn: Turn, need: string): Next | undefined;
  /** The waiting time is over. */
  timeout?(node: N, turn: Turn): Next;
}
