import { setTimeout as pause } from "node:timers/promises";
import { type Faults, noFaults } from "../../support/networks/network.ts";
import { NETWORKS, type Rig } from "../../support/networks/rig.ts";
import { type LaunchedServer, launchServer } from "../../support/server.ts";
import { type Progress, progressOf } from "./ledger.ts";

export interface KillerParts {
  readonly rig: Rig;
  readonly dataDir: string;
  readonly kills: number;
  readonly random: () => number;
}

/** What the bot was doing when it was killed, and how often. */
export interface Kills {
  readonly whilePlanning: number;
  readonly whileSending: number;
  readonly whileStarting: number;
  /** The broadcast was over faster than meant. */
  readonly afterwards: number;
}

/** How many of the restarts are killed as well, and within how many milliseconds. */
const WHILE_STARTING = 0.2;
const START_SPREAD_MS = 900;
/** How long planning some thousand people takes, about, and a kill within what is sent. */
const PLAN_SPREAD_MS = 25;
const SEND_SPREAD_MS = 60;
/** A life in which nothing goes on, because a network asked to wait. */
const LONGEST_LIFE_MS = 8_000;
/** Of what is open, for one life: something is left for the next. */
const MOST_AT_ONCE = 0.8;
const LOOK_MS = 10;

/** How networks misbehave, one or the other by chance. */
const TROUBLES: readonly Partial<Faults>[] = [
  {},
  {},
  { tooMany: 0.005 },
  { failing: 0.03 },
  { cutBefore: 0.03, cutAfter: 0.03 },
  { cutAfter: 0.02, tooMany: 0.003, failing: 0.01, webhookCut: 0.05 },
];
/** Of every answer: a message is in the air for so long, and a kill may meet it there; milliseconds. */
const LATENCY_MS = { least: 20, spread: 80 } as const;

/** From now on the networks do nothing worse than to ask for a pause now and then. */
export function peace(rig: Rig): void {
  for (const name of NETWORKS) Object.assign(rig.network(name).faults, noFaults(), { tooMany: 0.01 });
}

/** From now on each network has a trouble, another one after every call. */
export function trouble(rig: Rig, random: () => number): void {
  for (const name of NETWORKS) {
    const latencyMs = LATENCY_MS.least + Math.floor(random() * LATENCY_MS.spread);
    const faults = TROUBLES[Math.floor(random() * TROUBLES.length)];
    Object.assign(rig.network(name).faults, noFaults(), { latencyMs }, faults);
  }
}

/**
 * Kills the bot so many times, spread over the whole broadcast however fast it goes, and starts it again at once. It runs
 * afterwards.
 */
export async function killAgainAndAgain({ rig, dataDir, kills, random }: KillerParts): Promise<Kills> {
  const count = { whilePlanning: 0, whileSending: 0, whileStarting: 0, afterwards: 0 };
  for (let left = kills; left > 0; ) {
    const at = await untilKill(dataDir, left, random);
    await kill(rig.bot);
    count[momentOf(at)]++;
    trouble(rig, random);
    for (left--; left > 0 && random() < WHILE_STARTING; left--) {
      const starting = launchServer({ dataDir, port: rig.bot.port, env: rig.env });
      await pause(random() * START_SPREAD_MS);
      await kill(starting);
      count.whileStarting++;
    }
    await rig.restart();
  }
  return count;
}

/** Waits until this life has done its share of what was open, and a little longer. Resolves with how far it went. */
async function untilKill(dataDir: string, killsLeft: number, random: () => number): Promise<Progress> {
  const first = progressOf(dataDir);
  const goal = first.open * (1 - Math.min(MOST_AT_ONCE, shareOf(random()) / killsLeft));
  const reached = ({ looked, open, closed }: Progress) =>
    closed || (first.planned ? open <= goal : looked > first.looked);
  let now = first;
  for (const until = Date.now() + LONGEST_LIFE_MS; Date.now() < until && !reached(now); now = progressOf(dataDir)) {
    await pause(LOOK_MS);
  }
  await pause(random() * (first.planned ? SEND_SPREAD_MS : PLAN_SPREAD_MS));
  return progressOf(dataDir);
}

/** Of an even share: 1 on average, mostly less, now and then so much that the bot looks after its broadcasts again. */
function shareOf(chance: number): number {
  return 5 * chance ** 4;
}

function momentOf({ planned, closed }: Progress): keyof Kills {
  if (closed) return "afterwards";
  return planned ? "whileSending" : "whilePlanning";
}

async function kill(bot: Pick<LaunchedServer, "kill9" | "ended" | "output">): Promise<void> {
  await bot.kill9();
  const code = await bot.ended;
  if (code !== null) throw new Error(`the bot ended by itself with ${code}; it said:\n${bot.output()}`);
}
