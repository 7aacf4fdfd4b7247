import { vi } from "vitest";
import { Pacer } from "../../src/delivery/pacer.ts";
import type { Lane } from "../../src/server/meter.ts";
import { createRates, type RateOptions } from "../support/networks/telegram/rates.ts";

/** On the test's clock, unlike Node's own promise. */
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export interface FarNetworkOptions {
  /** What the pacer is told; messages a second. */
  readonly declared: number;
  /** What the network really permits. */
  readonly permits: Exclude<RateOptions, { readonly kind: "usual" }>;
  /** Whole milliseconds that a message or its answer travels. */
  readonly travelMs: () => number;
}

/**
 * A pacer that sends to a network some time away, which refuses what comes too fast and says when to try again. For a
 * test with a clock of its own: `vi.useFakeTimers`.
 */
export function farNetwork({ declared, permits, travelMs }: FarNetworkOptions) {
  const perChat = { burst: 3, everyMs: 1_000 };
  const pacer = new Pacer({ perSecond: declared, perChat, atOnce: Math.max(32, declared / 4) });
  const arrivals: number[] = [];
  const refusals: number[] = [];
  let rates = createRates(permits);
  let chats = 0;

  /** Tries until the network has it; gives how long that took. */
  async function send(lane: Lane = "bulk", chat = `c${chats++}`): Promise<number> {
    const began = performance.now();
    let waitMs = 1;
    while (waitMs > 0) {
      waitMs = await pacer.run(chat, lane, () => attempt(chat));
      if (waitMs > 0) await pause(waitMs);
    }
    return performance.now() - began;
  }

  async function attempt(chat: string): Promise<number> {
    pacer.took(chat);
    await pause(travelMs());
    const now = performance.now();
    const waitMs = rates.take(0, false, now) * 1_000;
    (waitMs > 0 ? refusals : arrivals).push(now);
    await pause(travelMs());
    if (waitMs > 0) pacer.refused(chat, waitMs);
    return waitMs;
  }

  return {
    pacer,
    arrivals,
    refusals,
    send,
    /** Sends so many messages at once and lets the clock run until all have arrived. */
    async broadcast(messages: number): Promise<void> {
      const all = Promise.all(Array.from({ length: messages }, () => send()));
      const from = arrivals.length;
      while (arrivals.length < from + messages) await vi.advanceTimersByTimeAsync(1_000);
      await vi.advanceTimersByTimeAsync(1_000);
      await all;
    },
    /** The network permits something else from now on. */
    permit(other: RateOptions): void {
      rates = createRates(other);
    },
    /** Messages a second from the first of the last so many arrivals to the last. */
    speed(last: number): number {
      const times = arrivals.slice(-last);
      return ((times.length - 1) * 1_000) / ((times.at(-1) ?? 0) - (times[0] ?? 0));
    },
  };
}
