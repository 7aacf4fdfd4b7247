import type { DatabaseSync } from "node:sqlite";
import type { CitizenKey, Settled } from "../citizen-store.ts";
import type { Keyring } from "../keyring.ts";
import { integerIn } from "./columns.ts";
import { prepareLedgerRows } from "./ledger-rows.ts";
import { prepareOutbox } from "./outbox.ts";
import { prepareRecords } from "./records.ts";
import { prepareTrails } from "./trails.ts";

/** What becomes of messages, applied inside the transaction of the caller. */
export interface Settling {
  /** A repeat counts once more, and changes nothing else. */
  settle(key: CitizenKey, seq: number, settled: Settled): void;
  /** The device has the messages up to and including `seq`. */
  deliver(key: CitizenKey, seq: number): void;
}

export function prepareSettling(database: DatabaseSync, keyring: Keyring): Settling {
  const find = database.prepare("SELECT id, seq FROM citizen WHERE key = ?");
  const { drop } = prepareOutbox(database, keyring);
  const trails = prepareTrails(database);
  const records = prepareRecords(database, keyring);
  const rows = prepareLedgerRows(database);

  return {
    /** A number that was never given here belongs to a citizen of this chat who was forgotten since. */
    settle(key, seq, { trail, at, counts, ledger }) {
      records.addCounts(counts);
      const held = find.get(key);
      if (held === undefined || integerIn(held, "seq") < seq) return;
      const id = integerIn(held, "id");
      drop(id, seq);
      trails.add(id, trail, at);
      if (ledger !== undefined) rows.settle(ledger.run, id, ledger.to);
    },
    deliver(key, seq) {
      const held = find.get(key);
      if (held !== undefined) drop(integerIn(held, "id"), seq);
    },
  };
}
