import { join } from "node:path";
import { expect, test } from "vitest";
import { openKeyring } from "../../src/stores/keyring.ts";
import type { Run } from "../../src/stores/ledger-store.ts";
import { openSqliteStore, type SqliteStore } from "../../src/stores/sqlite/store.ts";
import { startChild } from "./child.ts";
import { NOW, subscriber } from "./sample-turn.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const { SOAK_KILLS = "3" } = process.env;
const KILLS = Number(SOAK_KILLS);
const PEOPLE = 60;
const LIMIT_MS = 60_000 + KILLS * 10_000;

/** What the child said, by run and key. */
type Told = Map<string, string>;

test(
  `nobody is sent a broadcast twice or missed without a reason when the process is killed ${KILLS} times`,
  async () => {
    const folder = await temporaryFolder();
    await subscribe(folder);
    const told: Told = new Map();
    for (let kill = 0; kill < KILLS; kill++) {
      await runUntilKilled(folder, 50 + 83 * (kill % 5), told);
      const store = await open(folder);
      for (const run of await store.ledger.runs()) await compare(store, run, told);
      await store.close();
    }
    expect(told.size).toBeGreaterThan(PEOPLE);
  },
  LIMIT_MS,
);

async function open(folder: string): Promise<SqliteStore> {
  return openSqliteStore({ file: join(folder, "citizens.sqlite"), keyring: await openKeyring(folder) });
}

async function subscribe(folder: string): Promise<void> {
  const keyring = await openKeyring(folder);
  const store = await open(folder);
  for (let n = 0; n < PEOPLE; n++) {
    await store.commit({ ...subscriber("", {}, ""), key: keyring.citizenKey("telegram", `chat ${n}`) });
  }
  await store.close();
}

async function runUntilKilled(folder: string, lines: number, told: Told): Promise<void> {
  const child = startChild("broadcast-for-ever.ts", folder);
  let read = 0;
  for await (const line of child.lines) {
    const [run = "", key = "", what = ""] = line.split(" ");
    if (what === "sends") expect(told.has(`${run} ${key}`), "was sent this before").toBe(false);
    told.set(`${run} ${key}`, what);
    if (++read === lines) void child.kill();
  }
}

/** Whoever was called for is planned no more, what was acknowledged is counted, and a run that ended left nobody out. */
async function compare(store: SqliteStore, { run, planned, closed }: Run, told: Told): Promise<void> {
  const said = [...told].filter(([name]) => name.startsWith(`${run} `));
  const waiting = new Set((await store.ledger.next(run, "telegram", NOW, PEOPLE)).map(({ key }) => `${run} ${key}`));
  expect(said.filter(([name]) => waiting.has(name))).toEqual([]);
  const tally = await store.ledger.tally(run);
  const counted = (...states: readonly string[]) =>
    tally.reduce((sum, { state, n }) => (states.includes(state) ? sum + n : sum), 0);
  expect(counted("planned")).toBe(waiting.size);
  for (const state of ["sent", "failed"]) {
    expect(counted(state)).toBeGreaterThanOrEqual(said.filter(([, what]) => what === state).length);
  }
  const all = counted("planned", "sending", "sent", "failed");
  if (planned) expect(all).toBe(PEOPLE);
  if (closed !== null) expect(counted("sent", "failed")).toBe(PEOPLE);
  expect(all).toBeLessThanOrEqual(PEOPLE);
}
