import { setTimeout as sleep } from "node:timers/promises";
import type { Phone } from "../../support/networks/network.ts";
import { ROOMY } from "../../support/networks/rig.ts";
import { type Stage, until, withStage } from "./stage.ts";

/** From an update to the answer on the phone, in milliseconds. */
export interface ReplyTimes {
  readonly median: number;
  readonly p99: number;
  readonly count: number;
}

/** The times on Telegram alone, and while people write on Zalo networks in trouble. */
export interface Isolation {
  readonly alone: ReplyTimes;
  /** Zalo Bot answers every call after ten seconds. */
  readonly slow: ReplyTimes;
  /** Both Zalo networks break every connection, and then refuse it. */
  readonly dead: ReplyTimes;
}

/** Below the 30 messages a second that Telegram permits, so that no message waits for another. */
const PER_SECOND = 25;
/** Enough that nobody gets more than one message in a second and a half. */
const PEOPLE = 40;
const ZALO_PEOPLE = 10;
const ZALO_EVERY_MS = 100;
const SLOW_MS = 10_000;

/** A bot of its own for the measurement of `soak`. Throws when Zalo delays Telegram by half and 30 milliseconds. */
export async function proveIsolation(replies: number): Promise<Isolation> {
  const isolation = await withStage(ROOMY, (stage) => measureIsolation(stage, replies));
  const { alone, ...troubled } = isolation;
  for (const [name, times] of Object.entries(troubled)) {
    if (!isNear(times, alone, { median: 30, p99: 30 }))
      throw new Error(`with Zalo ${name}: ${JSON.stringify(isolation)}`);
  }
  return isolation;
}

/** Whether median and p99 are at most half as much again, and so many milliseconds `more`. */
export function isNear(times: ReplyTimes, alone: ReplyTimes, more: Pick<ReplyTimes, "median" | "p99">): boolean {
  return times.median <= alone.median * 1.5 + more.median && times.p99 <= alone.p99 * 1.5 + more.p99;
}

/** Both Zalo networks are closed afterwards. */
export async function measureIsolation(stage: Stage, replies: number): Promise<Isolation> {
  const phones = Array.from({ length: PEOPLE }, (_, i) => stage.phone("telegram", `Người ${i}`));
  await replyTimes(phones, PEOPLE);
  const alone = await replyTimes(phones, replies);
  const write = keepWriting(stage);
  stage.zaloBot.faults.latencyMs = SLOW_MS;
  const slow = await replyTimes(phones, replies);
  stage.zaloBot.outage = "cut";
  stage.zaloOa.outage = "cut";
  const cut = await replyTimesOf(phones, replies / 2);
  write.stop();
  await Promise.all([stage.zaloBot.close(), stage.zaloOa.close()]);
  const refused = await replyTimesOf(phones, replies / 2);
  return { alone, slow, dead: figures([...cut, ...refused]) };
}

async function replyTimes(phones: readonly Phone[], replies: number): Promise<ReplyTimes> {
  return figures(await replyTimesOf(phones, replies));
}

/** One message after the other at an even pace, however long the answers take. */
async function replyTimesOf(phones: readonly Phone[], replies: number): Promise<number[]> {
  const start = performance.now();
  const answers: Promise<number>[] = [];
  for (let i = 0; i < replies; i++) {
    await sleep(Math.max(0, start + (i * 1_000) / PER_SECOND - performance.now()));
    const phone = phones[i % phones.length];
    if (phone !== undefined) answers.push(replyTime(phone));
  }
  return Promise.all(answers);
}

async function replyTime(phone: Phone): Promise<number> {
  const before = phone.received().length;
  const at = Date.now();
  phone.type("menu");
  await until("an answer on Telegram", () => phone.received().length > before, 30_000);
  return (phone.received()[before]?.at ?? Number.NaN) - at;
}

/** People on both Zalo networks, who go on writing until they are stopped. */
function keepWriting(stage: Stage): { stop(): void } {
  const phones = (["zalo-bot", "zalo-oa"] as const).flatMap((network) =>
    Array.from({ length: ZALO_PEOPLE }, (_, i) => stage.phone(network, `Người ${i}`)),
  );
  let turn = 0;
  const timer = setInterval(() => {
    phones[turn++ % phones.length]?.type("menu");
  }, ZALO_EVERY_MS);
  return { stop: () => clearInterval(timer) };
}

function figures(times: readonly number[]): ReplyTimes {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  return { median: at(0.5), p99: at(0.99), count: sorted.length };
}
