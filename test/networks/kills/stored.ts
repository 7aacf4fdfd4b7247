import { z } from "zod";
import { readSession } from "../../../src/flow/migrations.ts";
import type { Frame, Session } from "../../../src/flow/session.ts";
import type { Keyring } from "../../../src/stores/keyring.ts";
import type { NetworkName } from "../../support/networks/rig.ts";
import { query } from "../../system/database.ts";

/** What the bot has on disk about one person. */
export interface Stored {
  /** Number of the last message. */
  readonly seq: number;
  /** Messages that still have to be sent. */
  readonly waiting: number;
  readonly session: Session | null;
  /** Where the person stands; undefined: nowhere. */
  readonly top: Frame | undefined;
}

/** Looks into the data folder from outside, while the bot runs or between two lives of it. */
export interface Witness {
  /** Null when nothing is held, or the database cannot be read at this moment. */
  look(network: NetworkName, chat: string): Stored | null;
}

const Row = z.object({ seq: z.int(), session: z.string(), waiting: z.int() });
const SQL =
  "SELECT seq, session, (SELECT count(*) FROM outbox WHERE citizen = citizen.id) AS waiting FROM citizen WHERE key = ?";

export function openWitness(dataDir: string, keyring: Keyring): Witness {
  return {
    look(network, chat) {
      const [row] = rowsOrNone(dataDir, keyring.citizenKey(network, chat));
      if (row === undefined) return null;
      const { seq, session: json, waiting } = Row.parse(row);
      const session = readSession(JSON.parse(json));
      return { seq, waiting, session, top: session?.frames.at(-1) };
    },
  };
}

/** Just after a kill the database may have to be mended first, which a reader cannot do. */
function rowsOrNone(dataDir: string, key: string): ReturnType<typeof query> {
  try {
    return query(dataDir, SQL, key);
  } catch {
    return [];
  }
}
