import type { DatabaseSync } from "node:sqlite";
import { StoreError } from "../../errors.ts";
import type { CitizenKey, CitizenRecord, CitizenStore } from "../citizen-store.ts";
import { channelIn, flagIn, integerIn, keyIn, type Row, textIn } from "./columns.ts";
import type { CitizenRef } from "./outbox.ts";

type Answer<Name extends keyof CitizenStore> = Awaited<ReturnType<CitizenStore[Name]>>;

/** Every question the store answers without changing anything. */
export interface Reads {
  load(key: CitizenKey, inputId: string): CitizenRecord;
  find(key: CitizenKey): CitizenRef | undefined;
  due(now: number, limit: number): Answer<"due">;
  counts(fromDay: string, toDay: string): Answer<"counts">;
  submissions(): Answer<"submissions">;
  size(): Answer<"size">;
}

export function prepareReads(database: DatabaseSync): Reads {
  const load = database.prepare(
    "SELECT session, seq, EXISTS (SELECT 1 FROM seen WHERE citizen = citizen.id AND input = ?) AS seen FROM citizen WHERE key = ?",
  );
  const find = database.prepare("SELECT id FROM citizen WHERE key = ?");
  const due = database.prepare("SELECT key, channel FROM citizen WHERE wake_at <= ? ORDER BY wake_at LIMIT ?");
  const counts = database.prepare("SELECT * FROM count WHERE day BETWEEN ? AND ?");
  const submissions = database.prepare("SELECT box, day, text FROM submission ORDER BY day, id");
  const size = database.prepare(
    "SELECT (SELECT count(*) FROM citizen) AS citizens, page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size",
  );
  return {
    load: (key, inputId) => recordOf(load.get(inputId, key)),
    find(key) {
      const row = find.get(key);
      return row && { id: integerIn(row, "id"), key };
    },
    due: (now, limit) =>
      due.all(now, limit).map((row) => ({ key: keyIn(row, "key"), channel: channelIn(row, "channel") })),
    counts: (fromDay, toDay) => counts.all(fromDay, toDay).map(countOf),
    submissions: () =>
      submissions.all().map((row) => ({ box: textIn(row, "box"), day: textIn(row, "day"), text: textIn(row, "text") })),
    size() {
      const row = size.get() ?? {};
      return { citizens: integerIn(row, "citizens"), bytes: integerIn(row, "bytes") };
    },
  };
}

function recordOf(row: Row | undefined): CitizenRecord {
  if (row === undefined) return { session: null, seq: 0, seen: false };
  return { session: parsed(textIn(row, "session")), seq: integerIn(row, "seq"), seen: flagIn(row, "seen") };
}

function countOf(row: Row): Answer<"counts">[number] {
  return {
    day: textIn(row, "day"),
    flow: textIn(row, "flow"),
    node: textIn(row, "node"),
    count: textIn(row, "count"),
    channel: channelIn(row, "channel"),
    province: textIn(row, "province"),
    n: integerIn(row, "n"),
  };
}

/** The parser's own error would quote the session, so it is not kept as a cause. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new StoreError("A saved session is damaged. Restore the data folder from a backup.");
  }
}
