import { join } from "node:path";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import { openSqliteResults, type Results } from "../stores/sqlite/results.ts";
import { DATABASE_FILE } from "./app.ts";

/** Counts below this are not told: few enough to be somebody. */
const SMALLEST_TOLD = 5;

/** Works while the bot runs: the database is only read. */
async function withResults(config: Config, use: (results: Results) => Promise<void>): Promise<void> {
  const results = await openSqliteResults(join(config.DATA_DIR, DATABASE_FILE));
  await use(results).finally(() => results.close());
}

/** What people agreed to send, one JSON object per line: box, day, text. Nothing tells who sent it. */
export function proposals(config: Config): Promise<void> {
  return withResults(config, async (results) => {
    for (const { box, day, text } of await results.submissions()) {
      process.stdout.write(`${JSON.stringify({ box, day, text })}\n`);
    }
  });
}

/** Aggregates as CSV with a head line. Numbers below 5 read `<5`. */
export async function counts(config: Config, from: string, to: string): Promise<void> {
  for (const day of [from, to]) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new AppError("input_invalid", `write a day as 2026-11-15, not ${day}`);
  }
  await withResults(config, async (results) => {
    process.stdout.write("day,flow,node,count,channel,province,n\n");
    for (const { day, flow, node, count, channel, province, n } of await results.counts(from, to)) {
      const told = n < SMALLEST_TOLD ? `<${SMALLEST_TOLD}` : String(n);
      process.stdout.write(`${[day, flow, node, count, channel, province, told].join(",")}\n`);
    }
  });
}
