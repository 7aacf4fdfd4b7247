import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { TextStore } from "./contender.ts";

export interface FlushedStore extends TextStore {
  /** From now on every write is flushed before it returns; before, preloading need not wait for the disk. */
  flushEveryWrite(): void;
  close(): Promise<void>;
}

/** One row per key in a WAL file with full synchronisation: what storage adapters of these libraries do. */
export async function openFlushedStore(): Promise<FlushedStore> {
  const folder = await mkdtemp(join(tmpdir(), "an-tam-bench-"));
  const database = new DatabaseSync(join(folder, "sessions.sqlite"));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA fullfsync = ON");
  database.exec("CREATE TABLE session (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT");
  const get = database.prepare("SELECT value FROM session WHERE key = ?");
  const set = database.prepare("INSERT INTO session VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value");
  const remove = database.prepare("DELETE FROM session WHERE key = ?");
  return {
    get(key) {
      const value = get.get(key)?.["value"];
      return typeof value === "string" ? value : undefined;
    },
    set: (key, value) => void set.run(key, value),
    delete: (key) => void remove.run(key),
    flushEveryWrite: () => database.exec("PRAGMA synchronous = FULL"),
    async close() {
      database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
