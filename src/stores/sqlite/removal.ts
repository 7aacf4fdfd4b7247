import type { DatabaseSync } from "node:sqlite";

/** Deletes all that is held about one citizen, by row id, inside the transaction of the caller. */
export type RemoveCitizen = (id: number) => void;

export function prepareRemoval(database: DatabaseSync): RemoveCitizen {
  const deletions = [
    database.prepare("DELETE FROM outbox WHERE citizen = ?"),
    database.prepare("DELETE FROM seen WHERE citizen = ?"),
    database.prepare("DELETE FROM trail WHERE citizen = ?"),
    database.prepare("DELETE FROM referral WHERE citizen = ?"),
    database.prepare("DELETE FROM citizen WHERE id = ?"),
  ];
  return (id) => {
    for (const deletion of deletions) deletion.run(id);
  };
}
