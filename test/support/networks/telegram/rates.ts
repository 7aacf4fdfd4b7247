/** What one chat may be sent: so many messages at once, then one a second. */
const CHAT_BURST = 3;
/** Messages that left a second apart can arrive closer together, so one more than the burst passes. */
const CHAT_SLACK = 1;
const GROUP_PER_MINUTE = 20;
/** No more than 30 messages in a second. Distances at arrival shrink by what the way here took: a tenth is allowed for it. */
const BOT_WINDOWS = [
  { count: 30, ms: 900 },
  { count: 300 + 10, ms: 10_000 },
] as const;

/** Flood control. The core.telegram.org FAQ: 30 messages a second, one a second to a chat, 20 a minute to a group. */
export interface Rates {
  /** Takes a message's place; gives the seconds to wait when there is none, else 0. */
  take(chat: number, group: boolean, now: number): number;
}

/**
 * How messages are counted. `usual`: as above. To measure how much of a limit is used, one limit and no other, for the
 * whole bot: a `bucket` that holds one second's messages and is refilled evenly, or a strict `window`, never more than
 * `perSecond` within any 1,000 ms.
 */
export type RateOptions =
  | { readonly kind: "usual" }
  | { readonly kind: "bucket" | "window"; readonly perSecond: number };

export function createRates(options: RateOptions = { kind: "usual" }): Rates {
  if (options.kind === "usual") return usualRates();
  return options.kind === "bucket" ? bucketRates(options.perSecond) : windowRates(options.perSecond);
}

interface Bucket {
  tokens: number;
  at: number;
}

function usualRates(): Rates {
  const buckets = new Map<number, Bucket>();
  const groups = new Map<number, number[]>();
  const log: number[] = [];
  return {
    take(chat, group, now) {
      const bucket = filled(buckets.get(chat), now);
      const inGroup = group ? recent(groups.get(chat) ?? [], now - 60_000) : [];
      const wait = Math.max(
        bucket.tokens >= 1 ? 0 : (1 - bucket.tokens) * 1_000,
        inGroup.length < GROUP_PER_MINUTE ? 0 : (inGroup[0] ?? now) + 60_000 - now,
        waitOfBot(log, now),
      );
      if (wait > 0) return Math.max(1, Math.ceil(wait / 1_000));
      buckets.set(chat, { tokens: bucket.tokens - 1, at: now });
      if (group) groups.set(chat, [...inGroup, now]);
      log.push(now);
      if (log.length > 2_000) log.splice(0, 1_000);
      return 0;
    },
  };
}

function bucketRates(perSecond: number): Rates {
  const bucket: Bucket = { tokens: perSecond, at: 0 };
  return {
    take(_chat, _group, now) {
      bucket.tokens = Math.min(perSecond, bucket.tokens + ((now - bucket.at) * perSecond) / 1_000);
      bucket.at = now;
      if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perSecond);
      bucket.tokens -= 1;
      return 0;
    },
  };
}

function windowRates(perSecond: number): Rates {
  /** The times of the last messages, in turn. */
  const times: number[] = [];
  let taken = 0;
  return {
    take(_chat, _group, now) {
      const place = taken % perSecond;
      const left = (times[place] ?? Number.NEGATIVE_INFINITY) + 1_000 - now;
      if (left > 0) return Math.ceil(left / 1_000);
      times[place] = now;
      taken += 1;
      return 0;
    },
  };
}

function filled(bucket: Bucket | undefined, now: number): Bucket {
  const most = CHAT_BURST + CHAT_SLACK;
  if (bucket === undefined) return { tokens: most, at: now };
  return { tokens: Math.min(most, bucket.tokens + (now - bucket.at) / 1_000), at: now };
}

function recent(times: readonly number[], after: number): number[] {
  return times.filter((time) => time > after);
}

function waitOfBot(log: readonly number[], now: number): number {
  const waits = BOT_WINDOWS.map(({ count, ms }) => (log[log.length - count] ?? Number.NEGATIVE_INFINITY) + ms - now);
  return Math.max(0, ...waits);
}
