import type { DatabaseSync } from "node:sqlite";
import { setImmediate as othersTurn } from "node:timers/promises";
import { integerIn } from "./columns.ts";
import { prepareErasure } from "./erasure.ts";
import { prepareRemoval } from "./removal.ts";

/** How long an input id is remembered: networks stop repeating an update well before. */
const SEEN_KEPT_MS = 48 * 3_600_000;
/** Row ids dealt with in one transaction, before other work gets its turn. */
const BATCH = 2_000;

/** Deletes what is due at `now`, in short transactions with pauses; resolves with how many citizens. */
export type Purge = (now: number) => Promise<number>;

export function preparePurge(database: DatabaseSync): Purge {
  const last = database.prepare("SELECT ifnull(max(id), 0) AS id FROM citizen");
  const expired = database.prepare("SELECT id FROM citizen WHERE id > ? AND id <= ? AND expires_at <= ?");
  const forgetSeen = database.prepare("DELETE FROM seen WHERE citizen > ? AND citizen <= ? AND at < ?");
  const remove = prepareRemoval(database);
  const eraseDeleted = prepareErasure(database);

  function batch(from: number, now: number): number {
    const due = expired.all(from, from + BATCH, now).map((row) => integerIn(row, "id"));
    due.forEach(remove);
    forgetSeen.run(from, from + BATCH, now - SEEN_KEPT_MS);
    return due.length;
  }
  return async (now) => {
    const end = integerIn(last.get() ?? {}, "id");
    let citizens = 0;
    for (let from = 0; from < end; from += BATCH) {
      citizens += inTransaction(database, () => batch(from, now));
      await othersTurn();
    }
    await eraseDeleted(now);
    return citizens;
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
