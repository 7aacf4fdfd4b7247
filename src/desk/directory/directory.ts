import type { Due } from "../../directory/due.ts";
import type { Listed } from "../../directory/service.ts";
import type { ServiceCheck } from "../../directory/team-services.ts";
import type { Actor } from "../access.ts";

/** An entry as the team keeps it true. */
export interface DirectoryEntry {
  readonly service: Listed;
  readonly reason: Due["reason"] | null;
  readonly check: ServiceCheck | undefined;
  /** Whether this person may record a check of it: its place is theirs. */
  readonly mine: boolean;
}

export interface DirectoryQueries {
  /** Every entry, those somebody should call first. `query`: words of the name, folded. */
  entries(by: Actor, query?: string): Promise<readonly DirectoryEntry[]>;
}
