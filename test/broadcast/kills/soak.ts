import { amountOf } from "../../system/amounts.ts";
import { inFolder } from "../../system/folder.ts";
import { proveBroadcastKills } from "./prove.ts";
import { measureReplies, type ReplyPace } from "./replies.ts";

/** 5,000, so many on each channel that all of them last about as long. */
const PEOPLE = { telegram: 1_000, "zalo-bot": 1_600, "zalo-oa": 1_900, web: 500 } as const;
/** At the permitted rates some 140 messages leave in a second, and their answers take a tenth of one at most. */
const SETTINGS = { people: PEOPLE, killsAfterwards: 3, interruptedPerKill: 14 } as const;
/** Telegram takes 30 a second: this lasts longer than the answers that are looked at. */
const PEOPLE_MEANWHILE = 1_500;
/** How much longer a citizen may wait for an answer while a broadcast goes out. */
const SLOWER_MS = 200;

/**
 * The long proofs of broadcasts, a line of figures for each. Rejects with what failed. SOAK_BROADCAST_KILLS and
 * SOAK_BROADCAST_REPLIES change how much is done.
 */
export async function soakBroadcasts(seed: number): Promise<void> {
  await soakKills(amountOf("SOAK_BROADCAST_KILLS", 100), seed);
  await soakReplies(amountOf("SOAK_BROADCAST_REPLIES", 100));
}

async function soakKills(kills: number, seed: number): Promise<void> {
  const figures = await inFolder((dataDir) => proveBroadcastKills({ ...SETTINGS, kills, seed, dataDir }));
  console.log(
    `kills  ${kills} during a broadcast: ${JSON.stringify(figures)}; ` +
      "nobody got it twice, whoever missed it has a reason in the ledger (else this line is an error)",
  );
}

async function soakReplies(replies: number): Promise<void> {
  const { without, during, broadcastPerSecond } = await inFolder((dataDir) =>
    measureReplies({ dataDir, people: PEOPLE_MEANWHILE, replies }),
  );
  const told = ({ p50, p95, count }: ReplyPace) => `p50 ${p50} ms p95 ${p95} ms (${count})`;
  const line =
    `pace   Telegram replies: without a broadcast ${told(without)}, during one ${told(during)}, ` +
    `which sent ${broadcastPerSecond.toFixed(1)} a second`;
  if (during.p95 > without.p95 + SLOWER_MS) throw new Error(line);
  console.log(line);
}
