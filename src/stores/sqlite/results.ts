import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { StoreError } from "../../errors.ts";
import type { CitizenStore } from "../citizen-store.ts";
import { prepareReads } from "./reads.ts";

/** What a team reads out: nothing in it is about a person, so it needs no key. */
export type Results = Pick<CitizenStore, "counts" | "submissions" | "close">;

/**
 * Opens the database of a running or stopped bot for reading only. Rejects with `StoreError` when there is none yet
 * or it cannot be read.
 */
export async function openSqliteResults(file: string): Promise<Results> {
  if (!existsSync(file))
    throw new StoreError(`There is no database ${file} yet. Start the bot first, or check DATA_DIR.`);
  const database = open(file);
  const reads = prepareReads(database);
  return {
    counts: async (fromDay, toDay) => reads.counts(fromDay, toDay),
    submissions: async () => reads.submissions(),
    close: async () => database.close(),
  };
}

function open(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  } catch (cause) {
    throw new StoreError(`${file} cannot be read. Run this as the user who runs the bot.`, { cause });
  }
}
