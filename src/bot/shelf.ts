import { randomBytes } from "node:crypto";

export interface ShelfLimits {
  /** Milliseconds a thing is held. */
  readonly heldMs: number;
  readonly perOwner: number;
  /** UTF-16 units of everything together. */
  readonly size: number;
}

export const USUAL_SHELF: ShelfLimits = { heldMs: 15 * 60_000, perOwner: 12, size: 16_000_000 };

/** 144 random bits: nobody guesses another's. */
const ID_BYTES = 18;

interface Held<T> {
  readonly owner: string;
  readonly value: T;
  readonly size: number;
  readonly until: number;
}

/**
 * Things too private for the store, in memory, for minutes. What stands longest goes first: of the same owner when they
 * have too many, of anybody when all together are too large. After a restart it is empty.
 */
export class Shelf<T> {
  readonly #held = new Map<string, Held<T>>();
  readonly #limits: ShelfLimits;
  #size = 0;

  constructor(limits: ShelfLimits = USUAL_SHELF) {
    this.#limits = limits;
  }

  /** Gives the id under which this owner, and nobody else, finds it. `size` in UTF-16 units. */
  put(owner: string, value: T, size: number, now: number): string {
    const own = [...this.#held].filter(([, held]) => held.owner === owner);
    for (const [id] of own.slice(0, Math.max(0, own.length + 1 - this.#limits.perOwner))) this.#drop(id);
    const id = randomBytes(ID_BYTES).toString("base64url");
    this.#held.set(id, { owner, value, size, until: now + this.#limits.heldMs });
    this.#size += size;
    for (const [oldest] of this.#held) {
      if (this.#size <= this.#limits.size) break;
      this.#drop(oldest);
    }
    return id;
  }

  /** Undefined when it is gone, or another's. It stays: a download may be tried again. */
  find(owner: string, id: string, now: number): T | undefined {
    const held = this.#held.get(id);
    return held === undefined || held.owner !== owner || held.until <= now ? undefined : held.value;
  }

  wipe(owner: string): void {
    for (const [id, held] of this.#held) if (held.owner === owner) this.#drop(id);
  }

  /** Drops what is over; the oldest come first. */
  sweep(now: number): void {
    for (const [id, held] of this.#held) {
      if (held.until > now) return;
      this.#drop(id);
    }
  }

  clear(): void {
    this.#held.clear();
    this.#size = 0;
  }

  #drop(id: string): void {
    this.#size -= this.#held.get(id)?.size ?? 0;
    this.#held.delete(id);
  }
}
