import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { seededRandom } from "../../../src/bot/random.ts";
import { openKeyring } from "../../../src/stores/keyring.ts";
import { NETWORKS, type Rig, ROOMY, startRig } from "../../support/networks/rig.ts";
import { query } from "../../system/database.ts";
import { realApp } from "../../system/real-app.ts";
import { checkConversations, checkFolder } from "./check.ts";
import { type Doubles, explain } from "./doubles.ts";
import { type Kill, killAgainAndAgain, peace, trouble } from "./killer.ts";
import { Load, learn } from "./load.ts";
import { openWitness } from "./stored.ts";

export interface NetworkKillSettings {
  readonly kills: number;
  /** People on each network at the same time. */
  readonly people: number;
  /** Chooses the moments of the kills and the conversations. */
  readonly seed: number;
  readonly dataDir: string;
  /** False: Telegram and the Zalo bot are asked for updates. */
  readonly webhooks: boolean;
  /** How many messages may come twice for each kill, on average: some are on their way whenever a process dies. */
  readonly doublesPerKill: number;
}

export interface NetworkKillFigures extends Omit<Doubles, "unexplained"> {
  /** All kills, and those of them that met a process that was still starting. */
  readonly kills: number;
  readonly killsWhileStarting: number;
  readonly conversations: number;
  /** Inputs; every one was acknowledged and had its effect once. */
  readonly inputs: number;
  /** Messages that had to come, and those of them about help. */
  readonly replies: number;
  readonly helpReplies: number;
  /** Replies that Zalo's limits on trying again kept away; none about help. */
  readonly keptAway: number;
  readonly proposals: number;
  /** Calls that a network refused for a fault of the bot's, by what and how often. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly milliseconds: number;
}

/**
 * Kills the real bot with SIGKILL at random moments while people chat on three networks that repeat updates, fail and
 * break connections, and starts it again on the same data. Rejects unless every input had its effect exactly once,
 * every reply came in its order, and nothing came twice without a reason.
 */
export async function proveNetworkKills(settings: NetworkKillSettings): Promise<NetworkKillFigures> {
  const { dataDir, seed, webhooks, doublesPerKill } = settings;
  const began = performance.now();
  const rig = await startRig({
    dataDir,
    webhooks,
    zaloBot: { ...ROOMY.zaloBot, seed },
    zaloOa: { seed },
    env: ROOMY.env,
  });
  try {
    const { load, kills } = await underFire(rig, settings);
    await untilCalm(rig, dataDir);
    checkConversations(load.conversations);
    const { unexplained, ...doubles } = doublesIn(rig, load, kills);
    deepStrictEqual(unexplained, [], "messages came twice without a reason");
    ok(doubles.byKill <= doublesPerKill * kills.length, `${doubles.byKill} doubles in ${kills.length} kills`);
    strictEqual(rig.zaloBot.lost(), 0, "the Zalo bot's network lost updates");
    strictEqual(await rig.bot.stop(), 0, rig.bot.output());
    await checkFolder(dataDir, load.conversations);
    const refusals = refusalsOf(rig);
    deepStrictEqual(Object.keys(refusals).filter(isMistake), [], "the bot made calls that a network refuses");
    return { ...figuresOf(load, kills), ...doubles, refusals, milliseconds: performance.now() - began };
  } finally {
    await rig.bot.kill9();
    await rig.stop();
  }
}

/** Chats and kills until there were enough kills; every reply has come then. */
async function underFire(rig: Rig, { dataDir, kills: wanted, people, seed }: NetworkKillSettings) {
  const random = seededRandom(seed);
  const witness = openWitness(dataDir, await openKeyring(dataDir));
  const load = new Load({ rig, witness, knowledge: await learn(await realApp()), random });
  trouble(rig, random);
  const talking = load.run(people);
  const killing = killAgainAndAgain({ rig, dataDir, kills: wanted, random, finished: () => load.finished });
  try {
    const kills = await Promise.race([killing, never(talking)]);
    load.finish();
    await talking;
    return { load, kills };
  } finally {
    load.finish();
    await killing.catch(() => undefined);
    peace(rig);
  }
}

/** Rejects as soon as one of the workers does; never resolves. */
async function never(running: Promise<unknown>): Promise<never> {
  await running;
  throw new Error("the conversations ended before the kills did");
}

const CALM_MS = 60_000;

/** Resolves when nothing is on its way any more, in either direction. */
async function untilCalm(rig: Rig, dataDir: string): Promise<void> {
  const busy = () => NETWORKS.some((name) => rig.network(name).waiting() > 0) || outboxOf(dataDir) > 0;
  for (const until = Date.now() + CALM_MS; busy(); ) {
    if (Date.now() > until) throw new Error(`something is on its way for ever: ${outboxOf(dataDir)} messages wait`);
    await pause(100);
  }
}

function outboxOf(dataDir: string): number {
  return query(dataDir, "SELECT 1 FROM outbox").length;
}

/** A last look at every phone: a second copy may have come after the conversation. */
function doublesIn(rig: Rig, { conversations }: Load, kills: readonly Kill[]): Doubles {
  for (const { talk } of conversations) talk.look();
  const all = conversations.flatMap(({ talk }) => talk.doubles);
  return explain(all, kills, (name) => rig.network(name));
}

function figuresOf({ conversations }: Load, kills: readonly Kill[]) {
  const outcomes = conversations.flatMap((conversation) => conversation.outcomes);
  const replies = outcomes.flatMap(({ messages }) => messages);
  return {
    kills: kills.length,
    killsWhileStarting: kills.filter(({ starting }) => starting).length,
    conversations: conversations.length,
    inputs: conversations.reduce((total, { acts }) => total + acts, 0),
    replies: replies.length,
    helpReplies: replies.filter(({ help }) => help).length,
    keptAway: conversations.flatMap(({ talk }) => talk.missing).length,
    proposals: conversations.flatMap(({ proposals }) => proposals).length,
  };
}

/** A bot that was killed does not know how fast it was, and a busy machine is slow to answer. */
function isMistake(refusal: string): boolean {
  return !/too many requests|no answer within/i.test(refusal);
}

function refusalsOf(rig: Rig): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const name of NETWORKS) {
    for (const { method, why } of rig.network(name).refusals) {
      const what = `${name} ${method}: ${why}`;
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
  }
  return Object.fromEntries(counts);
}
