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

interface Bucket {
  tokens: number;
  at: number;
}

export function createRates(): Rates {
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
