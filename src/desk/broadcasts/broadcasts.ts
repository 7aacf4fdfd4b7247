import type { Broadcast, Content, Segment } from "../../broadcast/broadcast.ts";
import type { Preview } from "../../broadcast/preview.ts";
import type { Reach } from "../../broadcast/reach.ts";
import type { Localized } from "../../flow/ids.ts";
import type { Run, Tally } from "../../stores/ledger-store.ts";
import type { Actor } from "../access.ts";

/** A run with what has become of it so far. */
export interface RunProgress {
  readonly run: Run;
  readonly tallies: readonly Tally[];
}

/** How a broadcast stands now, for people. */
export type Standing =
  | "draft"
  | "submitted"
  /** Released; its time has not come. */
  | "scheduled"
  | "sending"
  /** Its time has come, and it waits for 07:00. */
  | "quiet"
  | "paused"
  | "done"
  /** Its end came before everybody was reached. */
  | "expired"
  | "aborted";

export interface BroadcastView {
  readonly broadcast: Broadcast;
  readonly standing: Standing;
  readonly runs: readonly RunProgress[];
  /** When it is sent next; milliseconds since 1970; null: not any more, or not released. */
  readonly nextAt: number | null;
  /** Names of author and releaser. */
  readonly authorName: string;
  readonly releasedByName: string | null;
}

/** Where a choice below a message can lead, with the label it usually has. */
export type Destination = { readonly label: Localized } & ({ readonly payload: string } | { readonly quiz: string });

export interface TipTopicChoice {
  readonly topic: string;
  readonly title: Localized;
}

export interface BroadcastQueries {
  /** Those that concern this person's place, those changed last first. */
  list(by: Actor): Promise<readonly BroadcastView[]>;
  /** Rejects with `DeskProblem` not-found, outside-place. */
  view(id: string, by: Actor): Promise<BroadcastView>;
  /** As it would look on each channel in each language. `at`: the moment it is sent, for tips and quizzes of the day. */
  preview(content: Content, segment: Segment, at: number): readonly Preview[];
  /** Who can be reached now. */
  reach(segment: Segment): Promise<Reach>;
  ways(): readonly Destination[];
  /** Topics from which the tip of the day can be chosen. */
  tipTopics(): readonly TipTopicChoice[];
}
