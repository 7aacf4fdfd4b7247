import type { DatabaseSync } from "node:sqlite";
import type { NumberedMessage, OutMessage } from "../../channels/message.ts";
import type { CitizenKey } from "../citizen-store.ts";
import type { Keyring } from "../keyring.ts";
import { readMessage } from "../stored-message.ts";
import { bytesIn, integerIn, type Row } from "./columns.ts";

/** A citizen as other tables refer to them. */
export interface CitizenRef {
  readonly id: number;
  readonly key: CitizenKey;
}

interface Range {
  readonly after: number;
  /** Absent: to the last one. */
  readonly upTo?: number | undefined;
  /** Absent: all. */
  readonly most?: number | undefined;
}

/** Messages that wait for delivery, sealed one by one. */
export interface Outbox {
  /** Gives the messages the numbers that follow `seq`. */
  add(citizen: CitizenRef, messages: readonly OutMessage[], seq: number): readonly NumberedMessage[];
  /** Those still waiting with `after` < number <= `upTo`, in order; the first `most` of them. */
  waiting(citizen: CitizenRef, range: Range): readonly NumberedMessage[];
  /** Drops those of this citizen's row up to and including `seq`. */
  drop(id: number, seq: number): void;
}

export function prepareOutbox(database: DatabaseSync, keyring: Keyring): Outbox {
  const insert = database.prepare("INSERT INTO outbox VALUES (?, ?, ?)");
  const select = database.prepare(
    "SELECT seq, payload FROM outbox WHERE citizen = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
  );
  const remove = database.prepare("DELETE FROM outbox WHERE citizen = ? AND seq <= ?");
  const opened = (citizen: CitizenRef, row: Row): NumberedMessage => {
    const seq = integerIn(row, "seq");
    return { ...readMessage(keyring.open(bytesIn(row, "payload"), about(citizen.key, seq))), seq };
  };
  return {
    add(citizen, messages, seq) {
      const numbered = number(messages, seq);
      messages.forEach((message, index) => {
        const at = seq + index + 1;
        insert.run(citizen.id, at, keyring.seal(JSON.stringify(message), about(citizen.key, at)));
      });
      return numbered;
    },
    waiting: (citizen, { after, upTo = Number.MAX_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER }) =>
      select.all(citizen.id, after, upTo, most).map((row) => opened(citizen, row)),
    drop: (id, seq) => void remove.run(id, seq),
  };
}

/** The messages with the numbers that follow `seq`. */
export function number(messages: readonly OutMessage[], seq: number): readonly NumberedMessage[] {
  return messages.map((message, index) => ({ ...message, seq: seq + index + 1 }));
}

function about(key: CitizenKey, seq: number): string {
  return `outbox:${key}:${seq}`;
}
