import type { DatabaseSync } from "node:sqlite";
import { StoreError } from "../../errors.ts";

/** Does some work; `what` completes "The citizen store could not …". */
export type Attempt = <T>(what: string, work: () => T | Promise<T>) => Promise<T>;

/** Every failure leaves as a `StoreError`; the database's own message stays in `cause`. */
export function guarding(database: DatabaseSync): Attempt {
  return async (what, work) => {
    if (!database.isOpen) throw new StoreError(`The citizen store is closed and could not ${what}.`);
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof StoreError) throw cause;
      const advice = "Check that the data folder can be written and has free space, then try again.";
      throw new StoreError(`The citizen store could not ${what}. ${advice}`, { cause });
    }
  };
}
