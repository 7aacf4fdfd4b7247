import type { DatabaseSync } from "node:sqlite";
import { setImmediate as othersTurn } from "node:timers/promises";
import { integerIn } from "./columns.ts";

/** Moves everything from the write-ahead log into the database and empties it: deleted words are in neither. */
export function eraseLog(database: DatabaseSync): void {
  database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").all();
}

/** Up to this size the file is rebuilt at every call that finds changes; measured: 6 ms for each megabyte. */
const SMALL_BYTES = 16_000_000;
/** A larger file is rebuilt this often: nothing else is answered meanwhile. */
const LARGE_EVERY_MS = 6 * 3_600_000;
/** Pages given back before other work gets its turn. */
const PAGES = 2_000;

/**
 * Takes the bytes of deleted and replaced rows out of the files. `secure_delete` overwrites rows where they are
 * deleted, but a page that was split earlier can still carry copies of rows that moved to another page; only a
 * rebuilt file has none.
 */
export function prepareErasure(database: DatabaseSync): (now: number) => Promise<void> {
  const changes = reader(database, "SELECT total_changes() AS changes", "changes");
  const bytes = reader(
    database,
    "SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size",
    "bytes",
  );
  let rebuiltAt = Number.NEGATIVE_INFINITY;
  let rebuiltChanges = -1;

  return async (now) => {
    if (changes() !== rebuiltChanges && (bytes() <= SMALL_BYTES || now - rebuiltAt >= LARGE_EVERY_MS)) {
      database.exec("VACUUM");
      rebuiltAt = now;
      rebuiltChanges = changes();
    }
    await returnFreePages(database);
    eraseLog(database);
  };
}

async function returnFreePages(database: DatabaseSync): Promise<void> {
  const free = reader(database, "PRAGMA freelist_count", "freelist_count");
  const release = database.prepare(`PRAGMA incremental_vacuum(${PAGES})`);
  while (free() > 0) {
    release.all();
    await othersTurn();
  }
}

function reader(database: DatabaseSync, sql: string, column: string): () => number {
  const statement = database.prepare(sql);
  return () => integerIn(statement.get() ?? {}, column);
}
