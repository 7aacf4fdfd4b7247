import type { DatabaseSync } from "node:sqlite";

/** Moves everything from the write-ahead log into the database and empties it: deleted words are in neither. */
export function eraseLog(database: DatabaseSync): void {
  database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").all();
}
