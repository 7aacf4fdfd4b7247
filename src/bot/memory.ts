import { HEARD_MS } from "../flow/expiry.ts";
import type { State } from "../flow/session.ts";

export interface MemoryLimits {
  readonly states: number;
  /** UTF-16 units of typed words in all of them together. */
  readonly words: number;
}

/** The oldest go first. */
const USUAL_MEMORY: MemoryLimits = { states: 20_000, words: 32_000_000 };

interface Entry {
  readonly state: State;
  readonly words: number;
  readonly until: number;
}

/**
 * The states that the last turns of this process left. They hold what is too private for the store: typed words that
 * wait for a "send", and the answers given inside flows that keep nothing. For minutes only, and never written: after
 * a restart the person is asked again. For everybody else they spare reading the stored session anew.
 */
export class RecentStates {
  readonly #entries = new Map<string, Entry>();
  readonly #limits: MemoryLimits;
  #words = 0;

  constructor(limits: MemoryLimits = USUAL_MEMORY) {
    this.#limits = limits;
  }

  /** The state that belongs to the session the store has, known by the time of its last input. */
  recall(key: string, stored: unknown, now: number): State | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.until > now && timeOf(stored) === entry.state.session.at
      ? entry.state
      : undefined;
  }

  /**
   * Remembers it until 15 minutes after the person's last input. What the bot changed by itself meanwhile takes the place
   * of what is remembered, and is not remembered where nothing is.
   */
  keep(key: string, state: State, now: number): void {
    const until = state.session.at + HEARD_MS;
    const before = this.#entries.get(key);
    if (state.session.at === now) this.drop(key);
    else if (before?.until !== until) return this.drop(key);
    const words = Object.values(state.heard).reduce((sum, heard) => sum + heard.length, 0);
    this.#words += words - (this.#entries.get(key)?.words ?? 0);
    this.#entries.set(key, { state, words, until });
    for (const [oldest] of this.#entries) {
      if (this.#entries.size <= this.#limits.states && this.#words <= this.#limits.words) return;
      this.drop(oldest);
    }
  }

  drop(key: string): void {
    this.#words -= this.#entries.get(key)?.words ?? 0;
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
    this.#words = 0;
  }

  /** Drops what is over. Called often; the oldest entries come first. */
  sweep(now: number): void {
    for (const [key, entry] of this.#entries) {
      if (entry.until > now) return;
      this.drop(key);
    }
  }
}

/** The time of the last input of a stored session of the present form; undefined for anything else. */
function timeOf(stored: unknown): number | undefined {
  if (typeof stored !== "object" || stored === null || !("at" in stored)) return undefined;
  return typeof stored.at === "number" ? stored.at : undefined;
}
