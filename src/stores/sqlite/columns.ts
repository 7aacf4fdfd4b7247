import type { SQLOutputValue } from "node:sqlite";
import { SEND_FAILURES } from "../../channels/channel-error.ts";
import { CHANNELS, type ChannelName } from "../../channels/port.ts";
import { StoreError } from "../../errors.ts";
import type { CitizenKey } from "../citizen-store.ts";
import { type LedgerState, type Run, SKIPS, type Tally } from "../ledger-store.ts";

/** A row as node:sqlite gives it. The readers below throw `StoreError` naming the column, never the value. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

export function textIn(row: Row, column: string): string {
  const value = row[column];
  return typeof value === "string" ? value : damaged(column);
}

export function integerIn(row: Row, column: string): number {
  const value = row[column];
  return typeof value === "number" ? value : damaged(column);
}

/** A yes or no that SQL computed. */
export function flagIn(row: Row, column: string): boolean {
  return integerIn(row, column) === 1;
}

export function bytesIn(row: Row, column: string): Uint8Array {
  const value = row[column];
  return value instanceof Uint8Array ? value : damaged(column);
}

export function channelIn(row: Row, column: string): ChannelName {
  return CHANNELS.find((name) => name === row[column]) ?? damaged(column);
}

export function ledgerStateIn(row: Row, column: string): LedgerState["state"] {
  return LEDGER_STATES.find((name) => name === row[column]) ?? damaged(column);
}

const LEDGER_STATES = ["planned", "sending", "sent", "skipped", "failed"] as const;

export function ledgerWhyIn(row: Row, column: string): Tally["why"] {
  const why = textIn(row, column);
  return isWhy(why) ? why : damaged(column);
}

function isWhy(text: string): text is Tally["why"] {
  return LEDGER_WHYS.has(text);
}

const LEDGER_WHYS = new Set<string>(["", ...SKIPS, ...Object.keys(SEND_FAILURES), "failed", "interrupted"]);

export function endingIn(row: Row, column: string): NonNullable<Run["closed"]>["as"] {
  return ENDINGS.find((name) => name === row[column]) ?? damaged(column);
}

const ENDINGS = ["done", "aborted", "expired"] as const;

export function keyIn(row: Row, column: string): CitizenKey {
  const key = textIn(row, column);
  return isKey(key) ? key : damaged(column);
}

/** Only `commit` writes this column, and it takes nothing but keys. */
function isKey(text: string): text is CitizenKey {
  return text.length > 0;
}

function damaged(column: string): never {
  throw new StoreError(
    `The database holds something unexpected in "${column}". Restore the data folder from a backup.`,
  );
}
