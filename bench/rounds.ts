import { seededRandom } from "../src/bot/random.ts";
import type { Contender, Runner } from "./contender.ts";
import { Crowd } from "./drive.ts";
import { slowDownCommits } from "./slower-disk.ts";
import { median, quantile } from "./statistics.ts";

export interface Plan {
  readonly rounds: number;
  /** Milliseconds of one contender in one round. */
  readonly forMs: number;
  readonly warmUpMs: number;
  /** Milliseconds by which every flush is made longer, once everything is open. */
  readonly slowerFlushMs?: number;
}

/** One row to measure: a contender with its crowd, under one load. */
export interface Lane {
  readonly contender: Contender;
  readonly citizens: number;
  readonly inFlight: readonly number[];
}

export interface Measured {
  readonly name: string;
  readonly citizens: number;
  readonly inFlight: number;
  /** One value per round, in the order of the rounds. */
  readonly perRound: readonly number[];
  /** Median of the rounds. */
  readonly turnsPerSecond: number;
  /** Microseconds, over all turns of all rounds. */
  readonly p50: number;
  readonly p99: number;
}

interface Open {
  readonly lane: Lane;
  readonly runner: Runner;
  readonly crowd: Crowd;
  readonly random: () => number;
  readonly results: Map<number, { rates: number[]; latencies: number[] }>;
}

/** Measures all lanes in turn (A B C A B C …), so that whatever slows the machine down slows all of them. */
export async function runRounds(lanes: readonly Lane[], plan: Plan): Promise<readonly Measured[]> {
  const opened: Open[] = [];
  try {
    for (const lane of lanes) opened.push(await openLane(lane));
    slowDownCommits(plan.slowerFlushMs ?? 0);
    for (const open of opened) for (const inFlight of open.lane.inFlight) await drive(open, inFlight, plan.warmUpMs);
    for (let round = 0; round < plan.rounds; round++) await oneRound(opened, plan);
  } finally {
    slowDownCommits(0);
    for (const { runner } of opened) await runner.close();
  }
  return opened.flatMap(measured);
}

async function openLane(lane: Lane): Promise<Open> {
  const runner = await lane.contender.open(lane.citizens);
  return { lane, runner, crowd: new Crowd(lane.citizens), random: seededRandom(7), results: new Map() };
}

function drive({ runner, crowd, random }: Open, inFlight: number, forMs: number) {
  return crowd.drive({ runner, inFlight, forMs, random });
}

async function oneRound(opened: readonly Open[], { forMs }: Plan): Promise<void> {
  const loads = new Set(opened.flatMap(({ lane }) => lane.inFlight));
  for (const inFlight of loads) {
    for (const open of opened) {
      if (!open.lane.inFlight.includes(inFlight)) continue;
      const run = await drive(open, inFlight, forMs);
      const known = open.results.get(inFlight) ?? { rates: [], latencies: [] };
      known.rates.push(run.turnsPerSecond);
      for (const latency of run.latencies) known.latencies.push(latency);
      open.results.set(inFlight, known);
    }
  }
}

function measured({ lane, results }: Open): readonly Measured[] {
  return [...results].map(([inFlight, { rates, latencies }]) => ({
    name: lane.contender.name,
    citizens: lane.citizens,
    inFlight,
    perRound: rates,
    turnsPerSecond: median(rates),
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  }));
}

/** How many times as many turns per second as another: the median of the ratios of single rounds. */
export function ratio(ours: Measured, theirs: Measured): number {
  return median(ours.perRound.map((rate, round) => rate / (theirs.perRound[round] ?? Number.NaN)));
}
