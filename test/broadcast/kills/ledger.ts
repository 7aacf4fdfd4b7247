import { z } from "zod";
import { RUN } from "../../support/broadcast/released.ts";
import { query } from "../../system/database.ts";

/** How far the run is, seen from outside while the bot runs. */
export interface Progress {
  /** How far people have been looked at; 0 before it begins. */
  readonly looked: number;
  readonly planned: boolean;
  readonly closed: boolean;
  /** Rows that are not at their end. */
  readonly open: number;
}

const RunRow = z.object({ looked: z.int(), planned: z.int(), closed: z.int(), open: z.int() });
const PROGRESS = `
  SELECT cursor AS looked, planned, closed_at IS NOT NULL AS closed,
    (SELECT count(*) FROM ledger WHERE run = run.id AND state IN ('planned', 'sending')) AS open
  FROM run WHERE name = ?`;

export function progressOf(dataDir: string): Progress {
  const [row] = query(dataDir, PROGRESS, RUN);
  if (row === undefined) return { looked: 0, planned: false, closed: false, open: 0 };
  const { planned, closed, ...progress } = RunRow.parse(row);
  return { ...progress, planned: planned === 1, closed: closed === 1 };
}

/** What the ledger says of somebody the bot still knows. */
export interface Entry {
  readonly key: string;
  readonly state: string;
  readonly why: string;
  /** Messages in the outbox. */
  readonly waiting: number;
}

const EntryRow = z.object({ key: z.string(), state: z.string(), why: z.string(), waiting: z.int() });
const ENTRIES = `
  SELECT key, state, why, (SELECT count(*) FROM outbox WHERE outbox.citizen = citizen.id) AS waiting
  FROM ledger JOIN citizen ON citizen.id = ledger.citizen
  WHERE run = (SELECT id FROM run WHERE name = ?)`;

export function entriesOf(dataDir: string): ReadonlyMap<string, Entry> {
  const rows = query(dataDir, ENTRIES, RUN).map((row) => EntryRow.parse(row));
  return new Map(rows.map((entry) => [entry.key, entry]));
}

const SentRow = z.object({ channel: z.string(), n: z.int() });

/** What was counted as sent, by channel. */
export function countedAsSent(dataDir: string): Readonly<Record<string, number>> {
  const rows = query(
    dataDir,
    "SELECT channel, sum(n) AS n FROM count WHERE flow = 'delivery' AND count = 'sent' GROUP BY channel",
  );
  return Object.fromEntries(rows.map((row) => SentRow.parse(row)).map(({ channel, n }) => [channel, n]));
}
