import type { DatabaseSync } from "node:sqlite";
import { StoreError } from "../../errors.ts";
import type { LedgerState, LedgerStore, Subscriber } from "../ledger-store.ts";
import { preparePeople } from "./ledger-people.ts";
import { prepareLedgerRows } from "./ledger-rows.ts";
import { prepareRuns } from "./ledger-runs.ts";

type Answer<Name extends "subscribers" | "plan"> = Awaited<ReturnType<LedgerStore[Name]>>;

/** Who could be sent a broadcast, and who of them is. */
export interface Plan {
  subscribers(cursor: number, most: number): Answer<"subscribers">;
  /** Runs inside the transaction of the caller. Throws `StoreError` for a run that was not begun. */
  plan(run: string, most: number, judge: Parameters<LedgerStore["plan"]>[2]): Answer<"plan">;
}

export function preparePlan(database: DatabaseSync): Plan {
  const lookAt = preparePeople(database);
  const runs = prepareRuns(database);
  const rows = prepareLedgerRows(database);
  return {
    subscribers(cursor, most) {
      const looked = lookAt(cursor, Number.MAX_SAFE_INTEGER, most);
      const people = looked.flatMap(({ person }): readonly Subscriber[] => (person === undefined ? [] : [person]));
      return { people, next: looked.length < most ? null : (looked.at(-1)?.id ?? null) };
    },
    plan(run, most, judge) {
      const found = runs.find(run);
      if (found === undefined) throw new StoreError("A run must begin before it is planned.");
      if (found.planned || found.closed !== null) return true;
      const looked = lookAt(found.cursor, found.last, most);
      for (const { id, person } of looked) {
        const verdict = person === undefined ? null : judge(person);
        if (person === undefined || verdict === null) continue;
        rows.add(found.id, id, person.channel, stateOf(verdict));
      }
      const planned = looked.length < most;
      runs.advance(found.id, looked.at(-1)?.id ?? found.cursor, planned);
      return planned;
    },
  };
}

function stateOf(verdict: NonNullable<ReturnType<Parameters<LedgerStore["plan"]>[2]>>): LedgerState {
  return verdict === "planned" ? { state: "planned" } : { state: "skipped", why: verdict };
}
