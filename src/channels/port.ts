import type { Input } from "../flow/input.ts";

/** Names of the networks. Adapters translate; they never decide. */
export const CHANNELS = ["terminal", "web", "telegram", "zalo-bot", "zalo-oa"] as const;
export type ChannelName = (typeof CHANNELS)[number];

/** What a channel can do, as plain data: the renderer fits screens to it and the checks hold texts against it. */
export interface ChannelLimits {
  readonly channel: ChannelName;
  /** UTF-16 units of one message. */
  readonly textLength: number;
  /** Buttons, or numbered text where there are none. */
  readonly choices:
    | { readonly kind: "buttons"; readonly max: number; readonly labelLength: number }
    | { readonly kind: "numbers"; readonly max: number };
  /** Whether pictures and recordings can be sent. */
  readonly media: boolean;
  /** Whether a draft can be handed over as a file; without, its words are shown. */
  readonly files: boolean;
  /** Whether the channel shows standing exits (menu, help) itself; if not, they are written as a line of text. */
  readonly standingExits: boolean;
  /** Whether earlier messages can be removed from the person's screen. */
  readonly canClear: boolean;
  /** Whether `tel:` links can be pressed. */
  readonly tapToCall: boolean;
  /** Whether a link can start the bot with a payload. */
  readonly deepLinks: boolean;
  /** How long after a person's message the bot may still write; null: always. */
  readonly messageWindowMs: number | null;
  /** Messages per second the network permits for the whole bot; null: no limit of its own. */
  readonly ratePerSecond: number | null;
}

/** One decoded update. `chat` and `id` are the network's own, `id` unique within the chat. */
export interface Inbound {
  readonly channel: ChannelName;
  readonly chat: string;
  readonly id: string;
  /** What the network or page says the person reads; used until the person chooses. */
  readonly lang?: "vi" | "en";
  readonly input: Input;
}

export interface OutChoice {
  readonly id: string;
  readonly label: string;
  readonly token: string;
}

/** One message as a channel delivers it: rendered, in one language, within the channel's limits. */
export interface OutMessage {
  readonly text: string;
  readonly choices: readonly OutChoice[];
  readonly exits: readonly ("menu" | "help")[];
  readonly calls: readonly { readonly label: string; readonly tel: string }[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly media?: { readonly kind: "image" | "voice"; readonly file: string };
  /** Drafts to fetch by `id` while memory holds them. */
  readonly files?: readonly { readonly id: string; readonly name: string; readonly label: string }[];
  /** Memory holds words that take the place of `text` when the message is delivered. */
  readonly held?: string;
  readonly expects: "choice" | "text" | "number" | "place" | "nothing";
  readonly clear: boolean;
}

/** An `OutMessage` with its number in the conversation: 1, 2, 3 … without gaps for each citizen. */
export interface NumberedMessage extends OutMessage {
  readonly seq: number;
}

/** What a turn gave back. `duplicate`: the input had its effect before; nothing happened now. */
export interface TurnReceipt {
  readonly duplicate: boolean;
  readonly messages: readonly NumberedMessage[];
  readonly flow: string | null;
  readonly node: string | null;
  /** The language the person reads now. */
  readonly lang: "vi" | "en";
  /** The person chose to stay known: a page may remember its token after it is closed. */
  readonly keep: boolean;
}

/** The way into the bot. Resolves once the turn is committed: only then may the network be told "received". */
export type HandleInbound = (inbound: Inbound) => Promise<TurnReceipt>;

/**
 * A network that is pushed to. Web and terminal take their messages from the receipt and the outbox instead.
 * @public the port of the network adapters
 */
export interface PushChannel {
  readonly limits: ChannelLimits;
  start(handle: HandleInbound): Promise<void>;
  /** Delivers once. Rejects with `ChannelError`; trying again is the outbox's business. */
  send(address: string, message: NumberedMessage, signal: AbortSignal): Promise<{ readonly messageId: string }>;
  stop(): Promise<void>;
}
