import { chmod, mkdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { AppError, StoreError } from "../errors.ts";
import { createPrivateFile, hasCode, PRIVATE_FOLDER } from "./durable-files.ts";

/** The folder that holds everything one installation keeps, claimed by this process. */
export interface DataFolder {
  /** Absolute. */
  readonly path: string;
  /** Lets another process have the folder. Calling it twice is harmless. */
  close(): Promise<void>;
}

/**
 * Creates the folder (0700) if need be and claims it. Rejects with `data_folder_in_use` while another process, or
 * this one, has it; with `StoreError` when it cannot be written.
 *
 * The claim is SQLite's own exclusive file lock on an empty database. The system drops it together with the process,
 * however that ends, so there is no stale lock, no process number to trust and no time to wait. As with any POSIX
 * lock, opening and closing `in-use.lock` inside this process would drop it: leave that file out of copies.
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const folder = resolve(path);
  const file = join(folder, LOCK_FILE);
  try {
    await makePrivate(folder);
    await createPrivateFile(file, "").catch(ignoring("EEXIST"));
  } catch (cause) {
    throw new StoreError(`The data folder ${folder} cannot be written. Check its owner and free space.`, { cause });
  }
  const lock = claim(folder, file);
  held.add(lock);
  return { path: folder, close: async () => release(lock) };
}

/** Not to be copied with a backup. */
export const LOCK_FILE = "in-use.lock";

const SQLITE_BUSY = 5;

/** Referenced here so that a claim nobody holds on to is not collected, and thereby dropped. */
const held = new Set<DatabaseSync>();

function claim(folder: string, file: string): DatabaseSync {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (cause) {
    lock.close();
    if (!isBusy(cause)) throw new StoreError(`The lock file ${file} cannot be used. Check its owner.`, { cause });
    const advice = "Stop that one first, or start this one with another data folder.";
    throw new AppError("data_folder_in_use", `Another An Tâm is running with the data folder ${folder}. ${advice}`);
  }
}

function release(lock: DatabaseSync): void {
  if (held.delete(lock)) lock.close();
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
}

/** A folder of another owner (a mounted volume) stays as it is: every file inside is private by itself. */
async function makePrivate(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
  if (process.platform === "win32" || ((await stat(folder)).mode & 0o077) === 0) return;
  await chmod(folder, PRIVATE_FOLDER).catch(ignoring("EPERM"));
}

function ignoring(code: string): (error: unknown) => void {
  return (error) => {
    if (!hasCode(error, code)) throw error;
  };
}
