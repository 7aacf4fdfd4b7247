import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/**
 * Counts tries in memory before they are looked at, so that many at once cannot slip past the count on the account.
 * Holds digests of what was tried, for 15 minutes.
 */
export interface Throttle {
  /** Counts one try of `what`, and of its network address if it has one; seconds to wait, 0: this one is looked at. */
  wait(what: string, from?: string): Promise<number>;
  /** It was right: this one does not count for the address, and none for what was tried. */
  passed(what: string, from: string): Promise<void>;
  forget(what: string): Promise<void>;
}

/** An office of dozens of people can stand behind one address. */
const PER_ADDRESS = { points: 60, duration: 900 };
/** As many as the account itself allows before it is locked: see lock.ts. */
const PER_NAME = { points: 10, duration: 900 };

export function createThrottle(): Throttle {
  const addresses = new RateLimiterMemory({ keyPrefix: "a", ...PER_ADDRESS });
  const names = new RateLimiterMemory({ keyPrefix: "n", ...PER_NAME });
  return {
    async wait(what, from) {
      const network = from === undefined ? 0 : await secondsOf(addresses, networkOf(from));
      return Math.max(network, await secondsOf(names, digestOf(what)));
    },
    async passed(what, from) {
      await addresses.reward(networkOf(from));
      await names.delete(digestOf(what));
    },
    async forget(what) {
      await names.delete(digestOf(what));
    },
  };
}

/** What counts for the second step of signing in. */
export function codeKey(id: string): string {
  return `code ${id}`;
}

/** Somebody may type a password into the field of the name. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

async function secondsOf(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
    throw refusal;
  }
}

/** One household or office has 2^64 addresses of IPv6: all of them count as one. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes(".")) return address;
  const [head = "", rest] = address.split("::");
  const groups = head.split(":").filter(Boolean);
  const filled = rest === undefined ? groups : [...groups, "0", "0", "0", "0"];
  return filled.slice(0, 4).join(":");
}
