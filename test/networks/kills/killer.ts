import { setTimeout as pause } from "node:timers/promises";
import { noFaults } from "../../support/networks/network.ts";
import { NETWORKS, type Rig } from "../../support/networks/rig.ts";
import { launchServer } from "../../support/server.ts";

/** When a process was killed, and when it was gone; milliseconds since 1970. */
export interface Kill {
  readonly at: number;
  readonly gone: number;
  /** It met a process that was still starting. */
  readonly starting: boolean;
}

export interface KillerParts {
  readonly rig: Rig;
  readonly dataDir: string;
  readonly kills: number;
  /** Nobody waits for the kills any more. */
  readonly finished: () => boolean;
  readonly random: () => number;
}

/** How long a process lives once it serves, in milliseconds: mostly briefly, now and then for some seconds. */
const LIFE_MS = { shortest: 60, spread: 3_500 } as const;
/** How many of the lives begin only when the bot takes updates of all networks: a busy machine is slow to start. */
const WHOLE_LIVES = 0.6;
const READY_WITHIN_MS = 5_000;
/** How many of the restarts are killed as well, and within how many milliseconds. */
const WHILE_STARTING = 0.2;
const START_SPREAD_MS = 500;
/** Of every answer of a network; another one for each life of the bot. */
const LATENCY_MS = 20;

/** How badly the networks behave all the time. */
const FAULTS = {
  cutBefore: 0.03,
  cutAfter: 0.03,
  failing: 0.02,
  redelivered: 0.1,
  webhookCut: 0.05,
} as const;

/** From now on the networks behave. */
export function peace(rig: Rig): void {
  for (const name of NETWORKS) Object.assign(rig.network(name).faults, noFaults());
}

/** From now on the networks misbehave. */
export function trouble(rig: Rig, random: () => number): void {
  for (const name of NETWORKS) {
    Object.assign(rig.network(name).faults, FAULTS, { latencyMs: Math.floor(random() * (LATENCY_MS + 1)) });
  }
}

/** Kills the bot at random moments and starts it again on the same data, so many times. It is running afterwards. */
export async function killAgainAndAgain(parts: KillerParts): Promise<readonly Kill[]> {
  const { rig, kills: wanted, random, finished } = parts;
  const kills: Kill[] = [];
  while (kills.length < wanted && !finished()) {
    if (random() < WHOLE_LIVES) await ready(rig.bot.address);
    await pause(LIFE_MS.shortest + random() ** 2 * LIFE_MS.spread);
    kills.push(await kill(rig.bot, false));
    while (kills.length < wanted && random() < WHILE_STARTING) kills.push(await killWhileStarting(parts));
    trouble(rig, random);
    await rig.restart();
  }
  return kills;
}

/** Resolves once the bot takes updates of every network, or after some seconds: its networks fail it now and then. */
async function ready(address: string): Promise<void> {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await pause(25)) {
    const response = await fetch(`${address}/readyz`).catch(() => null);
    if (response?.ok) return;
  }
}

interface Killable {
  kill9(): Promise<void>;
  readonly ended: Promise<number | null>;
  output(): string;
}

async function kill(bot: Killable, starting: boolean): Promise<Kill> {
  const at = Date.now();
  await bot.kill9();
  const code = await bot.ended;
  if (code !== null) throw new Error(`the bot ended by itself with ${code}; it said:\n${bot.output()}`);
  return { at, gone: Date.now(), starting };
}

async function killWhileStarting({ rig, dataDir, random }: KillerParts): Promise<Kill> {
  const opening = launchServer({ dataDir, port: rig.bot.port, env: rig.env });
  await pause(random() * START_SPREAD_MS);
  return kill(opening, true);
}
