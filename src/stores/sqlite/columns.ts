import type { SQLOutputValue } from "node:sqlite";
import { CHANNELS, type ChannelName } from "../../channels/port.ts";
import { StoreError } from "../../errors.ts";
import type { CitizenKey } from "../citizen-store.ts";

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
