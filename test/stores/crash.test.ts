import { join } from "node:path";
import { expect, test } from "vitest";
import { openKeyring } from "../../src/stores/keyring.ts";
import { openSqliteStore } from "../../src/stores/sqlite/store.ts";
import { startChild } from "./child.ts";
import { CITIZENS } from "./numbered-turns.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const { SOAK_KILLS = "3" } = process.env;
const KILLS = Number(SOAK_KILLS);

const LIMIT_MS = 60_000 + KILLS * 10_000;

test(
  `no acknowledged turn is lost and none is halved when the process is killed ${KILLS} times`,
  async () => {
    const folder = await temporaryFolder();
    const acknowledged = new Map<string, number>();
    for (let kill = 0; kill < KILLS; kill++) {
      await runUntilKilled("commit-for-ever.ts", folder, 40 + 61 * (kill % 7), ([name = "", n]) => {
        acknowledged.set(name, Number(n));
      });
      await compare(folder, acknowledged);
    }
    expect(acknowledged.size).toBe(CITIZENS.length);
  },
  LIMIT_MS,
);

test(
  `what was settled stays settled and every other message waits when the process is killed ${KILLS} times`,
  async () => {
    const folder = await temporaryFolder();
    const turns = new Map<string, number>();
    const settled = new Map<string, number>();
    for (let kill = 0; kill < KILLS; kill++) {
      await runUntilKilled("settle-for-ever.ts", folder, 40 + 61 * (kill % 7), ([name = "", n, seq]) => {
        turns.set(name, Number(n));
        if (seq !== undefined) settled.set(name, Number(seq));
      });
      await compareSettled(folder, turns, settled);
    }
    expect(settled.size).toBe(CITIZENS.length);
  },
  LIMIT_MS,
);

/** Lines that were still on their way when the child died count too: it wrote them after the acknowledgement. */
async function runUntilKilled(
  script: string,
  folder: string,
  lines: number,
  note: (words: readonly string[]) => void,
): Promise<void> {
  const child = startChild(script, folder);
  let read = 0;
  for await (const line of child.lines) {
    note(line.split(" "));
    if (++read === lines) void child.kill();
  }
}

async function compare(folder: string, acknowledged: ReadonlyMap<string, number>): Promise<void> {
  const keyring = await openKeyring(folder);
  const store = await openSqliteStore({ file: join(folder, "citizens.sqlite"), keyring });
  let turns = 0;
  for (const name of CITIZENS) {
    const key = keyring.citizenKey("web", name);
    const last = acknowledged.get(name) ?? 0;
    const { session, seq, seen } = await store.load(key, `input ${last}`);
    expect(seq).toBeGreaterThanOrEqual(last);
    if (last > 0) expect(seen).toBe(true);
    if (seq > 0) expect(session).toEqual({ n: seq });
    const waiting = (await store.pending(key, 0)).map((message) => message.seq);
    expect(waiting).toEqual(waiting.map((_, index) => seq - waiting.length + 1 + index));
    expect(waiting.length).toBeGreaterThanOrEqual(Math.min(seq, 3));
    turns += seq;
  }
  const counted = await store.counts("2025-11-15", "2025-11-15");
  expect(counted.reduce((sum, { n }) => sum + n, 0)).toBe(turns);
  await store.close();
}

/** A message waits, or its name and its count are there: never both, never neither. */
async function compareSettled(
  folder: string,
  turns: ReadonlyMap<string, number>,
  settled: ReadonlyMap<string, number>,
): Promise<void> {
  const keyring = await openKeyring(folder);
  const store = await openSqliteStore({ file: join(folder, "citizens.sqlite"), keyring });
  let sent = 0;
  for (const name of CITIZENS) {
    const key = keyring.citizenKey("web", name);
    const { seq } = await store.load(key, "");
    expect(seq).toBeGreaterThanOrEqual(turns.get(name) ?? 0);
    const trail = await store.trail(key, 0);
    const gone = trail.filter((id) => id.startsWith("out")).length;
    expect(gone).toBeGreaterThanOrEqual(settled.get(name) ?? 0);
    expect(trail.toSorted()).toEqual([...names("in", 1, seq), ...names("out", 1, gone)].toSorted());
    const waiting = await store.pending(key, 0);
    expect(waiting.map((message) => `out ${message.seq}`)).toEqual(names("out", gone + 1, seq));
    sent += gone;
  }
  const counted = await store.counts("2025-11-15", "2025-11-15");
  expect(counted.find(({ count }) => count === "sent")?.n ?? 0).toBe(sent);
  await store.close();
}

function names(side: string, from: number, to: number): readonly string[] {
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => `${side} ${from + index}`);
}
