import type { DatabaseSync } from "node:sqlite";
import type { NumberedMessage } from "../../channels/message.ts";
import { StoreError } from "../../errors.ts";
import type { TurnCommit } from "../citizen-store.ts";
import type { Keyring } from "../keyring.ts";
import { sealAddress } from "./addresses.ts";
import { flagIn, integerIn } from "./columns.ts";
import { prepareLedgerRows } from "./ledger-rows.ts";
import { type CitizenRef, number, prepareOutbox } from "./outbox.ts";
import { prepareRecords } from "./records.ts";
import { prepareRemoval } from "./removal.ts";
import { prepareTrails } from "./trails.ts";

export interface Receipt {
  readonly duplicate: boolean;
  readonly messages: readonly NumberedMessage[];
}

/** A turn whose session is already JSON: what cannot be written is refused before it meets other turns. */
export interface PreparedTurn {
  readonly turn: TurnCommit;
  /** Null: forget the citizen. */
  readonly session: string | null;
}

/** Throws `StoreError` for a session that is no JSON value. */
export function prepareTurn(turn: TurnCommit): PreparedTurn {
  if (turn.session === null) return { turn, session: null };
  const session: string | undefined = JSON.stringify(turn.session);
  if (session === undefined) throw new StoreError("A session that is not plain data cannot be saved.");
  return { turn, session };
}

/** Applies one turn inside the transaction of its caller, who undoes it when this throws. */
export type ApplyTurn = (prepared: PreparedTurn) => Receipt;

export function prepareTurns(database: DatabaseSync, keyring: Keyring): ApplyTurn {
  const citizens = prepareCitizens(database, keyring);
  const seen = prepareSeen(database);
  const outbox = prepareOutbox(database, keyring);
  const trails = prepareTrails(database);
  const records = prepareRecords(database, keyring);
  const remove = prepareRemoval(database);
  const rows = prepareLedgerRows(database);

  function forget(turn: TurnCommit, held: HeldCitizen | undefined): Receipt {
    if (held !== undefined) remove(held.id);
    records.addAnonymous(turn);
    return { duplicate: false, messages: number(turn.messages, held?.seq ?? 0) };
  }

  function save(turn: TurnCommit, session: string, held: HeldCitizen | undefined): Receipt {
    const before = held?.seq ?? 0;
    const seq = before + turn.messages.length;
    const citizen = { id: citizens.save(turn, session, seq, held), key: turn.key };
    if (turn.inputId !== "") seen.add(citizen, turn, before, seq);
    trails.add(citizen.id, turn.trail, turn.at);
    records.applyReferrals(citizen, turn);
    records.addAnonymous(turn);
    return { duplicate: false, messages: outbox.add(citizen, turn.messages, before) };
  }

  return ({ turn, session }) => {
    const held = citizens.find(turn);
    const earlier = held && turn.inputId !== "" ? seen.find(held, turn.inputId) : undefined;
    if (held && earlier) {
      return { duplicate: true, messages: outbox.waiting(held, { after: earlier.before, upTo: earlier.seq }) };
    }
    if (turn.claim && !(held && rows.claim(turn.claim.run, held.id, turn.claim.to))) {
      return { duplicate: true, messages: [] };
    }
    return session === null ? forget(turn, held) : save(turn, session, held);
  };
}

interface HeldCitizen extends CitizenRef {
  readonly seq: number;
  readonly hasAddress: boolean;
}

/** Above all others, and above what a run still looks at: whoever comes later, or again, is not part of it. */
const NEW_ID = `1 + max(
  (SELECT ifnull(max(id), 0) FROM citizen),
  (SELECT ifnull(max(last), 0) FROM run WHERE planned = 0)
)`;

function prepareCitizens(database: DatabaseSync, keyring: Keyring) {
  const find = database.prepare("SELECT id, seq, address IS NOT NULL AS has_address FROM citizen WHERE key = ?");
  const update = database.prepare(
    "UPDATE citizen SET seq = ?, at = ?, wake_at = ?, expires_at = ?, session = ? WHERE id = ?",
  );
  const insert = database.prepare(
    `INSERT INTO citizen (seq, at, wake_at, expires_at, session, key, channel, id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ${NEW_ID}) RETURNING id`,
  );
  const setAddress = database.prepare("UPDATE citizen SET address = ? WHERE id = ?");
  return {
    find({ key }: TurnCommit): HeldCitizen | undefined {
      const row = find.get(key);
      if (row === undefined) return undefined;
      return { id: integerIn(row, "id"), key, seq: integerIn(row, "seq"), hasAddress: flagIn(row, "has_address") };
    },
    /** Resolves the row's id. The address of a key never changes, so it is sealed once only. */
    save(turn: TurnCommit, session: string, seq: number, held: HeldCitizen | undefined): number {
      const { at, wakeAt, expiresAt, key, channel, address } = turn;
      if (held !== undefined) update.run(seq, at, wakeAt, expiresAt, session, held.id);
      const id = held?.id ?? integerIn(insert.get(seq, at, wakeAt, expiresAt, session, key, channel) ?? {}, "id");
      if (address !== null && !held?.hasAddress) setAddress.run(sealAddress(keyring, key, address), id);
      return id;
    },
  };
}

function prepareSeen(database: DatabaseSync) {
  const find = database.prepare("SELECT seq_before, seq_after FROM seen WHERE citizen = ? AND input = ?");
  const insert = database.prepare("INSERT INTO seen VALUES (?, ?, ?, ?, ?)");
  return {
    /** The numbers of the messages that input led to: above `before`, up to `seq`. */
    find(citizen: CitizenRef, inputId: string): { readonly before: number; readonly seq: number } | undefined {
      const row = find.get(citizen.id, inputId);
      return row && { before: integerIn(row, "seq_before"), seq: integerIn(row, "seq_after") };
    },
    add(citizen: CitizenRef, turn: TurnCommit, before: number, seq: number): void {
      insert.run(citizen.id, turn.inputId, turn.at, before, seq);
    },
  };
}
