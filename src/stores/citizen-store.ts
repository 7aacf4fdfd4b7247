import type { NumberedMessage, OutMessage } from "../channels/message.ts";
import type { ChannelName } from "../channels/port.ts";
import type { LedgerState } from "./ledger-store.ts";

/** HMAC of channel and chat id, base64url; made by the keyring, meaningless without its key. */
export type CitizenKey = string & { readonly __brand: "CitizenKey" };

export interface CitizenRecord {
  /** The saved session as parsed JSON, of any version; null when nothing is held. */
  readonly session: unknown;
  /** Number of the last message sent to this citizen; 0 when none. */
  readonly seq: number;
  /** True when the input id given to `load` was committed before. */
  readonly seen: boolean;
}

export interface CountKey {
  /** YYYY-MM-DD in Asia/Ho_Chi_Minh. */
  readonly day: string;
  readonly flow: string;
  readonly node: string;
  readonly count: string;
  readonly channel: ChannelName;
  /** Province code, or "" when not known. */
  readonly province: string;
}

/** Everything one turn changes. Applied as a whole or not at all. */
export interface TurnCommit {
  readonly key: CitizenKey;
  readonly channel: ChannelName;
  /** The network's id of the input; kept so that a repeat has no effect. Empty for the bot's own ticks. */
  readonly inputId: string;
  /** Time of the citizen's last input: of this one, unless it is the bot's own tick; milliseconds since 1970. */
  readonly at: number;
  /** The new session; null deletes everything held about the citizen, including pending messages. */
  readonly session: unknown;
  /** The chat id, sealed by the store; null where the channel pulls (web, terminal). */
  readonly address: string | null;
  readonly messages: readonly OutMessage[];
  /** The network's names for what this input put on the person's screen; kept 48 hours, so that it can be removed. */
  readonly trail: readonly string[];
  /** When the bot must look at this citizen again; null: never. */
  readonly wakeAt: number | null;
  /** When everything about this citizen is deleted unless they write before. */
  readonly expiresAt: number;
  readonly counts: readonly CountKey[];
  readonly referrals: readonly { readonly service: string; readonly open: boolean }[];
  /** Words a person agreed to send: stored with box and day only, in no relation to the citizen. */
  readonly submissions: readonly {
    readonly box: "proposal" | "feedback";
    readonly text: string;
    readonly day: string;
  }[];
  /** The turn sends this person a broadcast: their row leaves `planned`, or, if it is not there any more, nothing happens. */
  readonly claim?: { readonly run: string; readonly to: LedgerState };
}

/** What became of the messages up to `seq` on a network that is pushed to. */
export interface Settled {
  /** The network's names for what it now shows; empty when it took nothing. */
  readonly trail: readonly string[];
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly counts: readonly CountKey[];
  /** What was sent is a broadcast: what becomes of the row that is `sending`. */
  readonly ledger?: { readonly run: string; readonly to: LedgerState };
}

/** Somebody to whom messages can be sent. */
export interface Addressee {
  readonly channel: ChannelName;
  /** The chat id, unsealed. */
  readonly address: string;
  /** Time of the citizen's last input; milliseconds since 1970. */
  readonly at: number;
}

/**
 * Hot data. Every method may reject with `StoreError`; the caller may repeat any of them safely.
 * `commit` resolves only after the data would survive a power cut.
 */
export interface CitizenStore {
  load(key: CitizenKey, inputId: string): Promise<CitizenRecord>;
  /**
   * Atomic. Resolves with the numbers given to `messages`. A repeat with the same `inputId` changes nothing and
   * says `duplicate`; so does a `claim` whose row is not planned. Commits of different citizens made at the same time may share one flush.
   */
  commit(turn: TurnCommit): Promise<{ readonly duplicate: boolean; readonly messages: readonly NumberedMessage[] }>;
  /** Messages not yet delivered with a number above `after`, in order; the first `most` of them, if that is given. */
  pending(key: CitizenKey, after: number, most?: number): Promise<readonly NumberedMessage[]>;
  /** Forgets messages up to and including `seq`: the person's device has them. */
  delivered(key: CitizenKey, seq: number): Promise<void>;
  /**
   * As `delivered`, for a message that a network took or never will: with the trail and the counts, in one write.
   * Resolves once that is on disk, so that a crash repeats the message in progress and no other. Does nothing but
   * count for a citizen who is no longer held, or was never given that number. A repeat counts once more.
   */
  settle(key: CitizenKey, seq: number, settled: Settled): Promise<void>;
  /** Everybody with an address and waiting messages, those who waited longest first. */
  backlog(): Promise<readonly Addressee[]>;
  /** Where to send to this citizen; null: nowhere. */
  addressee(key: CitizenKey): Promise<Addressee | null>;
  /** What both sides put on the screen after `since` (milliseconds since 1970), oldest first; at most of 48 hours. */
  trail(key: CitizenKey, since: number): Promise<readonly string[]>;
  /** Citizens whose `wakeAt` has come, oldest first. */
  due(now: number, limit: number): Promise<readonly { readonly key: CitizenKey; readonly channel: ChannelName }[]>;
  /** Deletes citizens past `expiresAt`, and seen ids and trails older than 48 hours; resolves with how many citizens. */
  purge(now: number): Promise<number>;
  counts(fromDay: string, toDay: string): Promise<readonly (CountKey & { readonly n: number })[]>;
  submissions(): Promise<readonly { readonly box: string; readonly day: string; readonly text: string }[]>;
  size(): Promise<{ readonly citizens: number; readonly bytes: number }>;
  close(): Promise<void>;
}
