import type { DatabaseSync } from "node:sqlite";
import type { Run, Skip } from "../ledger-store.ts";
import { endingIn, flagIn, integerIn, type Row, textIn } from "./columns.ts";

type Ending = NonNullable<Run["closed"]>["as"];

/** A run as the tables hold it. */
export interface RunRow extends Run {
  readonly id: number;
  /** The highest citizen's row id when it began. */
  readonly last: number;
  /** The highest citizen's row id that was looked at. */
  readonly cursor: number;
}

/** The sendings themselves. What changes something runs inside the transaction of the caller. */
export interface Runs {
  find(run: string): RunRow | undefined;
  /** Nothing changes when it has begun before. */
  begin(run: string, at: number): RunRow;
  /** All up to row id `cursor` have been looked at. */
  advance(id: number, cursor: number, planned: boolean): void;
  close(id: number, as: Ending, at: number): void;
  /** Of one broadcast if it is given, newest first. */
  list(broadcast?: string): readonly RunRow[];
}

export function prepareRuns(database: DatabaseSync): Runs {
  const find = database.prepare("SELECT * FROM run WHERE name = ?");
  const insert = database.prepare(
    "INSERT INTO run (name, started_at, last) SELECT ?, ?, ifnull(max(id), 0) FROM citizen WHERE true ON CONFLICT DO NOTHING",
  );
  const advance = database.prepare("UPDATE run SET cursor = ?, planned = ? WHERE id = ?");
  const close = database.prepare("UPDATE run SET closed_as = ?, closed_at = ? WHERE id = ? AND closed_at IS NULL");
  const all = database.prepare("SELECT * FROM run ORDER BY started_at DESC, id DESC");
  const one = database.prepare(
    "SELECT * FROM run WHERE name = ?1 OR substr(name, 1, length(?1) + 1) = ?1 || '@' ORDER BY started_at DESC, id DESC",
  );
  return {
    find(run) {
      const row = find.get(run);
      return row && runOf(row);
    },
    begin(run, at) {
      insert.run(run, at);
      return runOf(find.get(run) ?? {});
    },
    advance: (id, cursor, planned) => void advance.run(cursor, planned ? 1 : 0, id),
    close: (id, as, at) => void close.run(as, at, id),
    list: (broadcast) => (broadcast === undefined ? all.all() : one.all(broadcast)).map(runOf),
  };
}

/** A run without what concerns the tables only. */
export function shown({ run, startedAt, planned, closed }: RunRow): Run {
  return { run, startedAt, planned, closed };
}

/** Why somebody for whom there was no time left was not sent it. */
export function reasonOf(as: Ending): Skip {
  return as === "aborted" ? "aborted" : "expired";
}

function runOf(row: Row): RunRow {
  const closed = row["closed_at"] === null ? null : { at: integerIn(row, "closed_at"), as: endingIn(row, "closed_as") };
  return {
    id: integerIn(row, "id"),
    run: textIn(row, "name"),
    startedAt: integerIn(row, "started_at"),
    planned: flagIn(row, "planned"),
    closed,
    last: integerIn(row, "last"),
    cursor: integerIn(row, "cursor"),
  };
}
