import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { LANGS, TOPICS } from "../../flow/ids.ts";
import type { Subscriber } from "../ledger-store.ts";
import { channelIn, integerIn, keyIn, type Row, textIn } from "./columns.ts";

/** A citizen's row that was looked at; `person` is undefined for whoever subscribed to nothing. */
export interface Looked {
  readonly id: number;
  readonly person: Subscriber | undefined;
}

/** Rows above `after`, up to and including `last`, in order; at most `most`. */
export type LookAt = (after: number, last: number, most: number) => readonly Looked[];

/**
 * Sessions are read only where they name a topic: `instr` looks for it as `JSON.stringify` writes it. What cannot be
 * read subscribes to nothing.
 */
export function preparePeople(database: DatabaseSync): LookAt {
  const select = database.prepare(
    `SELECT id, key, channel, at, iif(instr(session, '"topics":["') > 0, session, '') AS session
     FROM citizen WHERE id > ? AND id <= ? ORDER BY id LIMIT ?`,
  );
  return (after, last, most) =>
    select.all(after, last, most).map((row) => ({ id: integerIn(row, "id"), person: personIn(row) }));
}

const Held = z.object({
  topics: z.array(z.unknown()).transform((names) => TOPICS.filter((topic) => names.includes(topic))),
  me: z.object({
    lang: z.enum(LANGS).optional().catch(undefined),
    place: z.string().optional().catch(undefined),
  }),
});

function personIn(row: Row): Subscriber | undefined {
  const session = textIn(row, "session");
  if (session === "") return undefined;
  const held = Held.safeParse(jsonOrNull(session)).data;
  if (held === undefined || held.topics.length === 0) return undefined;
  return {
    key: keyIn(row, "key"),
    channel: channelIn(row, "channel"),
    topics: held.topics,
    lang: held.me.lang,
    place: held.me.place,
    at: integerIn(row, "at"),
  };
}

function jsonOrNull(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
