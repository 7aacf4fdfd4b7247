import { join } from "node:path";
import { openKeyring } from "../../../src/stores/keyring.ts";
import type { LedgerRow } from "../../../src/stores/ledger-store.ts";
import { openSqliteStore } from "../../../src/stores/sqlite/store.ts";
import { NOW, subscriber } from "../sample-turn.ts";

/**
 * Sends one run after the other to everybody until it is killed. Says `<run> <key> sends` where a network would be
 * called, and `<run> <key> <state>` once what became of it is acknowledged. Every tenth try surely does not arrive.
 */
const folder = process.argv[2] ?? "";
const store = await openSqliteStore({
  file: join(folder, "citizens.sqlite"),
  keyring: await openKeyring(folder),
});
const { ledger } = store;
await ledger.interrupt();
let tries = 0;
for (let n = (await ledger.runs()).filter(({ closed }) => closed !== null).length; ; n++) await broadcast(`run${n}`);

async function broadcast(run: string): Promise<void> {
  await ledger.begin(run, NOW + Number(run.slice(3)));
  while (!(await ledger.plan(run, 7, () => "planned")));
  for (let rows = await due(run); rows.length > 0; rows = await due(run)) {
    await Promise.all(rows.map((row) => send(run, row)));
  }
  await ledger.close(run, "done", NOW);
}

async function due(run: string): Promise<readonly LedgerRow[]> {
  return ledger.next(run, "telegram", NOW, 10);
}

async function send(run: string, { key }: LedgerRow): Promise<void> {
  const claim = { run, to: { state: "sending" } } as const;
  const { duplicate } = await store.commit({ ...subscriber("", {}, ""), key, claim });
  if (duplicate) return;
  if (++tries % 10 === 0) return ledger.postpone(run, key, NOW);
  console.log(`${run} ${key} sends`);
  const to = tries % 10 === 1 ? ({ state: "failed", why: "refused" } as const) : ({ state: "sent" } as const);
  await store.settle(key, 0, { trail: [], at: NOW, counts: [], ledger: { run, to } });
  console.log(`${run} ${key} ${to.state}`);
}
