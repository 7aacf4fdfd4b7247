import type { ProvinceOf } from "../broadcast/segment.ts";
import type { Localized } from "../flow/ids.ts";
import type { Actions } from "./action.ts";
import type { Audit } from "./audit.ts";
import type { BroadcastQueries } from "./broadcasts/broadcasts.ts";
import type { DirectoryQueries } from "./directory/directory.ts";
import type { MonthQueries } from "./month/month.ts";
import type { Staff } from "./staff/staff.ts";

/** What pages and the command line read and do. Whatever changes something is an action. */
export interface Desk {
  readonly actions: Actions;
  readonly staff: Staff;
  readonly broadcasts: BroadcastQueries;
  readonly month: MonthQueries;
  readonly directory: DirectoryQueries;
  readonly audit: Audit;
  readonly authority: Authority;
  readonly places: DeskPlaces;
}

/** Who runs this bot, and for which place. */
export interface Authority {
  /** Null until somebody said so. */
  name(): Localized | null;
  /** Province or commune code; undefined: the whole country. */
  place(): string | undefined;
  /** When a person of the team reads; null until somebody said so. */
  hours(): Localized | null;
}

export interface DeskPlaces {
  readonly provinceOf: ProvinceOf;
  name(code: string): Localized | undefined;
  /** The code of what somebody typed; undefined when it is unknown or could be several places. */
  resolve(text: string): string | undefined;
  /** The communes that somebody may mean who typed a name that several have, one of each province; else none. */
  candidates(text: string): readonly { readonly code: string; readonly name: Localized }[];
}
