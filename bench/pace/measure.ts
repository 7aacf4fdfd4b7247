import { median, quantile } from "../statistics.ts";
import { KINDS, type Kind } from "./messages.ts";
import { type Observed, runAll, runOne, type Setting } from "./station.ts";

/** Messages a second that every bot has, and those of a bot that Telegram permits more. */
export const RATES = [30, 1_000] as const;
type Rate = (typeof RATES)[number];

export const OURS = "An Tâm";
const CONTENDERS = [
  { name: OURS, module: "ours.ts" },
  { name: "grammY, transformer-throttler", module: "throttler.ts" },
  { name: "p-queue, strict", module: "p-queue.ts" },
  { name: "bottleneck, reservoir", module: "bottleneck.ts" },
  { name: "everything at once, @grammyjs/auto-retry", module: "all-at-once.ts" },
] as const;
const [us, throttler, queue, bottleneck, allAtOnce] = CONTENDERS.map(({ name }) => name);
/** Who can share the machine for the slow part: those that send a second's messages in one go are busy all together. */
const SIDE_BY_SIDE = [
  ["An Tâm", [us]],
  ["three limiters", [throttler, queue, bottleneck]],
  ["everything at once", [allAtOnce]],
] as const;

/** What one contender did at one rate on one kind of network; of two rounds the mean, of replies all, of refusals the most. */
export interface Paced {
  readonly name: string;
  readonly kind: Kind;
  readonly perSecond: Rate;
  readonly messages: number;
  /** Of the permitted rate: everything that arrived ÷ the time from the first message to the last ÷ the rate. */
  readonly whole: number;
  /** The same within the run: the rate's number of messages ÷ the mean time they took, over all that follow each other. */
  readonly sustained: number;
  readonly refusals: number;
  /** Replies, milliseconds at p95. */
  readonly replyBefore: number;
  readonly replyDuring: number;
  /** Microseconds of the processor for each message. */
  readonly cpu: number;
}

export interface PaceResults {
  readonly quick: boolean;
  readonly paced: readonly Paced[];
  readonly seconds: number;
}

export interface PaceOptions {
  readonly quick: boolean;
  /** Hears what is being measured. */
  readonly say: (what: string) => void;
}

/** Broadcasts to so many chats; at the lower rate a quick measurement makes do with fewer. */
const MESSAGES = 3_000;
const FEW_MESSAGES = 300;
/** Of ours at the higher rate, which last three seconds each. */
const ROUNDS = 2;

export async function measurePace({ quick, say }: PaceOptions): Promise<PaceResults> {
  const began = performance.now();
  const slow = quick ? FEW_MESSAGES : MESSAGES;
  const runs: Observed[] = [];
  const settings = (perSecond: Rate, messages: number) =>
    CONTENDERS.flatMap((contender) => KINDS.map((kind): Setting => ({ ...contender, kind, perSecond, messages })));
  for (const [what, names] of SIDE_BY_SIDE) {
    say(`${what} at 30/s`);
    runs.push(...(await runAll(settings(30, slow).filter(({ name }) => names.some((one) => one === name)))));
  }
  for (const setting of settings(1_000, MESSAGES)) {
    say(`${setting.name} at 1,000/s, ${setting.kind}`);
    const rounds = setting.name === OURS && !quick ? ROUNDS : 1;
    for (let round = 0; round < rounds; round++) runs.push(await runOne(setting));
  }
  const paced = settings(30, slow)
    .concat(settings(1_000, MESSAGES))
    .map((setting) => summary(setting, runs));
  return { quick, paced, seconds: (performance.now() - began) / 1_000 };
}

function summary({ name, kind, perSecond, messages }: Setting, all: readonly Observed[]): Paced {
  const runs = all.filter(({ setting: one }) => one.name === name && one.kind === kind && one.perSecond === perSecond);
  const rates = runs.map(({ times }) => shares(times, perSecond));
  return {
    ...{ name, kind, perSecond, messages },
    whole: median(rates.map(({ whole }) => whole)),
    sustained: median(rates.map(({ sustained }) => sustained)),
    refusals: Math.max(...runs.map(({ refusals }) => refusals)),
    replyBefore: quantile(
      runs.flatMap(({ ran }) => ran.before),
      0.95,
    ),
    replyDuring: quantile(
      runs.flatMap(({ ran }) => ran.during),
      0.95,
    ),
    cpu: median(runs.map(({ ran }) => ran.cpu)),
  };
}

/** `times` in order, milliseconds. */
function shares(times: readonly number[], perSecond: number): { readonly whole: number; readonly sustained: number } {
  const [first = 0] = times;
  const lasted = ((times.at(-1) ?? first) - first) / 1_000;
  const full = times.slice(perSecond).map((time, index) => (time - (times[index] ?? time)) / 1_000);
  const mean = full.reduce((sum, seconds) => sum + seconds, 0) / full.length;
  return { whole: times.length / lasted / perSecond, sustained: 1 / mean };
}
