import type { State } from "../flow/session.ts";

/** How long a state may stay in memory after its turn, with what it holds that no store may know. */
const KEPT_MS = 15 * 60_000;
/** States held at most; the oldest go first. */
const MOST = 20_000;

interface Entry {
  readonly state: State;
  readonly until: number;
}

/**
 * The states that the last turns of this process left. They hold what is too private for the store: typed words that
 * wait for a "send", and the answers given inside flows that keep nothing. For minutes only, and never written: after
 * a restart the person is asked again. For everybody else they spare reading the stored session anew.
 */
export class RecentStates {
  readonly #entries = new Map<string, Entry>();

  /** The state that belongs to the session the store has, known by the time of its last input. */
  recall(key: string, stored: unknown, now: number): State | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.until > now && timeOf(stored) === entry.state.session.at
      ? entry.state
      : undefined;
  }

  keep(key: string, state: State, now: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { state, until: now + KEPT_MS });
    if (this.#entries.size > MOST) this.#dropOldest();
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

  #dropOldest(): void {
    const oldest = this.#entries.keys().next();
    if (oldest.done !== true) this.#entries.delete(oldest.value);
  }
}

/** The time of the last input of a stored session of the present form; undefined for anything else. */
function timeOf(stored: unknown): number | undefined {
  if (typeof stored !== "object" || stored === null || !("at" in stored)) return undefined;
  return typeof stored.at === "number" ? stored.at : undefined;
}
