import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { onTestFinished } from "vitest";
import { ephemeralKeyring } from "../../src/stores/keyring.ts";
import { openSqliteStore } from "../../src/stores/sqlite/store.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export const keyring = ephemeralKeyring();

/** A store in a folder of its own, closed when the test is over. */
export async function openInFolder() {
  const folder = await temporaryFolder();
  const file = join(folder, "citizens.sqlite");
  const store = await openSqliteStore({ file, keyring });
  onTestFinished(() => store.close());
  return { folder, file, store };
}

/** A second look at the file, as somebody with the disk in hand would have. */
export function rows(file: string, sql: string): readonly unknown[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

/** What a pragma says. */
export function scalar(file: string, pragma: string): unknown {
  const row: unknown = rows(file, `PRAGMA ${pragma}`)[0];
  return typeof row === "object" && row !== null ? Object.values(row)[0] : undefined;
}
