/** Failures before the month counts as spent, how far apart they must be, and over what time, in milliseconds. */
const FAILURES = 3;
const APART_MS = 30_000;
const OVER_MS = 120_000;
/** A later failure has nothing to do with the earlier ones. */
const FORGET_MS = 3_600_000;
/** How often a message that can wait may find out whether the network takes messages again. */
const TRY_AGAIN_MS = 10 * 60_000;

interface Streak {
  readonly first: number;
  readonly last: number;
  readonly count: number;
  /** Addresses it met; two are enough to know that it is not about one person. */
  readonly chats: readonly string[];
}

/**
 * The network says "too many" alike for a burst, for a spent month and for one person above the cap: only that it goes on
 * for minutes, and for whom, tells them apart. Times in milliseconds since 1970.
 */
export class Exhaustion {
  #streak: Streak | null = null;
  #spent = false;

  /** The network refused a message to this address. True while the allowance counts as spent. */
  refused(address: string, now: number): boolean {
    const streak = this.#continued(address, now);
    this.#streak = streak;
    this.#spent ||= streak.count >= FAILURES && streak.last - streak.first >= OVER_MS;
    return this.#spent;
  }

  /** The network took a message. */
  took(): void {
    this.#streak = null;
    this.#spent = false;
  }

  /** Whether a message to this address that can wait should not even be tried. */
  holdsBack(address: string, now: number): boolean {
    const streak = this.#streak;
    if (!this.#spent || streak === null || now - streak.last >= TRY_AGAIN_MS) return false;
    return streak.chats.length > 1 || streak.chats.includes(address);
  }

  #continued(address: string, now: number): Streak {
    const streak = this.#streak;
    if (streak === null || now - streak.last > FORGET_MS) return { first: now, last: now, count: 1, chats: [address] };
    const isNew = streak.chats.length < 2 && !streak.chats.includes(address);
    const chats = isNew ? [...streak.chats, address] : streak.chats;
    if (now - streak.last < APART_MS) return { ...streak, chats };
    return { ...streak, chats, last: now, count: streak.count + 1 };
  }
}
