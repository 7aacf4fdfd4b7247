import type { DatabaseSync } from "node:sqlite";
import { setImmediate as othersTurn } from "node:timers/promises";
import { CHANNELS, type ChannelName } from "../../channels/port.ts";
import type { Keyring } from "../keyring.ts";
import type { LedgerStore, Skip } from "../ledger-store.ts";
import type { Attempt } from "./attempt.ts";
import { integerIn } from "./columns.ts";
import { preparePlan } from "./ledger-plan.ts";
import { prepareLedgerReads } from "./ledger-reads.ts";
import { prepareLedgerRows } from "./ledger-rows.ts";
import { prepareRuns, reasonOf, shown } from "./ledger-runs.ts";

export interface LedgerParts {
  readonly database: DatabaseSync;
  readonly keyring: Keyring;
  readonly attempt: Attempt;
  readonly change: Change;
}

/** Makes a change in the store's next transaction: see `WriteGroup.add`. */
type Change = <T>(work: () => T) => Promise<T>;

/** The ledger in the tables `run`, `ledger` and `ledger_gone`. A closed run has no planned row and gets none. */
export function openLedger({ database, keyring, attempt, change }: LedgerParts): LedgerStore {
  const runs = prepareRuns(database);
  const rows = prepareLedgerRows(database);
  const people = preparePlan(database);
  const reads = prepareLedgerReads(database, keyring);
  const ends = prepareEnds(database, change);
  const find = database.prepare("SELECT id FROM citizen WHERE key = ?");

  return {
    subscribers: (cursor, most) => attempt("read subscribers", () => people.subscribers(cursor, most)),
    begin: (run, at) => attempt("begin a run", () => change(() => shown(runs.begin(run, at)))),
    plan: (run, most, judge) => attempt("plan a run", () => change(() => people.plan(run, most, judge))),
    next: (run, channel, now, most) => attempt("read a ledger", () => reads.next(run, channel, now, most)),
    postpone: (run, key, dueAt) =>
      attempt("postpone a row", () =>
        change(() => {
          const held = find.get(key);
          if (held !== undefined) rows.postpone(run, integerIn(held, "id"), dueAt);
        }),
      ),
    skipPlanned: (run, why, channel) => attempt("skip what is planned", () => ends.skipPlanned(run, why, channel)),
    interrupt: () => attempt("note what was interrupted", () => change(rows.interrupt)),
    close: (run, as, at) => attempt("close a run", () => ends.close(run, as, at)),
    runs: (broadcast) => attempt("read runs", () => runs.list(broadcast).map(shown)),
    tally: (run) => attempt("count a ledger", () => reads.tally(run)),
  };
}

/** Rows skipped in one transaction, before other work gets its turn. */
const BATCH = 2_000;

type Ends = Pick<LedgerStore, "skipPlanned" | "close">;

function prepareEnds(database: DatabaseSync, change: Change): Ends {
  const runs = prepareRuns(database);
  const rows = prepareLedgerRows(database);

  async function skipPlanned(run: string, why: Skip, only?: ChannelName): Promise<number> {
    const id = runs.find(run)?.id;
    if (id === undefined) return 0;
    let all = 0;
    for (const channel of only === undefined ? CHANNELS : [only]) {
      for (let skipped = BATCH; skipped === BATCH; all += skipped) {
        skipped = await change(() => rows.skipPlanned(id, channel, why, BATCH));
        await othersTurn();
      }
    }
    return all;
  }

  return {
    skipPlanned,
    /** What is planned between the batches and the end goes with the end, in one write. */
    async close(run, as, at) {
      await skipPlanned(run, reasonOf(as));
      await change(() => {
        const id = runs.find(run)?.id;
        if (id === undefined) return;
        for (const channel of CHANNELS) rows.skipPlanned(id, channel, reasonOf(as), Number.MAX_SAFE_INTEGER);
        runs.close(id, as, at);
      });
    },
  };
}
