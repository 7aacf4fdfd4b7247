import type { Undelivered } from "../channels/channel-error.ts";
import type { ChannelName } from "../channels/port.ts";
import type { Lang, Topic } from "../flow/ids.ts";
import type { CitizenKey } from "./citizen-store.ts";

/** Why somebody who was planned for a broadcast was not sent it. */
export const SKIPS = ["unsubscribed", "window-closed", "quota-spent", "channel-off", "expired", "aborted"] as const;
export type Skip = (typeof SKIPS)[number];

/** Why a try came to nothing. `interrupted`: the process ended while it was under way, so it may have arrived. */
export type Failure = Undelivered | "interrupted";

/** What became of one person in one run. A row leaves `planned` once and never comes back except by `postpone`. */
export type LedgerState =
  | { readonly state: "planned" }
  | { readonly state: "sending" }
  | { readonly state: "sent" }
  | { readonly state: "skipped"; readonly why: Skip }
  | { readonly state: "failed"; readonly why: Failure };

/** Somebody who subscribed to at least one topic. */
export interface Subscriber {
  readonly key: CitizenKey;
  readonly channel: ChannelName;
  readonly topics: readonly Topic[];
  readonly lang: Lang | undefined;
  /** Code of the province or commune they gave. */
  readonly place: string | undefined;
  /** Time of their last input; milliseconds since 1970. */
  readonly at: number;
}

/** One sending of a broadcast: the whole of it, or one day of a series. */
export interface Run {
  /** `<broadcast>` or `<broadcast>@<day>`. */
  readonly run: string;
  readonly startedAt: number;
  /** Everybody who had a subscription when it began has been looked at. */
  readonly planned: boolean;
  /** Null while it goes on. */
  readonly closed: { readonly at: number; readonly as: "done" | "aborted" | "expired" } | null;
}

export interface LedgerRow {
  readonly key: CitizenKey;
  readonly channel: ChannelName;
  /** The chat id, unsealed; null where the channel pulls. */
  readonly address: string | null;
}

/** How many people of a channel are in a state, those who were forgotten since among them. */
export interface Tally {
  readonly channel: ChannelName;
  readonly state: LedgerState["state"];
  /** Empty for states that have no reason. */
  readonly why: Skip | Failure | "";
  readonly n: number;
}

/**
 * Who was, is or will be sent a broadcast: one row for each person and run. Every method may reject with `StoreError`
 * and may be repeated. A change resolves once it is on disk. The change from `planned` to `sending` or `sent` is part of
 * `CitizenStore.commit` (`claim`), the one from `sending` part of `CitizenStore.settle` (`ledger`).
 */
export interface LedgerStore {
  /**
   * Subscribers in the order of `cursor`, at most `most` rows looked at; `next` is the cursor to go on with, null at
   * the end. A cursor of 0 begins.
   */
  subscribers(
    cursor: number,
    most: number,
  ): Promise<{ readonly people: readonly Subscriber[]; readonly next: number | null }>;
  /** Begins a run, or resolves with the one that has begun. People who come later are not part of it. */
  begin(run: string, at: number): Promise<Run>;
  /**
   * Looks at up to `most` more people who had a subscription when the run began and are not looked at yet, and plans
   * those that `judge` does not leave out: `planned`, a reason to skip them, or null for whoever is not meant. Rows
   * and progress are one write. Resolves with whether all have been looked at.
   */
  plan(run: string, most: number, judge: (person: Subscriber) => "planned" | Skip | null): Promise<boolean>;
  /** Planned rows of a channel whose time has come, first come first. */
  next(run: string, channel: ChannelName, now: number, most: number): Promise<readonly LedgerRow[]>;
  /** A row that is `planned`, or `sending` and surely did not arrive, waits until `dueAt`. */
  postpone(run: string, key: CitizenKey, dueAt: number): Promise<void>;
  /** All rows that are still planned, of one channel or all, are skipped. Resolves with how many. */
  skipPlanned(run: string, why: Skip, channel?: ChannelName): Promise<number>;
  /** After a start: what the process before this one was sending is `failed: interrupted`. Resolves with how many. */
  interrupt(): Promise<number>;
  /** Ends a run. A closed one stays closed. */
  close(run: string, as: "done" | "aborted" | "expired", at: number): Promise<void>;
  /** All runs, of one broadcast if it is given, newest first. */
  runs(broadcast?: string): Promise<readonly Run[]>;
  tally(run: string): Promise<readonly Tally[]>;
}
