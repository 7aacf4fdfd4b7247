import type { DatabaseSync } from "node:sqlite";
import { prepareFold } from "./ledger-fold.ts";

/**
 * Deletes all that is held about one citizen, by row id, inside the transaction of the caller. Broadcasts count them
 * on, without saying whom.
 */
export type RemoveCitizen = (id: number) => void;

export function prepareRemoval(database: DatabaseSync): RemoveCitizen {
  const deletions = [
    database.prepare("DELETE FROM outbox WHERE citizen = ?"),
    database.prepare("DELETE FROM seen WHERE citizen = ?"),
    database.prepare("DELETE FROM trail WHERE citizen = ?"),
    database.prepare("DELETE FROM referral WHERE citizen = ?"),
    database.prepare("DELETE FROM citizen WHERE id = ?"),
  ];
  const fold = prepareFold(database);
  return (id) => {
    fold.citizen(id);
    for (const deletion of deletions) deletion.run(id);
  };
}
