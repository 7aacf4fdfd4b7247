import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** The right of one process of this machine to ask for a bot's updates. */
export interface TokenLock {
  /** Calling it twice is harmless. */
  release(): void;
}

/**
 * Claims a bot's token for this process; null while another process, or this one, has it. The claim is SQLite's
 * exclusive lock on an empty database named by a hash of the token: the system drops it with the process, however that
 * ends. A file of another account, which cannot be locked, keeps nobody out.
 */
export function lockToken(token: string): TokenLock | null {
  const name = createHash("sha256").update(`an-tam poller ${token}`).digest("hex");
  const file = join(tmpdir(), `an-tam-${name}.lock`);
  let lock: DatabaseSync | null = null;
  try {
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock?.close();
    if (isBusy(error)) return null;
    return { release: () => undefined };
  }
  return held(lock);
}

const SQLITE_BUSY = 5;

/** Referenced here so that a claim nobody holds on to is not collected, and thereby dropped. */
const locks = new Set<DatabaseSync>();

function held(lock: DatabaseSync): TokenLock {
  locks.add(lock);
  return {
    release() {
      if (locks.delete(lock)) lock.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
}
