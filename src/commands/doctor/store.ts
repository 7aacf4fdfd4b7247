import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { integerIn, textIn } from "../../stores/sqlite/columns.ts";
import { MIGRATIONS } from "../../stores/sqlite/migrations.ts";
import { type Finding, found } from "./finding.ts";

/** Longer than any pause a network asks for in ordinary times. */
const LONG_MS = 15 * 60_000;
const MINUTE_MS = 60_000;
const MB = 1024 * 1024;

/** The database, only read: works while the bot runs. `keyringId` is undefined where the keys cannot be read. */
export function storeFindings(file: string, keyringId: string | undefined, now: number): readonly Finding[] {
  if (!existsSync(file)) return [found("store.new")];
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
    return examine(database, keyringId, now);
  } catch {
    return [found("store.broken", { file })];
  } finally {
    database?.close();
  }
}

function examine(database: DatabaseSync, keyringId: string | undefined, now: number): readonly Finding[] {
  const read = (sql: string, column: string) => integerIn(database.prepare(sql).get() ?? {}, column);
  const format = read("PRAGMA user_version", "user_version");
  if (format > MIGRATIONS.length) return [found("store.newer", { format, known: MIGRATIONS.length })];
  if (format === 0) return [found("store.new")];
  const meta = database.prepare("SELECT value FROM meta WHERE name = 'keyring'").get();
  const writtenWith = meta === undefined ? undefined : textIn(meta, "value");
  if (keyringId !== undefined && writtenWith !== undefined && writtenWith !== keyringId) {
    return [found("store.other-keys")];
  }
  const pages = "SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size";
  const size = (read(pages, "bytes") / MB).toFixed(1);
  const state = format < MIGRATIONS.length ? found("store.older", { size }) : found("store.ok", { size });
  return [state, waitingFinding(database, now)];
}

/** Of people whose network is pushed to; others fetch theirs when they look again. */
const WAITING = `
SELECT count(*) AS messages, coalesce(min(citizen.at), 0) AS since
FROM outbox JOIN citizen ON citizen.id = outbox.citizen WHERE citizen.address IS NOT NULL`;

function waitingFinding(database: DatabaseSync, now: number): Finding {
  const row = database.prepare(WAITING).get() ?? {};
  const count = integerIn(row, "messages");
  if (count === 0) return found("waiting.none");
  const waited = now - integerIn(row, "since");
  const minutes = Math.max(0, Math.floor(waited / MINUTE_MS));
  return found(waited > LONG_MS ? "waiting.long" : "waiting.some", { count, minutes });
}
