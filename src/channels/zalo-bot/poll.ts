import { ChannelError } from "../channel-error.ts";
import type { Report } from "../port.ts";
import type { ZaloBotClient } from "./client.ts";
import type { Take } from "./intake.ts";
import { growing, type Outage, pause } from "./outage.ts";

interface Parts {
  readonly client: ZaloBotClient;
  readonly take: Take;
  readonly report: Report;
  readonly outage: Outage;
  /** How long the network may keep a question open. */
  readonly pollSeconds: number;
}

/**
 * Asks for one update after the other until `stop`. The network hands an update out once and wants no receipt, so one
 * whose turn fails is kept here and tried again before the next is asked for.
 */
export async function poll(parts: Parts, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    for (const update of await nextUpdates(parts, stop)) await takeAtLast(parts, update, stop);
  }
}

/** Over the network's own time for a poll. */
const GRACE_MS = 15_000;
/** Codes of a poll that ended without an update. */
const IDLE = new Set(["408", "504", "http-408", "http-504"]);
/** An answer that says "nothing" sooner than this is not a long poll: asking again at once would be a flood. */
const TOO_SOON_MS = 200;
const REST_MS = 1_000;

async function nextUpdates({ client, outage, pollSeconds }: Parts, stop: AbortSignal): Promise<readonly unknown[]> {
  const since = performance.now();
  try {
    const call = { params: { timeout: String(pollSeconds) }, timeoutMs: pollSeconds * 1_000 + GRACE_MS, signal: stop };
    const result = await client.call("getUpdates", call);
    outage.over();
    const updates: readonly unknown[] = Array.isArray(result) ? result : [result];
    if (!updates.some(isUpdate)) await restAfter(since, stop);
    return updates;
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    if (stop.aborted) return [];
    if (!IDLE.has(error.detail)) await outage.failed(error, stop);
    else {
      outage.over();
      await restAfter(since, stop);
    }
    return [];
  }
}

async function restAfter(since: number, stop: AbortSignal): Promise<void> {
  if (performance.now() - since < TOO_SOON_MS) await pause(REST_MS, stop);
}

function isUpdate(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

async function takeAtLast({ take, report }: Parts, update: unknown, stop: AbortSignal): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await take(update);
      return;
    } catch {
      if (tries === 1) report({ channel: "zalo-bot", level: "warn", code: "update-waits" });
    }
    if (stop.aborted) {
      report({ channel: "zalo-bot", level: "error", code: "update-lost" });
      return;
    }
    await pause(growing(tries), stop);
  }
}
