import { chmod } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { StoreError } from "../../errors.ts";
import { createPrivateFile, hasCode, PRIVATE_FILE } from "../durable-files.ts";
import { textIn } from "./columns.ts";
import { migrate } from "./migrations.ts";

/**
 * Opens (0600) or creates the database and brings it to the newest format. `keyringId` names the keys it is written
 * with. Rejects with `StoreError` when the file cannot be used, is newer than this code, or belongs to other keys.
 */
export async function openDatabase(file: string, keyringId: string): Promise<DatabaseSync> {
  let database: DatabaseSync | undefined;
  try {
    if (file !== ":memory:") await makePrivate(file);
    database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    database.exec(SETTINGS);
    migrate(database);
    checkKeyring(database, keyringId);
    return database;
  } catch (cause) {
    database?.close();
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(`The database ${file} cannot be opened. Check its owner, or restore a backup.`, { cause });
  }
}

const BUSY_TIMEOUT_MS = 5_000;

/**
 * `auto_vacuum` must come before the first table. `synchronous = FULL` flushes every commit; `secure_delete` writes
 * zeros over what is deleted; the `fullfsync` pair makes macOS flush the drive's own cache. The log may reach 16 MB
 * before it is copied into the file (forgetting and purging empty it at once); 32 MB of pages stay in memory.
 */
const SETTINGS = `
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON;
PRAGMA checkpoint_fullfsync = ON;
PRAGMA secure_delete = ON;
PRAGMA temp_store = MEMORY;
PRAGMA wal_autocheckpoint = 4000;
PRAGMA cache_size = -32768;
`;

/** SQLite gives the files beside the database the same permissions. */
async function makePrivate(file: string): Promise<void> {
  try {
    await createPrivateFile(file, "");
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
    if (process.platform !== "win32") await chmod(file, PRIVATE_FILE);
  }
}

function checkKeyring(database: DatabaseSync, keyringId: string): void {
  database.prepare("INSERT INTO meta VALUES ('keyring', ?) ON CONFLICT DO NOTHING").run(keyringId);
  const row = database.prepare("SELECT value FROM meta WHERE name = 'keyring'").get() ?? {};
  if (textIn(row, "value") === keyringId) return;
  throw new StoreError(
    "The database was written with other keys. Put back the keys.json that belongs to it; " +
      "to begin anew without the old conversations, move the database file away.",
  );
}
