import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { seededRandom } from "../../../src/bot/random.ts";
import { DATABASE_FILE } from "../../../src/commands/app.ts";
import { openKeyring } from "../../../src/stores/keyring.ts";
import type { Tally } from "../../../src/stores/ledger-store.ts";
import { openSqliteStore } from "../../../src/stores/sqlite/store.ts";
import { startMorningRig } from "../../support/broadcast/morning-rig.ts";
import { RUN, releasedBroadcast, writeReleased } from "../../support/broadcast/released.ts";
import type { SubscriberCounts } from "../../support/broadcast/subscribers.ts";
import { NETWORKS, type Rig } from "../../support/networks/rig.ts";
import { type Kills, killAgainAndAgain, peace, trouble } from "./killer.ts";
import { countedAsSent, entriesOf, progressOf } from "./ledger.ts";
import { makePeople, type Person } from "./people.ts";
import { complaint, type Fate, fatesOf, sumUp } from "./verdict.ts";

export interface BroadcastKillSettings {
  readonly kills: number;
  /** Kills when it is over: nothing may come of the next start. */
  readonly killsAfterwards: number;
  /** On each channel. */
  readonly people: SubscriberCounts;
  /** Chooses the moments of the kills and the troubles of the networks. */
  readonly seed: number;
  readonly dataDir: string;
  /** How many people each kill may leave without an answer, on average: what is in the air at one moment. */
  readonly interruptedPerKill: number;
}

export interface BroadcastKillFigures extends Kills {
  readonly people: number;
  /** Rows of the ledger by how they ended. */
  readonly rows: Readonly<Record<string, number>>;
  /** People in the middle of whose message the bot was killed, for each kill; and how many of all these it reached. */
  readonly interruptedPerKill: number;
  readonly interruptedArrived: number;
  /** Calls that were too many, and answers to webhooks that came late, by what and how often. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly milliseconds: number;
}

/**
 * Kills the real bot with SIGKILL at random moments while it sends one broadcast over three networks in trouble and
 * into the outboxes of the web. Rejects unless nobody got it twice, and everybody it was meant for got it or has a
 * reason in the ledger that agrees with what the networks saw.
 */
export async function proveBroadcastKills(settings: BroadcastKillSettings): Promise<BroadcastKillFigures> {
  const { dataDir, seed } = settings;
  const began = performance.now();
  const { rig, clock } = await startMorningRig({ dataDir, zaloBot: { seed }, zaloOa: { seed } });
  try {
    const people = await makePeople(rig, dataDir, settings.people, clock.now());
    await writeReleased(dataDir, releasedBroadcast(clock.now()));
    const random = seededRandom(seed);
    trouble(rig, random);
    await rig.restart();
    const kills = await killAgainAndAgain({ ...settings, rig, random });
    peace(rig);
    await untilClosed(dataDir);
    for (let left = settings.killsAfterwards; left > 0; left--) await killOnceMore(rig);
    strictEqual(await rig.bot.stop(), 0, rig.bot.output());
    const { fates, rows } = await judge(rig, dataDir, people);
    const interrupted = fates.filter(({ entry }) => entry?.why === "interrupted");
    const interruptedPerKill = interrupted.length / settings.kills;
    ok(interruptedPerKill <= settings.interruptedPerKill, `${interruptedPerKill} people interrupted by each kill`);
    return {
      ...kills,
      people: people.length,
      rows,
      interruptedPerKill,
      interruptedArrived: interrupted.filter(({ arrived }) => arrived.length > 0).length,
      refusals: refusalsOf(rig),
      milliseconds: performance.now() - began,
    };
  } finally {
    await rig.bot.kill9();
    await rig.stop();
  }
}

/** Longer than the longest pause after a failure. */
const CLOSES_WITHIN_MS = 90_000;
/** The bot looks after its broadcasts every second. */
const SOME_TICKS_MS = 1_700;

async function untilClosed(dataDir: string): Promise<void> {
  for (const until = Date.now() + CLOSES_WITHIN_MS; !progressOf(dataDir).closed; await pause(50)) {
    if (Date.now() > until) throw new Error(`the broadcast does not end: ${JSON.stringify(progressOf(dataDir))}`);
  }
}

async function killOnceMore(rig: Rig): Promise<void> {
  await rig.bot.kill9();
  await rig.restart();
  await pause(SOME_TICKS_MS);
}

async function judge(rig: Rig, dataDir: string, people: readonly Person[]) {
  const fates = fatesOf(people, entriesOf(dataDir));
  const complaints = fates.flatMap((fate) => complaint(fate, rig) ?? []);
  deepStrictEqual(counted(complaints), {}, "the networks or the ledger say something else");
  const tally = await tallyOf(dataDir);
  const rows = sumUp(tally);
  const meant = people.filter(({ kind }) => kind !== "other-topic").length;
  strictEqual(
    tally.reduce((sum, { n }) => sum + n, 0),
    meant,
    `not everybody has one row: ${JSON.stringify(rows)}`,
  );
  deepStrictEqual(countedAsSent(dataDir), sentOnNetworks(fates), "what was counted is not what was sent");
  const mistakes = Object.keys(refusalsOf(rig)).filter((why) => !EXPECTED.test(why));
  deepStrictEqual(mistakes, [], "the bot made calls that a network refuses");
  return { fates, rows };
}

async function tallyOf(dataDir: string): Promise<readonly Tally[]> {
  const keyring = await openKeyring(dataDir);
  const store = await openSqliteStore({ file: join(dataDir, DATABASE_FILE), keyring });
  const tally = await store.ledger.tally(RUN);
  await store.close();
  return tally;
}

function sentOnNetworks(fates: readonly Fate[]): Readonly<Record<string, number>> {
  const sent = fates.filter(({ person, entry }) => person.phone !== null && entry?.state === "sent");
  return counted(sent.map(({ person }) => person.channel));
}

/** Of a bot that was killed, which does not know how fast it was, and on a machine that is busy. */
const EXPECTED = /too many requests|no answer within/i;

function refusalsOf(rig: Rig): Readonly<Record<string, number>> {
  return counted(NETWORKS.flatMap((name) => rig.network(name).refusals.map(({ why }) => `${name}: ${why}`)));
}

function counted(names: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => a.localeCompare(b)));
}
