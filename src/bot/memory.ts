import type { Program } from "../flow/program.ts";
import type { State } from "../flow/session.ts";

/** How long the answers of a help conversation and unsent words may stay in memory. */
const KEPT_MS = 15 * 60_000;

interface Entry {
  readonly state: State;
  readonly until: number;
}

/**
 * What is too private for the store: typed words that wait for a "send", and the answers given inside flows that
 * keep nothing. Held for minutes, in this process only; after a restart the person is asked again.
 */
export class PrivateMemory {
  readonly #program: Program;
  readonly #entries = new Map<string, Entry>();

  constructor(program: Program) {
    this.#program = program;
  }

  /** The state as it was left by the last turn, when that is the turn the store knows (same `at`). */
  recall(key: string, at: number, now: number): State | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.until > now && entry.state.session.at === at ? entry.state : undefined;
  }

  keep(key: string, state: State, now: number): void {
    this.#entries.delete(key);
    const secret = state.session.frames.some((frame) => this.#program.flows.get(frame.flow)?.keepsNothing);
    if (secret || Object.keys(state.heard).length > 0) this.#entries.set(key, { state, until: now + KEPT_MS });
  }

  drop(key: string): void {
    this.#entries.delete(key);
  }

  /** Drops what is over. Called often; the oldest entries come first. */
  sweep(now: number): void {
    for (const [key, entry] of this.#entries) {
      if (entry.until > now) return;
      this.#entries.delete(key);
    }
  }
}
