import type { DatabaseSync } from "node:sqlite";
import type { Addressee, CitizenKey } from "../citizen-store.ts";
import type { Keyring } from "../keyring.ts";
import { bytesIn, channelIn, integerIn, keyIn, type Row } from "./columns.ts";

/** Where citizens of networks are reached. Throws `StoreError` for an address that these keys do not open. */
export interface Addresses {
  of(key: CitizenKey): Addressee | null;
  /** Everybody with a message numbered above `deliveredUpTo` of their key, those who waited longest first. */
  waiting(deliveredUpTo: (key: CitizenKey) => number): readonly Addressee[];
}

/** `waiting` begins at the outbox, so that it costs what waits and not what the store holds. */
export function prepareAddresses(database: DatabaseSync, keyring: Keyring): Addresses {
  const select = database.prepare(
    "SELECT key, channel, at, address FROM citizen WHERE key = ? AND address IS NOT NULL",
  );
  const waiting = database.prepare(
    "SELECT key, channel, at, address, last FROM (SELECT citizen, max(seq) AS last FROM outbox GROUP BY citizen) " +
      "CROSS JOIN citizen ON id = citizen WHERE address IS NOT NULL ORDER BY at, id",
  );
  const opened = (row: Row): Addressee => ({
    channel: channelIn(row, "channel"),
    address: openAddress(keyring, keyIn(row, "key"), bytesIn(row, "address")),
    at: integerIn(row, "at"),
  });
  return {
    of(key) {
      const row = select.get(key);
      return row === undefined ? null : opened(row);
    },
    waiting: (deliveredUpTo) =>
      waiting
        .all()
        .filter((row) => integerIn(row, "last") > deliveredUpTo(keyIn(row, "key")))
        .map(opened),
  };
}

/** An address as the citizen's row holds it. */
export function sealAddress(keyring: Keyring, key: CitizenKey, address: string): Uint8Array {
  return keyring.seal(address, about(key));
}

/** The address that `sealAddress` sealed. Throws `StoreError` when these keys do not open it. */
export function openAddress(keyring: Keyring, key: CitizenKey, sealed: Uint8Array): string {
  return keyring.open(sealed, about(key));
}

function about(key: CitizenKey): string {
  return `address:${key}`;
}
