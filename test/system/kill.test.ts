import { expect, onTestFinished, test } from "vitest";
import { AMOUNTS } from "./amounts.ts";
import { makeFolder, removeFolder } from "./folder.ts";
import { proveKills } from "./kills.ts";

const KILLS = AMOUNTS.SOAK_KILLS;

test(`${KILLS} kills -9 under load lose no acknowledged input and apply none twice`, async () => {
  const dataDir = await makeFolder();
  onTestFinished(() => removeFolder(dataDir));
  const seed = Date.now() % 1_000_000;
  const figures = await proveKills({ kills: KILLS, clients: 16, seed, dataDir }).catch((cause: unknown) => {
    throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  });
  expect(figures.conversations).toBeGreaterThanOrEqual(16);
  expect(figures.inputs).toBeGreaterThan(16 * 8);
}, 600_000);
