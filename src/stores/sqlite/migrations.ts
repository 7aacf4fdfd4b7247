import type { DatabaseSync } from "node:sqlite";
import { StoreError } from "../../errors.ts";
import { integerIn } from "./columns.ts";
import { first } from "./migrations/001-first.ts";
import { trail } from "./migrations/002-trail.ts";
import { ledger } from "./migrations/003-ledger.ts";

/** In order; the first one leads to format 1. A released one is never edited: the next one corrects it. */
export const MIGRATIONS: readonly string[] = [first, trail, ledger];

/**
 * Brings a database to the newest format; each step is applied as a whole or not at all.
 * Throws `StoreError` for a database that a newer version wrote, or that is not one of ours.
 */
export function migrate(database: DatabaseSync, migrations: readonly string[] = MIGRATIONS): void {
  const version = readNumber(database, "PRAGMA user_version", "user_version");
  if (version > migrations.length) {
    throw new StoreError(
      `The database has format ${version}; this version of An Tâm knows formats up to ${migrations.length}. ` +
        "Start the newer version that wrote it, or restore an older backup.",
    );
  }
  if (version === 0 && readNumber(database, "SELECT count(*) AS tables FROM sqlite_schema", "tables") > 0) {
    throw new StoreError("The database file belongs to another program. Choose another data folder.");
  }
  for (let done = version; done < migrations.length; done++) step(database, migrations[done] ?? "", done + 1);
}

function step(database: DatabaseSync, sql: string, format: number): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    database.exec(sql);
    database.exec(`PRAGMA user_version = ${format}`);
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

function readNumber(database: DatabaseSync, sql: string, column: string): number {
  return integerIn(database.prepare(sql).get() ?? {}, column);
}
