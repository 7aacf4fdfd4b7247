import { createHash } from "node:crypto";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Input } from "../../flow/input.ts";

/** How much one browser and one address may send. */
export interface LimitSettings {
  /** The same input again and again from one browser: a stuck key or a script. */
  readonly repeatsPer10Seconds: number;
  readonly perSessionPerMinute: number;
  /** High: mobile networks put thousands of people behind one address. */
  readonly perAddressPerMinute: number;
}

export const USUAL_LIMITS: LimitSettings = {
  repeatsPer10Seconds: 12,
  perSessionPerMinute: 240,
  perAddressPerMinute: 6_000,
};

/**
 * Counts in memory, per process; nothing but counts and digests, for a minute at most. It only measures: the caller
 * lets an input that calls for help through whatever the answer is.
 */
export interface Limits {
  /** Seconds this input has to wait; 0: go on. */
  input(chat: string, address: string, input: Input): Promise<number>;
  /** The same for a request without an input: polls, forgetting, the settings of the widget. */
  request(address: string): Promise<number>;
}

export function createLimits(settings: LimitSettings): Limits {
  const repeats = new RateLimiterMemory({ keyPrefix: "r", points: settings.repeatsPer10Seconds, duration: 10 });
  const sessions = new RateLimiterMemory({ keyPrefix: "s", points: settings.perSessionPerMinute, duration: 60 });
  const addresses = new RateLimiterMemory({ keyPrefix: "a", points: settings.perAddressPerMinute, duration: 60 });
  return {
    input: async (chat, address, input) =>
      Math.max(
        await secondsToWait(repeats, digest(chat, input)),
        await secondsToWait(sessions, chat),
        await secondsToWait(addresses, address),
      ),
    request: (address) => secondsToWait(addresses, address),
  };
}

async function secondsToWait(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw refusal;
  }
}

/** Tells equal inputs of one browser apart from others without holding the words. */
function digest(chat: string, input: Input): string {
  return createHash("sha256")
    .update(`${chat} ${JSON.stringify(input)}`)
    .digest("base64url");
}
