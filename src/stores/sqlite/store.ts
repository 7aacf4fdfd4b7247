import type { CitizenStore } from "../citizen-store.ts";
import type { Keyring } from "../keyring.ts";
import type { LedgerStore } from "../ledger-store.ts";
import { prepareAddresses } from "./addresses.ts";
import { guarding } from "./attempt.ts";
import { openDatabase } from "./database.ts";
import { eraseLog } from "./erasure.ts";
import { openLedger } from "./ledger.ts";
import { prepareOutbox } from "./outbox.ts";
import { preparePurge } from "./purge.ts";
import { prepareReads } from "./reads.ts";
import { prepareTrails } from "./trails.ts";
import { openWrites } from "./writes.ts";

export interface SqliteStoreOptions {
  /** Path of the database, in a folder that exists; `:memory:` keeps nothing. */
  readonly file: string;
  readonly keyring: Keyring;
}

/** Both live in one file and share its flushes: `commit` and `settle` change rows of the ledger. */
export interface SqliteStore extends CitizenStore {
  readonly ledger: LedgerStore;
}

/**
 * One SQLite file, flushed at every commit; commits that arrive together share the flush. Rejects with `StoreError`
 * when the file cannot be used. Only one process may have it open: see `openDataFolder`.
 *
 * `delivered` is kept in memory for up to 100 ms to share a flush as well; a crash in between means that a message
 * is offered once more.
 *
 * Forgetting deletes the seen ids too, so that nothing tells that this person was ever here. When a network repeats
 * the very input that led to it, that turn runs again: it deletes nothing more and says goodbye once more.
 */
export async function openSqliteStore({ file, keyring }: SqliteStoreOptions): Promise<SqliteStore> {
  const database = await openDatabase(file, keyring.id);
  const reads = prepareReads(database);
  const outbox = prepareOutbox(database, keyring);
  const addresses = prepareAddresses(database, keyring);
  const trails = prepareTrails(database);
  const purge = preparePurge(database);
  const writes = openWrites(database, keyring);
  const attempt = guarding(database);

  return {
    ledger: openLedger({ database, keyring, attempt, change: writes.change }),
    load: (key, inputId) => attempt("read a session", () => reads.load(key, inputId)),
    commit: (turn) => attempt("save a turn", () => writes.commit(turn)),
    pending: (key, after, most) =>
      attempt("read waiting messages", () => {
        const citizen = reads.find(key);
        const from = Math.max(after, writes.deliveredUpTo(key));
        return citizen ? outbox.waiting(citizen, { after: from, most }) : [];
      }),
    delivered: (key, seq) => attempt("note a delivery", () => writes.delivered(key, seq)),
    settle: (key, seq, settled) => attempt("settle a message", () => writes.settle(key, seq, settled)),
    backlog: () => attempt("look for waiting messages", () => addresses.waiting(writes.deliveredUpTo)),
    addressee: (key) => attempt("read an address", () => addresses.of(key)),
    trail: (key, since) => attempt("read a trail", () => trails.of(key, since)),
    due: (now, limit) => attempt("look for due citizens", () => reads.due(now, limit)),
    purge: (now) =>
      attempt("delete what has expired", () => {
        writes.flush();
        return purge(now);
      }),
    counts: (fromDay, toDay) => attempt("read counts", () => reads.counts(fromDay, toDay)),
    submissions: () => attempt("read submissions", () => reads.submissions()),
    size: () => attempt("measure itself", () => reads.size()),
    async close() {
      if (!database.isOpen) return;
      writes.stop();
      await attempt("empty its log", () => eraseLog(database)).finally(() => database.close());
    },
  };
}
