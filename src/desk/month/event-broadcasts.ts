import type { Broadcast } from "../../broadcast/broadcast.ts";
import type { Actor } from "../access.ts";
import type { BroadcastView } from "../broadcasts/broadcasts.ts";
import type { LocalEvent } from "./month.ts";

/** What somebody writes of a broadcast. */
export type BroadcastDraft = Pick<Broadcast, "title" | "content" | "segment" | "schedule">;

/** What the month asks of broadcasts. */
export interface EventBroadcasts {
  /** Those that concern this person's place. */
  list(by: Actor): Promise<readonly BroadcastView[]>;
  /** Writes a draft; resolves with its id. Rejects with `DeskProblem` when it is not this person's to write. */
  put(draft: BroadcastDraft, by: Actor): Promise<string>;
  /**
   * Releases the reminders of an event in place of those it has that are not sent yet. Who wrote the event wrote them,
   * and `by` has released it. May be repeated: the same reminders are not put twice. Rejects with `DeskProblem`.
   */
  releaseFor(event: LocalEvent, reminders: readonly BroadcastDraft[], by: Actor): Promise<void>;
  /** Aborts the reminders of an event that are not sent yet. May be repeated. */
  cancelFor(event: LocalEvent, by: Actor): Promise<void>;
}
