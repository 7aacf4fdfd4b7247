import { constants, existsSync } from "node:fs";
import { access, stat, statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { AppError } from "../../errors.ts";
import { LOCK_FILE } from "../../stores/data-folder.ts";
import { hasCode } from "../../stores/durable-files.ts";
import { type Keyring, openKeyring } from "../../stores/keyring.ts";
import { DATABASE_FILE } from "../app.ts";
import { type Finding, found } from "./finding.ts";
import { storeFindings } from "./store.ts";

/** What the other checks need to know of the data folder. */
export interface FolderReport {
  readonly findings: readonly Finding[];
  /** Whether a bot, or another command, has the folder at this moment. */
  readonly running: boolean;
  readonly keyring: Keyring | null;
}

/** Looks and changes nothing: neither the folder nor a file in it is made, and a running bot is not disturbed. */
export async function examineFolder(dataDir: string, now: number): Promise<FolderReport> {
  const path = resolve(dataDir);
  const folder = await folderFindings(path);
  if (folder.missing) return { findings: folder.findings, running: false, keyring: null };
  const running = isClaimed(path);
  const keys = await keyFinding(path);
  return {
    findings: [
      ...folder.findings,
      found(running ? "running.yes" : "running.no"),
      keys.finding,
      ...storeFindings(join(path, DATABASE_FILE), keys.keyring?.id, now),
    ],
    running,
    keyring: keys.keyring,
  };
}

const MB = 1024 * 1024;
/** Below this a month of talking, with its log, may not fit. */
const TIGHT_BYTES = 1_024 * MB;
const FULL_BYTES = 200 * MB;
const OTHERS_MAY = 0o077;
const SQLITE_BUSY = 5;

async function folderFindings(path: string): Promise<{ findings: Finding[]; missing: boolean }> {
  const there = await stat(path).catch(() => null);
  if (there === null) {
    const makeable = await canWrite(nearestParent(path));
    return { findings: [found(makeable ? "folder.absent" : "folder.unusable", { path })], missing: true };
  }
  const usable = there.isDirectory() && (await canWrite(path));
  if (!usable) return { findings: [found("folder.unusable", { path })], missing: true };
  const open = process.platform !== "win32" && (there.mode & OTHERS_MAY) !== 0;
  return { findings: [found(open ? "folder.open" : "folder.ok", { path }), await spaceFinding(path)], missing: false };
}

function nearestParent(path: string): string {
  const parent = dirname(path);
  return existsSync(parent) || parent === path ? parent : nearestParent(parent);
}

async function canWrite(folder: string): Promise<boolean> {
  return access(folder, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function spaceFinding(path: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(path);
  const bytes = bavail * bsize;
  const free = bytes < TIGHT_BYTES ? `${Math.floor(bytes / MB)} MB` : `${Math.floor(bytes / TIGHT_BYTES)} GB`;
  if (bytes < FULL_BYTES) return found("space.full", { free });
  return found(bytes < TIGHT_BYTES ? "space.tight" : "space.ok", { free });
}

/** Reading is refused while the claim of `openDataFolder` is held; asking so leaves nothing behind. */
function isClaimed(folder: string): boolean {
  const file = join(folder, LOCK_FILE);
  if (!existsSync(file)) return false;
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { readOnly: true, timeout: 0 });
    lock.prepare("SELECT count(*) FROM sqlite_schema").get();
    return false;
  } catch (error) {
    return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
  } finally {
    lock?.close();
  }
}

async function keyFinding(folder: string): Promise<{ finding: Finding; keyring: Keyring | null }> {
  const path = join(folder, "keys.json");
  const there = await stat(path).catch((error: unknown) => (hasCode(error, "ENOENT") ? null : error));
  if (there === null) {
    const needed = existsSync(join(folder, DATABASE_FILE));
    return { finding: found(needed ? "keys.missing" : "keys.new"), keyring: null };
  }
  try {
    return { finding: found("keys.ok"), keyring: await openKeyring(folder) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { finding: found((await isOpen(path)) ? "keys.open" : "keys.broken", { path }), keyring: null };
  }
}

async function isOpen(path: string): Promise<boolean> {
  if (process.platform === "win32") return false;
  const { mode } = await stat(path);
  return (mode & OTHERS_MAY) !== 0;
}
