import type { DatabaseSync } from "node:sqlite";
import type { CitizenKey } from "../citizen-store.ts";
import { textIn } from "./columns.ts";

/** The networks' names for what is on the screens of citizens. */
export interface Trails {
  /** `id` is the citizen's row. A name that is held already keeps its place and its time. */
  add(id: number, messages: readonly string[], at: number): void;
  /** Oldest first. */
  of(key: CitizenKey, since: number): readonly string[];
}

export function prepareTrails(database: DatabaseSync): Trails {
  const insert = database.prepare("INSERT INTO trail (citizen, message, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
  const select = database.prepare(
    "SELECT message FROM trail WHERE citizen = (SELECT id FROM citizen WHERE key = ?) AND at > ? ORDER BY id",
  );
  return {
    add(id, messages, at) {
      for (const message of messages) insert.run(id, message, at);
    },
    of: (key, since) => select.all(key, since).map((row) => textIn(row, "message")),
  };
}
