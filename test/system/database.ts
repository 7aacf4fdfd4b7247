import { join } from "node:path";
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from "node:sqlite";
import { z } from "zod";

export type PlainRow = Record<string, SQLOutputValue>;

/** Asks the database of a data folder from outside, read-only: the server may be running on it. */
export function query(dataDir: string, sql: string, ...values: SQLInputValue[]): PlainRow[] {
  const database = new DatabaseSync(join(dataDir, "citizens.sqlite"), { readOnly: true });
  try {
    return database
      .prepare(sql)
      .all(...values)
      .map((row) => ({ ...row }));
  } finally {
    database.close();
  }
}

const CountRow = z.object({ flow: z.string(), node: z.string(), count: z.string(), n: z.int() });

/** The counts as they are stored, small ones included. */
export function countsIn(dataDir: string): z.infer<typeof CountRow>[] {
  return query(dataDir, "SELECT flow, node, count, n FROM count").map((row) => CountRow.parse(row));
}
