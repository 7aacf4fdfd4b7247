import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "../../../../src/bot/random.ts";
import type { Faults } from "../network.ts";
import type { Reply } from "./http-server.ts";

export interface Chance {
  /** True with this probability. */
  hits(share: number): boolean;
  /** A whole number from `least` to below `end`. */
  between(least: number, end: number): number;
}

export function createChance(seed: number): Chance {
  const random = seededRandom(seed);
  return {
    hits: (share) => share > 0 && random() < share,
    between: (least, end) => least + Math.floor(random() * (end - least)),
  };
}

/** What a call came to, and how the network's own troubles look. */
export interface Troubled {
  readonly faults: Faults;
  readonly chance: Chance;
  readonly failing: () => Reply;
  readonly tooMany: () => Reply;
  /** Does the work. `cut` runs when the answer is cut after it. */
  readonly work: () => Promise<{ readonly reply: Reply; readonly cut: () => void }>;
}

/** Answers as badly as the faults say. */
export async function withFaults({ faults, chance, failing, tooMany, work }: Troubled): Promise<Reply> {
  if (faults.latencyMs > 0) await sleep(faults.latencyMs, undefined, { ref: false });
  if (chance.hits(faults.cutBefore)) return "cut";
  if (chance.hits(faults.failing)) return failing();
  if (chance.hits(faults.tooMany)) return tooMany();
  const { reply, cut } = await work();
  if (!chance.hits(faults.cutAfter)) return reply;
  cut();
  return "cut";
}
