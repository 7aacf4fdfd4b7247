import { setTimeout as pause } from "node:timers/promises";
import { startMorningRig } from "../../support/broadcast/morning-rig.ts";
import { releasedBroadcast, writeReleased } from "../../support/broadcast/released.ts";
import { seedSubscribers } from "../../support/broadcast/subscribers.ts";
import type { Phone } from "../../support/networks/network.ts";
import type { Rig } from "../../support/networks/rig.ts";
import { progressOf } from "./ledger.ts";

/** From what a citizen wrote to the answer on the phone, in milliseconds. */
export interface ReplyPace {
  readonly p50: number;
  readonly p95: number;
  readonly count: number;
}

export interface BroadcastReplies {
  readonly without: ReplyPace;
  readonly during: ReplyPace;
  /** Sent within a second, on average, while people chatted. */
  readonly broadcastPerSecond: number;
}

export interface ReplySettings {
  readonly dataDir: string;
  /** People on Telegram whom the broadcast is for. */
  readonly people: number;
  /** Answers looked at without the broadcast, and at most so many during it. */
  readonly replies: number;
}

/** The people who chat meanwhile; each writes every few seconds. */
const CHATTING = 10;
const EVERY_MS = 400;
/** An answer that takes longer is none. */
const LONGEST_MS = 30_000;
const LOOK_MS = 2;
/** What real networks take, about. */
const LATENCY_MS = 40;

/** How long Telegram's citizens wait for an answer without a broadcast, and while one takes all that Telegram permits. */
export async function measureReplies({ dataDir, people, replies }: ReplySettings): Promise<BroadcastReplies> {
  const { rig, clock } = await startMorningRig({ dataDir });
  rig.telegram.faults.latencyMs = LATENCY_MS;
  try {
    await seedSubscribers(dataDir, rig, { telegram: people }, { now: clock.now() });
    await rig.restart();
    const phones = await greeted(rig);
    const without = await chat(phones, (count) => count < replies);
    await rig.bot.stop();
    await writeReleased(dataDir, releasedBroadcast(clock.now()));
    await rig.restart();
    while (!progressOf(dataDir).planned) await pause(LOOK_MS);
    const before = { at: performance.now(), open: progressOf(dataDir).open };
    const during = await chat(phones, (count) => count < replies && !progressOf(dataDir).closed);
    const sent = before.open - progressOf(dataDir).open;
    const broadcastPerSecond = (sent * 1_000) / (performance.now() - before.at);
    return { without, during, broadcastPerSecond };
  } finally {
    await rig.stop();
  }
}

/** People who have met the bot: the first answers are longer. */
async function greeted(rig: Rig): Promise<readonly Phone[]> {
  const phones = Array.from({ length: CHATTING }, (_, index) => rig.phone("telegram", `Người nhắn ${index}`));
  for (const phone of phones) {
    await answered(phone, () => phone.start());
    await answered(phone, () => phone.type("menu"));
  }
  return phones;
}

/** One after the other at an even pace, however long the answers take. */
async function chat(phones: readonly Phone[], goesOn: (count: number) => boolean): Promise<ReplyPace> {
  const began = performance.now();
  const times: Promise<number>[] = [];
  while (goesOn(times.length)) {
    const phone = phones[times.length % phones.length];
    if (phone !== undefined) times.push(answered(phone, () => phone.type("menu")));
    await pause(Math.max(0, began + times.length * EVERY_MS - performance.now()));
  }
  return paceOf(await Promise.all(times));
}

async function answered(phone: Phone, act: () => void): Promise<number> {
  const before = phone.received().length;
  const began = performance.now();
  act();
  while (phone.received().length === before) {
    if (performance.now() - began > LONGEST_MS) throw new Error("no answer on Telegram");
    await pause(LOOK_MS);
  }
  return performance.now() - began;
}

function paceOf(times: readonly number[]): ReplyPace {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
  return { p50: at(0.5), p95: at(0.95), count: sorted.length };
}
