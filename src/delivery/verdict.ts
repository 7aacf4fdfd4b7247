import type { ChannelError, SendFailure } from "../channels/channel-error.ts";
import type { ChannelName } from "../channels/port.ts";

/** What to do with a message that was not sent. */
export type Verdict =
  | { readonly kind: "again"; readonly afterMs: number; readonly holdBot: boolean }
  | { readonly kind: "drop"; readonly why: SendFailure | "expired" };

/** The attempts to send one message so far, the last one included. */
export interface Attempts {
  readonly channel: ChannelName;
  /** Of a conversation about help. */
  readonly discreet: boolean;
  readonly failures: number;
  /** Of these, after which nobody knows whether it arrived. */
  readonly uncertain: number;
  /** Of these, refusals by a network that has a problem of its own. */
  readonly busy: number;
  /** Milliseconds since what led to the message. */
  readonly ageMs: number;
}

/** A reply that could not be sent for a day is of no use to anybody any more. */
export const STALE_MS = 24 * 3_600_000;

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
/** How long the whole bot waits for an operator, or for an allowance to come back, before it tries again. */
const OPERATOR_PAUSE_MS = 60_000;
const ALLOWANCE_PAUSE_MS = 10 * 60_000;
/** How often a Zalo network is asked again that answered with a failure (three tries), or with nothing (two). */
const ZALO_TRIES = { busy: 3, uncertain: 2 } as const;

/**
 * Telegram is asked until it has the message or it is stale. Zalo's limits on trying again (reference on both Zalo
 * APIs, rows 13 to 15 of its unknowns) hold for everything but help, which has to arrive at least once. `chance` is
 * in [0, 1) and spreads the attempts.
 */
export function verdictOn({ failure, retryAfterMs }: ChannelError, attempts: Attempts, chance: number): Verdict {
  if (attempts.ageMs > STALE_MS) return { kind: "drop", why: "expired" };
  const again = (afterMs: number, holdBot = false): Verdict => ({ kind: "again", afterMs, holdBot });
  const backoff = pauseAfter(attempts.failures, chance);
  switch (failure) {
    case "unavailable":
      return again(backoff);
    case "rate-limited":
      return again(Math.max(retryAfterMs ?? 0, backoff));
    case "uncertain":
    case "busy":
      return mayGoOn(failure, attempts) ? again(backoff) : { kind: "drop", why: failure };
    case "unauthorised":
      return again(OPERATOR_PAUSE_MS, true);
    case "quota-spent":
      return attempts.discreet ? again(ALLOWANCE_PAUSE_MS) : { kind: "drop", why: failure };
    case "unreachable":
    case "window-closed":
    case "refused":
      return { kind: "drop", why: failure };
  }
}

function mayGoOn(failure: "uncertain" | "busy", attempts: Attempts): boolean {
  const limited = attempts.channel === "zalo-bot" || attempts.channel === "zalo-oa";
  return !limited || attempts.discreet || attempts[failure] < ZALO_TRIES[failure];
}

/** Twice as long after every failure, up to a minute, with half of it left to chance. */
function pauseAfter(failures: number, chance: number): number {
  const longest = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
  return longest / 2 + (chance * longest) / 2;
}
