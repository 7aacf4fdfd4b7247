import { test } from "vitest";
import { makeFolder, removeFolder } from "../system/folder.ts";
import { proveNetworkKills } from "./kills/prove.ts";

// `npm run soak` does the same with hundreds of kills, and then counts what comes twice more strictly.
const FEW = { kills: 3, people: 6, doublesPerKill: 4 } as const;

test.concurrent.for([
  { how: "to webhooks", webhooks: true },
  { how: "by polls", webhooks: false },
])(
  "kills -9 while updates come $how: none is lost, none counts twice, no call for help stays unanswered",
  { timeout: 120_000 },
  async ({ webhooks }, { expect, onTestFinished }) => {
    const dataDir = await makeFolder();
    onTestFinished(() => removeFolder(dataDir));
    const seed = Date.now() % 1_000_000;
    const figures = await proveNetworkKills({ ...FEW, seed, dataDir, webhooks }).catch((cause: unknown) => {
      throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    });
    expect(figures.kills).toBe(FEW.kills);
    expect(figures.inputs).toBeGreaterThan(FEW.people * 3);
  },
);
