import type { DatabaseSync } from "node:sqlite";
import { integerIn } from "./columns.ts";

/** Rows of people become anonymous counts, inside the transaction of the caller. */
export interface Fold {
  /** All rows of one citizen: what was planned is skipped, what was being sent is interrupted. */
  citizen(id: number): void;
  /** The rows of runs closed before `closedBefore`, at most `most` of them; whether there may be more. */
  old(closedBefore: number, most: number): boolean;
}

export function prepareFold(database: DatabaseSync): Fold {
  const one = preparePart(database, "citizen = ? AND run IN (SELECT id FROM run WHERE folded = 0)");
  const many = preparePart(database, "run = ? AND citizen <= ?");
  const oldest = database.prepare("SELECT id FROM run WHERE folded = 0 AND closed_at < ? ORDER BY id LIMIT 1");
  const upTo = database.prepare(
    "SELECT ifnull(max(citizen), 0) AS citizen FROM (SELECT citizen FROM ledger WHERE run = ? ORDER BY citizen LIMIT ?)",
  );
  const folded = database.prepare("UPDATE run SET folded = 1 WHERE id = ?");
  return {
    citizen: (id) => void one(id),
    old(closedBefore, most) {
      const row = oldest.get(closedBefore);
      if (row === undefined) return false;
      const run = integerIn(row, "id");
      const rows = many(run, integerIn(upTo.get(run, most) ?? {}, "citizen"));
      if (rows < most) folded.run(run);
      return true;
    },
  };
}

/** Counts the rows for which `where` holds, then deletes them; gives back how many it were. */
function preparePart(database: DatabaseSync, where: string): (...values: readonly number[]) => number {
  const count = database.prepare(
    `INSERT INTO ledger_gone
     SELECT run, channel,
       CASE state WHEN 'planned' THEN 'skipped' WHEN 'sending' THEN 'failed' ELSE state END AS became,
       CASE state WHEN 'planned' THEN 'unsubscribed' WHEN 'sending' THEN 'interrupted' ELSE why END AS because,
       count(*)
     FROM ledger WHERE ${where} GROUP BY run, channel, became, because
     ON CONFLICT DO UPDATE SET n = n + excluded.n`,
  );
  const remove = database.prepare(`DELETE FROM ledger WHERE ${where}`);
  return (...values) => {
    count.run(...values);
    return Number(remove.run(...values).changes);
  };
}
