import type { DatabaseSync } from "node:sqlite";
import type { ChannelName } from "../../channels/port.ts";
import type { Keyring } from "../keyring.ts";
import type { LedgerRow, Tally } from "../ledger-store.ts";
import { openAddress } from "./addresses.ts";
import { bytesIn, channelIn, integerIn, keyIn, ledgerStateIn, ledgerWhyIn, type Row } from "./columns.ts";

/** What the ledger tells without changing anything. */
export interface LedgerReads {
  next(run: string, channel: ChannelName, now: number, most: number): readonly LedgerRow[];
  tally(run: string): readonly Tally[];
}

export function prepareLedgerReads(database: DatabaseSync, keyring: Keyring): LedgerReads {
  const again = database.prepare(planned("due_at > 0 AND due_at <= ?"));
  const fresh = database.prepare(planned("due_at = 0"));
  const tally = database.prepare(TALLY);
  const rowOf = (channel: ChannelName, row: Row): LedgerRow => {
    const key = keyIn(row, "key");
    const address = row["address"] === null ? null : openAddress(keyring, key, bytesIn(row, "address"));
    return { key, channel, address };
  };
  return {
    /** What was postponed was its turn before: it comes ahead of those who were not tried yet. */
    next(run, channel, now, most) {
      const first = again.all(run, channel, now, most);
      const rest = first.length < most ? fresh.all(run, channel, most - first.length) : [];
      return [...first, ...rest].map((row) => rowOf(channel, row));
    },
    tally: (run) =>
      tally.all(run, run).map((row) => ({
        channel: channelIn(row, "channel"),
        state: ledgerStateIn(row, "state"),
        why: ledgerWhyIn(row, "why"),
        n: integerIn(row, "n"),
      })),
  };
}

/** `CROSS JOIN` keeps the order of the index `ledger_planned`, so that nothing is sorted. */
function planned(due: string): string {
  return `SELECT key, address FROM ledger CROSS JOIN citizen ON id = citizen
    WHERE run = (SELECT id FROM run WHERE name = ?) AND ledger.channel = ? AND state = 'planned' AND ${due}
    ORDER BY due_at, citizen LIMIT ?`;
}

const TALLY = `
SELECT channel, state, why, sum(n) AS n FROM (
  SELECT channel, state, why, count(*) AS n FROM ledger
  WHERE run = (SELECT id FROM run WHERE name = ?) GROUP BY channel, state, why
  UNION ALL
  SELECT channel, state, why, n FROM ledger_gone WHERE run = (SELECT id FROM run WHERE name = ?)
) GROUP BY channel, state, why`;
