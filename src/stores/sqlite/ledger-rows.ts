import type { DatabaseSync } from "node:sqlite";
import type { ChannelName } from "../../channels/port.ts";
import type { LedgerState, Skip } from "../ledger-store.ts";
import { prepareRuns, type RunRow, reasonOf } from "./ledger-runs.ts";

/** One row for each person and run, by row ids; changed inside the transaction of the caller. */
export interface LedgerRows {
  /** Somebody new to the run. */
  add(run: number, citizen: number, channel: ChannelName, to: LedgerState): void;
  /** From `planned` to `to`; whether it was. */
  claim(run: string, citizen: number, to: LedgerState): boolean;
  /** From `sending` to `to`; any other row stays. */
  settle(run: string, citizen: number, to: LedgerState): void;
  /** What is planned or being sent waits until `dueAt`. */
  postpone(run: string, citizen: number, dueAt: number): void;
  /** At most `most` rows of a channel that are planned; how many it were. */
  skipPlanned(run: number, channel: ChannelName, why: Skip, most: number): number;
  /** What is being sent has failed; how many it were. */
  interrupt(): number;
}

/** A closed run has no planned row: what would go back to `planned` there is skipped. */
export function prepareLedgerRows(database: DatabaseSync): LedgerRows {
  const { find } = prepareRuns(database);
  const add = database.prepare("INSERT INTO ledger (run, citizen, channel, state, why) VALUES (?, ?, ?, ?, ?)");
  const change = database.prepare(
    "UPDATE ledger SET state = ?, why = ? WHERE run = (SELECT id FROM run WHERE name = ?) AND citizen = ? AND state = ?",
  );
  const postpone = database.prepare(
    "UPDATE ledger SET state = ?, why = ?, due_at = ? WHERE run = ? AND citizen = ? AND state IN ('planned', 'sending')",
  );
  const skip = database.prepare(
    "UPDATE ledger SET state = 'skipped', why = ?1 WHERE run = ?2 AND citizen IN " +
      "(SELECT citizen FROM ledger WHERE run = ?2 AND channel = ?3 AND state = 'planned' LIMIT ?4)",
  );
  const interrupt = database.prepare("UPDATE ledger SET state = 'failed', why = 'interrupted' WHERE state = 'sending'");
  return {
    add: (run, citizen, channel, to) => void add.run(run, citizen, channel, to.state, whyOf(to)),
    claim: (run, citizen, to) => change.run(to.state, whyOf(to), run, citizen, "planned").changes === 1,
    settle(run, citizen, to) {
      const state = to.state === "planned" ? waiting(find(run)) : to;
      change.run(state.state, whyOf(state), run, citizen, "sending");
    },
    postpone(run, citizen, dueAt) {
      const found = find(run);
      const to = waiting(found);
      if (found !== undefined) postpone.run(to.state, whyOf(to), dueAt, found.id, citizen);
    },
    skipPlanned: (run, channel, why, most) => Number(skip.run(why, run, channel, most).changes),
    interrupt: () => Number(interrupt.run().changes),
  };
}

function waiting(run: RunRow | undefined): LedgerState {
  return run?.closed ? { state: "skipped", why: reasonOf(run.closed.as) } : { state: "planned" };
}

function whyOf(to: LedgerState): string {
  return "why" in to ? to.why : "";
}
