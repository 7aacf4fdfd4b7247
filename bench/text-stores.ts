import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { TextStore } from "./contender.ts";
import { waitForDisk } from "./slower-disk.ts";

/** All that one update changes. */
export interface UpdateCommit {
  readonly key: string;
  readonly value: string;
  /** The network's id of the update. */
  readonly input: string;
  readonly messages: readonly string[];
}

export interface FlushedStore extends TextStore {
  /** True when this update was committed before. */
  seen(key: string, input: string): boolean;
  /** One transaction: the session, the id of the update, the messages it led to; those before them were delivered. */
  commit(update: UpdateCommit): void;
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
  const updates = prepareUpdates(database);
  return {
    ...updates,
    get(key) {
      const value = get.get(key)?.["value"];
      return typeof value === "string" ? value : undefined;
    },
    set(key, value) {
      set.run(key, value);
      waitForDisk();
    },
    delete(key) {
      remove.run(key);
      waitForDisk();
    },
    flushEveryWrite: () => database.exec("PRAGMA synchronous = FULL"),
    async close() {
      database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function prepareUpdates(database: DatabaseSync): Pick<FlushedStore, "seen" | "commit"> {
  database.exec("CREATE TABLE seen (key TEXT, input TEXT, PRIMARY KEY (key, input)) WITHOUT ROWID, STRICT");
  database.exec("CREATE TABLE outbox (key TEXT, seq INTEGER, message TEXT, PRIMARY KEY (key, seq)) WITHOUT ROWID");
  const find = database.prepare("SELECT 1 FROM seen WHERE key = ? AND input = ?");
  const save = database.prepare("INSERT INTO session VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value");
  const note = database.prepare("INSERT INTO seen VALUES (?, ?)");
  const drop = database.prepare("DELETE FROM outbox WHERE key = ?");
  const add = database.prepare("INSERT INTO outbox VALUES (?, ?, ?)");
  return {
    seen: (key, input) => find.get(key, input) !== undefined,
    commit({ key, value, input, messages }) {
      database.exec("BEGIN IMMEDIATE");
      save.run(key, value);
      note.run(key, input);
      drop.run(key);
      messages.forEach((message, index) => void add.run(key, index, message));
      database.exec("COMMIT");
    },
  };
}
