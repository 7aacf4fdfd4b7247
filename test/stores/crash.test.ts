import { join } from "node:path";
import { expect, test } from "vitest";
import { openKeyring } from "../../src/stores/keyring.ts";
import { openSqliteStore } from "../../src/stores/sqlite/store.ts";
import { startChild } from "./child.ts";
import { CITIZENS } from "./numbered-turns.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const { SOAK_KILLS = "3" } = process.env;
const KILLS = Number(SOAK_KILLS);

test(
  `no acknowledged turn is lost and none is halved when the process is killed ${KILLS} times`,
  async () => {
    const folder = await temporaryFolder();
    const acknowledged = new Map<string, number>();
    for (let kill = 0; kill < KILLS; kill++) {
      await commitUntilKilled(folder, acknowledged, 40 + 61 * (kill % 7));
      await compare(folder, acknowledged);
    }
    expect(acknowledged.size).toBe(CITIZENS.length);
  },
  60_000 + KILLS * 10_000,
);

/** Lines that were still on their way when the child died count too: it wrote them after the acknowledgement. */
async function commitUntilKilled(folder: string, acknowledged: Map<string, number>, turns: number): Promise<void> {
  const child = startChild("commit-for-ever.ts", folder);
  let read = 0;
  for await (const line of child.lines) {
    const [name = "", n] = line.split(" ");
    acknowledged.set(name, Number(n));
    if (++read === turns) void child.kill();
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
