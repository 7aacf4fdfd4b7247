/** A message on a person's screen, as the network shows it. */
export interface Shown {
  /** The network's name for it. */
  readonly id: string;
  readonly from: "bot" | "person";
  /** Text or caption. */
  readonly text: string;
  /** Labels of the buttons below it, top left first. */
  readonly buttons: readonly string[];
  readonly picture?: { readonly url?: string; readonly bytes?: Buffer };
  readonly file?: { readonly name: string; readonly bytes: Buffer };
  /** Sent without a sound. */
  readonly silent: boolean;
  /** Cannot be forwarded or saved. */
  readonly protected: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** One person with the network's app in hand. Every act becomes an update that the bot gets from the network. */
export interface Phone {
  /** The chat id. */
  readonly chat: string;
  /** What the screen shows now, oldest first: deleted messages are gone, edited ones read as they do now. */
  screen(): readonly Shown[];
  /** Everything the bot ever sent here, in order, deleted or not; edits are not in it. */
  received(): readonly Shown[];
  type(text: string): void;
  /**
   * Taps the newest button with this label; where the network has none, types the number that stands before the label
   * in the newest message that has it. Throws when nothing offers it.
   */
  press(label: string): void;
  /** Taps this button of this message, which may be an old one; on a network without buttons types its number. */
  pressOn(messageId: string, label: string): void;
  /** First contact: Telegram's START (with the payload of the link), Zalo OA's follow, a greeting on a Zalo bot. */
  start(payload?: string): void;
  location(latitude: number, longitude: number): void;
  sticker(): void;
  photo(): void;
  voice(): void;
  /** What an account that the network protects writes (Zalo bot); elsewhere a kind of message nobody knows. */
  unsupported(): void;
  /** The person blocks the bot, or unfollows. Nothing sent afterwards arrives. */
  block(): void;
  unblock(): void;
}

/** How badly the network behaves. Shares are between 0 and 1; all start at 0. */
export interface Faults {
  /** Milliseconds before every answer. */
  latencyMs: number;
  /** Calls whose connection is cut before they had any effect. */
  cutBefore: number;
  /** Calls whose connection is cut after they had their effect. */
  cutAfter: number;
  /** Calls answered with a failure of the network's own (500; error codes where the network has them). */
  failing: number;
  /** Calls answered with "too many requests" although the rate was kept; with `retry_after` where the network has it. */
  tooMany: number;
  /** Updates delivered once more some time after they were acknowledged. */
  redelivered: number;
  /** Updates whose connection to the webhook is cut before the answer is read; they are delivered again. */
  webhookCut: number;
}

/** A call that the real network would refuse, by method. Tests demand that there are none. */
export interface Refusal {
  readonly method: string;
  readonly why: string;
}

/** A local server that speaks a network's API over HTTP as its documents say. */
export interface Network {
  /** `http://127.0.0.1:port`, to be given to the bot as the API root. */
  readonly root: string;
  /** The same name gives the same phone. */
  phone(name: string): Phone;
  readonly faults: Faults;
  /** Calls refused for a fault of the bot's, except such as a test provoked. */
  readonly refusals: readonly Refusal[];
  /** How often each method was called with success. */
  readonly calls: ReadonlyMap<string, number>;
  /**
   * Messages, and rewritings of them (`rewritingOf`), that a `cutAfter` hit: the bot cannot know that they arrived, so
   * it may send them again.
   */
  readonly unknowable: ReadonlySet<string>;
  /** Updates not yet acknowledged by the bot. */
  waiting(): number;
  close(): Promise<void>;
}

/** How a message that was rewritten in its place stands among the unknowable. */
export function rewritingOf(messageId: number | string): string {
  return `${messageId} rewritten`;
}

/** No faults at all; each network has its own copy. */
export function noFaults(): Faults {
  return { latencyMs: 0, cutBefore: 0, cutAfter: 0, failing: 0, tooMany: 0, redelivered: 0, webhookCut: 0 };
}
