import { test } from "vitest";
import { makeFolder, removeFolder } from "../system/folder.ts";
import { proveBroadcastKills } from "./kills/prove.ts";

// `npm run soak` does the same with a hundred kills and thousands of people.
const FEW = {
  kills: 2,
  killsAfterwards: 0,
  people: { telegram: 50, "zalo-bot": 50, "zalo-oa": 60, web: 40 },
  interruptedPerKill: 30,
};

test("kills -9 during a broadcast: nobody gets it twice, and whoever misses it has a reason in the ledger", {
  timeout: 120_000,
}, async ({ expect, onTestFinished }) => {
  const dataDir = await makeFolder();
  onTestFinished(() => removeFolder(dataDir));
  const seed = Date.now() % 1_000_000;
  const figures = await proveBroadcastKills({ ...FEW, seed, dataDir }).catch((cause: unknown) => {
    throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  });
  expect(figures.people).toBe(200);
  expect(figures.rows["sent"]).toBeGreaterThan(120);
});
