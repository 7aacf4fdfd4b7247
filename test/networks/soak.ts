import { amountOf } from "../system/amounts.ts";
import { inFolder } from "../system/folder.ts";
import { realApp } from "../system/real-app.ts";
import { proveJourneys } from "./journeys-soak.ts";
import { proveNetworkKills } from "./kills/prove.ts";
import { fuzzWebhooks } from "./system/fuzz.ts";
import { proveIsolation } from "./system/reply-times.ts";

/** People who chat on each network while the bot is killed. */
const PEOPLE = 16;
/** The goal: no more messages come twice than the bot is killed. */
const DOUBLES_PER_KILL = 1;

/**
 * The long proofs over the three local networks, a line of figures for each. Rejects with what failed. ISOLATION_REPLIES,
 * FUZZ_WEBHOOKS and SOAK_NETWORK_KILLS change how much is done.
 */
export async function soakNetworks(seed: number): Promise<void> {
  await soakJourneys();
  await soakIsolation(amountOf("ISOLATION_REPLIES", 400));
  await soakFuzz(amountOf("FUZZ_WEBHOOKS", 100_000), seed);
  const kills = amountOf("SOAK_NETWORK_KILLS", 200);
  await soakKills(Math.ceil(kills / 2), seed, true);
  await soakKills(Math.floor(kills / 2), seed + 1, false);
}

async function soakJourneys(): Promise<void> {
  const { journeys, trips, milliseconds } = await inFolder(async (dataDir) => proveJourneys(await realApp(), dataDir));
  console.log(
    `trips  ${journeys} journeys, ${trips} trips on three networks, no call refused, ${seconds(milliseconds)}`,
  );
}

async function soakIsolation(replies: number): Promise<void> {
  const { alone, slow, dead } = await proveIsolation(replies);
  const times = Object.entries({ alone, "Zalo slow": slow, "Zalo dead": dead }).map(
    ([name, { median, p99 }]) => `${name} p50 ${median.toFixed(0)} ms p99 ${p99.toFixed(0)} ms`,
  );
  console.log(`apart  Telegram replies: ${times.join(", ")}`);
}

async function soakFuzz(bodies: number, seed: number): Promise<void> {
  const { statuses, answers, memory, milliseconds } = await fuzzWebhooks(bodies, seed);
  const resident = memory.map((moment) => moment.resident);
  const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(0)} MB`;
  console.log(
    `hooks  ${bodies} bodies for each webhook, by status ${JSON.stringify(statuses)}, memory ${megabytes(Math.min(...resident))} ` +
      `to ${megabytes(Math.max(...resident))}, then help within ${JSON.stringify(answers)} ms, ${seconds(milliseconds)}`,
  );
}

async function soakKills(kills: number, seed: number, webhooks: boolean): Promise<void> {
  if (kills === 0) return;
  const figures = await inFolder((dataDir) =>
    proveNetworkKills({ kills, people: PEOPLE, seed, dataDir, webhooks, doublesPerKill: DOUBLES_PER_KILL }),
  );
  console.log(
    `kills  over the networks, ${webhooks ? "webhooks" : "polling"}: ${JSON.stringify(figures)}; ` +
      "no acknowledged input without effect or with two, no help reply missing (else this line is an error)",
  );
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
