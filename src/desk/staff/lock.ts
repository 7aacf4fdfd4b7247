/** How often somebody failed to sign in, and until when nothing is tried; milliseconds since 1970. */
export interface Tries {
  readonly failures: number;
  readonly lockedUntil?: number | undefined;
}

/** Every so many failures in a row lock the account, twice as long each time. */
export const LOCK_AFTER = 10;
const FIRST_LOCK_MS = 15 * 60_000;
const LONGEST_LOCK_MS = 24 * 3_600_000;

export function afterFailure({ failures, lockedUntil }: Tries, now: number): Tries {
  const count = failures + 1;
  if (count % LOCK_AFTER !== 0) return { failures: count, lockedUntil };
  const length = Math.min(LONGEST_LOCK_MS, FIRST_LOCK_MS * 2 ** (count / LOCK_AFTER - 1));
  return { failures: count, lockedUntil: now + length };
}

/** 0: not locked. */
export function lockedSeconds({ lockedUntil = 0 }: Tries, now: number): number {
  return Math.max(0, Math.ceil((lockedUntil - now) / 1_000));
}

/** Failures under names that nobody has, counted as those of accounts are: answers then do not tell them apart. */
export interface Strangers {
  get(key: string): Tries;
  set(key: string, tries: Tries): void;
}

/** In memory; the oldest are forgotten when there are too many. */
export function createStrangers(most = 10_000): Strangers {
  const known = new Map<string, Tries>();
  return {
    get: (key) => known.get(key) ?? { failures: 0 },
    set(key, tries) {
      known.delete(key);
      known.set(key, tries);
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
    },
  };
}
