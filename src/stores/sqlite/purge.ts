import type { DatabaseSync } from "node:sqlite";
import { setImmediate as othersTurn } from "node:timers/promises";
import { integerIn } from "./columns.ts";
import { prepareErasure } from "./erasure.ts";
import { prepareFold } from "./ledger-fold.ts";
import { prepareRemoval } from "./removal.ts";

/** How long an input id and the name of a message are remembered: networks repeat and remove nothing that is older. */
const KEPT_MS = 48 * 3_600_000;
/** Row ids dealt with in one transaction, before other work gets its turn. */
const BATCH = 2_000;
/** How long it is known who was sent a broadcast, once that is over. */
const LEDGER_KEPT_MS = 7 * 24 * 3_600_000;
/** Citizens removed in one transaction: each may have many rows elsewhere. */
const LARGEST_REMOVAL = 100;

/**
 * Deletes what is due at `now`, and of broadcasts that are over who was sent them, in short transactions with pauses;
 * resolves with how many citizens.
 */
export type Purge = (now: number) => Promise<number>;

export function preparePurge(database: DatabaseSync): Purge {
  const citizens = prepareCitizenPurge(database);
  const trails = prepareTrailPurge(database);
  const fold = prepareFold(database);
  const eraseDeleted = prepareErasure(database);

  return async (now) => {
    let removed = 0;
    for (let from = 0, end = citizens.last(); from < end; ) {
      const step = inTransaction(database, () => citizens.step(from, now));
      removed += step.removed;
      from = step.to;
      await othersTurn();
    }
    for (let { from, end } = trails.range(); from < end; from += BATCH) {
      inTransaction(database, () => trails.step(from, now));
      await othersTurn();
    }
    while (inTransaction(database, () => fold.old(now - LEDGER_KEPT_MS, BATCH))) await othersTurn();
    await eraseDeleted(now);
    return removed;
  };
}

function prepareCitizenPurge(database: DatabaseSync) {
  const last = database.prepare("SELECT ifnull(max(id), 0) AS id FROM citizen");
  const expired = database.prepare(
    "SELECT id FROM citizen WHERE id > ? AND id <= ? AND expires_at <= ? ORDER BY id LIMIT ?",
  );
  const forgetSeen = database.prepare("DELETE FROM seen WHERE citizen > ? AND citizen <= ? AND at < ?");
  const remove = prepareRemoval(database);
  return {
    last: () => integerIn(last.get() ?? {}, "id"),
    /** Deals with the rows above `from`, up to and including `to`. */
    step(from: number, now: number): { readonly removed: number; readonly to: number } {
      const due = expired.all(from, from + BATCH, now, LARGEST_REMOVAL).map((row) => integerIn(row, "id"));
      due.forEach(remove);
      const to = due.length < LARGEST_REMOVAL ? from + BATCH : (due.at(-1) ?? from);
      forgetSeen.run(from, to, now - KEPT_MS);
      return { removed: due.length, to };
    },
  };
}

function prepareTrailPurge(database: DatabaseSync) {
  const range = database.prepare("SELECT ifnull(min(id), 1) - 1 AS first, ifnull(max(id), 0) AS last FROM trail");
  const forget = database.prepare("DELETE FROM trail WHERE id > ? AND id <= ? AND at < ?");
  return {
    /** Rows above `from`, up to and including `end`. */
    range() {
      const row = range.get() ?? {};
      return { from: integerIn(row, "first"), end: integerIn(row, "last") };
    },
    step: (from: number, now: number) => forget.run(from, from + BATCH, now - KEPT_MS),
  };
}

function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
