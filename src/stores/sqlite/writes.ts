import type { DatabaseSync } from "node:sqlite";
import type { CitizenKey, Settled, TurnCommit } from "../citizen-store.ts";
import type { Keyring } from "../keyring.ts";
import { openDeliveries } from "./deliveries.ts";
import { eraseLog } from "./erasure.ts";
import { openGroup } from "./group.ts";
import { prepareSettling } from "./settling.ts";
import { prepareTurn, prepareTurns, type Receipt } from "./turns.ts";

/** The changing half of the store. */
export interface Writes {
  commit(turn: TurnCommit): Promise<Receipt>;
  settle(key: CitizenKey, seq: number, settled: Settled): Promise<void>;
  delivered(key: CitizenKey, seq: number): void;
  /** See `WriteGroup.add`. */
  change<T>(work: () => T): Promise<T>;
  /** The highest number delivered that the database does not know of yet; 0 when none. */
  deliveredUpTo(key: CitizenKey): number;
  /** Writes now what is waiting. */
  flush(): void;
  /** Writes what is waiting and stops the clocks. */
  stop(): void;
}

/** A delivery waits this long for a turn whose flush it can share. */
const DELIVERY_WAIT_MS = 100;
/** Forgotten people are gone from the log after this long; one emptying serves all of that time. */
const ERASE_WAIT_MS = 1_000;

export function openWrites(database: DatabaseSync, keyring: Keyring): Writes {
  const deliveries = openDeliveries();
  const apply = prepareTurns(database, keyring);
  const settling = prepareSettling(database, keyring);
  const group = openGroup({ database, before: () => deliveries.write(settling.deliver), after: deliveries.clear });
  const flushSoon = alarm(DELIVERY_WAIT_MS, group.flush);
  const eraseSoon = alarm(ERASE_WAIT_MS, () => eraseLog(database));
  return {
    async commit(turn) {
      const prepared = prepareTurn(turn);
      const receipt = await group.add(() => apply(prepared));
      if (turn.session === null) eraseSoon.start();
      return receipt;
    },
    delivered(key, seq) {
      deliveries.note(key, seq);
      flushSoon.start();
    },
    settle: (key, seq, settled) => group.add(() => settling.settle(key, seq, settled)),
    change: group.add,
    deliveredUpTo: deliveries.upTo,
    flush: group.flush,
    stop() {
      flushSoon.stop();
      eraseSoon.stop();
      group.flush();
    },
  };
}

interface Alarm {
  /** Does nothing while it is already running. */
  start(): void;
  stop(): void;
}

/** A failure is left to the next alarm, or to the next purge, which does the same work. */
function alarm(milliseconds: number, work: () => void): Alarm {
  let timer: NodeJS.Timeout | undefined;
  function ring(): void {
    timer = undefined;
    try {
      work();
    } catch {}
  }
  return {
    start() {
      timer ??= setTimeout(ring, milliseconds).unref();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
