import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Rig, ROOMY, startRig } from "../support/networks/rig.ts";
import { makeFolder, removeFolder } from "../system/folder.ts";
import { realApp } from "../system/real-app.ts";
import { allJourneys } from "./journeys/all.ts";
import { settled } from "./journeys/settled.ts";
import { alternating, type Outcome, startTrips } from "./journeys/trips.ts";

const app = await realApp();
const journeys = allJourneys(app.bundle);

describe("on Telegram, as a Zalo bot and as an official account, in both languages", () => {
  let rig: Rig;
  let dataDir: string;
  let outcomes: readonly Outcome[];

  beforeAll(async () => {
    dataDir = await makeFolder();
    rig = await startRig({ dataDir, ...ROOMY });
    outcomes = startTrips(rig, app, alternating(journeys));
  });
  afterAll(() => removeFolder(dataDir));

  test("there are thirty journeys", () => {
    expect(new Set(journeys.map(({ name }) => name)).size).toBe(30);
  });

  test.each(journeys.map(({ name }) => name))("somebody %s", { timeout: 120_000 }, async (name) => {
    const runs = outcomes.filter(({ trip }) => trip.journey.name === name);
    const failures = await Promise.all(runs.map(({ failure }) => failure));
    expect(runs).toHaveLength(6);
    expect(failures.filter((failure) => failure !== null).join("\n\n")).toBe("");
  });

  test("the networks refused nothing, nothing waits, and the bot ended without a complaint", async () => {
    await Promise.all(outcomes.map(({ failure }) => failure));
    expect(await settled(rig)).toEqual([]);
  });
});
