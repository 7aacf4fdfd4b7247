import { join } from "node:path";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import type { CitizenStore } from "../stores/citizen-store.ts";
import { openDataFolder } from "../stores/data-folder.ts";
import { openKeyring } from "../stores/keyring.ts";
import { openSqliteStore } from "../stores/sqlite/store.ts";

/** Counts below this are not told: few enough to be somebody. */
const SMALLEST_TOLD = 5;

async function withStore(config: Config, use: (store: CitizenStore) => Promise<void>): Promise<void> {
  const folder = await openDataFolder(config.DATA_DIR);
  try {
    const keyring = await openKeyring(folder.path);
    const store = await openSqliteStore({ file: join(folder.path, "citizens.sqlite"), keyring });
    await use(store).finally(() => store.close());
  } finally {
    await folder.close();
  }
}

/** What people agreed to send, one JSON object per line: box, day, text. Nothing tells who sent it. */
export function proposals(config: Config): Promise<void> {
  return withStore(config, async (store) => {
    for (const { box, day, text } of await store.submissions()) {
      process.stdout.write(`${JSON.stringify({ box, day, text })}\n`);
    }
  });
}

/** Aggregates as CSV with a head line. Numbers below 5 read `<5`. */
export async function counts(config: Config, from: string, to: string): Promise<void> {
  for (const day of [from, to]) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new AppError("input_invalid", `write a day as 2026-11-15, not ${day}`);
  }
  await withStore(config, async (store) => {
    process.stdout.write("day,flow,node,count,channel,province,n\n");
    for (const { day, flow, node, count, channel, province, n } of await store.counts(from, to)) {
      const told = n < SMALLEST_TOLD ? `<${SMALLEST_TOLD}` : String(n);
      process.stdout.write(`${[day, flow, node, count, channel, province, told].join(",")}\n`);
    }
  });
}
