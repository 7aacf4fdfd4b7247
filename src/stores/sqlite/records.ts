import type { DatabaseSync } from "node:sqlite";
import { vietnamDay } from "../../campaign/vietnam-day.ts";
import type { CountKey, TurnCommit } from "../citizen-store.ts";
import type { Keyring } from "../keyring.ts";
import type { CitizenRef } from "./outbox.ts";

/** What a turn leaves behind beside the conversation itself. */
export interface Records {
  /** Figures and freely given words; neither says who. */
  addAnonymous(turn: TurnCommit): void;
  addCounts(counts: readonly CountKey[]): void;
  /** Opens and closes referrals; a closed one keeps its days and no address. */
  applyReferrals(citizen: CitizenRef, turn: TurnCommit): void;
}

export function prepareRecords(database: DatabaseSync, keyring: Keyring): Records {
  const count = database.prepare("INSERT INTO count VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1");
  const submit = database.prepare("INSERT INTO submission VALUES (abs(random()), ?, ?, ?)");
  const open = database.prepare(
    "INSERT INTO referral VALUES (?, ?, ?, ?, NULL) ON CONFLICT DO UPDATE SET " +
      "opened = iif(closed IS NULL, opened, excluded.opened), closed = NULL, address = excluded.address",
  );
  const close = database.prepare(
    "UPDATE referral SET closed = ?, address = NULL WHERE citizen = ? AND service = ? AND closed IS NULL",
  );
  function addCounts(counts: readonly CountKey[]): void {
    for (const c of counts) count.run(c.day, c.flow, c.node, c.count, c.channel, c.province);
  }
  return {
    addCounts,
    addAnonymous(turn) {
      addCounts(turn.counts);
      for (const s of turn.submissions) submit.run(s.box, s.day, s.text);
    },
    applyReferrals(citizen, turn) {
      for (const { service, open: opens } of turn.referrals) {
        const day = vietnamDay(turn.at);
        const address = turn.address === null ? null : keyring.seal(turn.address, `referral:${citizen.key}:${service}`);
        if (opens) open.run(citizen.id, service, address, day);
        else close.run(day, citizen.id, service);
      }
    },
  };
}
