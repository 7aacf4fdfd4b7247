import type { Input } from "../flow/input.ts";
import type { NumberedMessage } from "./message.ts";

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
  /** Whether the bot must send its messages there; web and terminal fetch theirs. */
  readonly pushed: boolean;
  /** One bubble for each part of a screen, or as few messages as possible. */
  readonly bubbles: "separate" | "joined";
  /** Whether earlier messages can be removed from the person's screen, and how old they may be; milliseconds. */
  readonly canClear: boolean;
  readonly clearMs: number;
  /** Whether a message can be rewritten where it stands. */
  readonly canEdit: boolean;
  /** Whether `tel:` links can be pressed. */
  readonly tapToCall: boolean;
  /** Whether a link can start the bot with a payload. */
  readonly deepLinks: boolean;
  /** How long after a person's message the bot may still write; null: always. */
  readonly messageWindowMs: number | null;
  /** How fast the network permits messages; null where it is not pushed to. */
  readonly rate: ChannelRate | null;
}

/** What a network permits, kept exactly: see `src/delivery/pacer.ts`. */
export interface ChannelRate {
  /** Messages of the whole bot in any second. */
  readonly perSecond: number;
  /** Messages to one chat: so many at once, then one each `everyMs` milliseconds. */
  readonly perChat: { readonly burst: number; readonly everyMs: number };
  /** Requests open at the same time. */
  readonly atOnce: number;
}

/** One decoded update. `chat` and `id` are the network's own, `id` unique within the chat. */
export interface Inbound {
  readonly channel: ChannelName;
  readonly chat: string;
  readonly id: string;
  /** What the network or page says the person reads; used until the person chooses. */
  readonly lang?: "vi" | "en";
  readonly input: Input;
  /** The network's name for what the person wrote, where the bot may remove that later. */
  readonly messageId?: string;
  /** The network's name for a passing message (see `OutMessage`) that the reply may take the place of. */
  readonly replaces?: string;
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
  /** Everything about the person was deleted in this turn: `messages` are held nowhere else. */
  readonly parting: boolean;
}

/** The way into the bot. Resolves once the turn is committed: only then may the network be told "received". */
export type HandleInbound = (inbound: Inbound) => Promise<TurnReceipt>;

/** A message as it leaves for a network: words filled in, the file at hand. */
export interface Outgoing extends NumberedMessage {
  readonly erases: readonly string[];
  /** At most one file; then `text` is its caption. */
  readonly attachment?: { readonly name: string; readonly type: string; readonly bytes: Buffer };
  /** What the attachment says, as texts within the channel's limits, for a network that refuses the file. */
  plainAttachment(): readonly string[];
}

/** The network's names for what it now shows to the person; empty where it gives none. */
export interface SentMessages {
  readonly messageIds: readonly string[];
}

/** A request as the HTTP server took it, for the network's adapter to judge. Header names are in small letters. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Puts JSON into the answer if its status is 200; absent where there can be none. The last one counts. */
  reply?(json: string): void;
}

/** An address at which a network reports updates. */
export interface Webhook {
  /** Below the public address, such as `/webhooks/telegram/4f0c`. */
  readonly path: string;
  /** Largest body in bytes; more is answered with 413 before it is read. */
  readonly bodyLimit: number;
  /**
   * Gives the HTTP status. 200 only after the commit; 401 for what is not the network's; 400 for what cannot be read;
   * 503 when nothing was committed, so that the network repeats. Never rejects for anything a stranger can send.
   */
  receive(request: WebhookRequest): Promise<number>;
}

/** A network that is pushed to. Web and terminal take their messages from the receipt and the outbox instead. */
export interface PushChannel {
  readonly limits: ChannelLimits;
  /** Where updates come in; empty when the channel asks for them itself. Answers 503 before `start`. */
  readonly webhooks: readonly Webhook[];
  /**
   * Checks the token, sets the webhook if it is not, and begins to take updates. Rejects with `AppError`:
   * network_refused when the network does not accept the settings. A network that cannot be reached is asked again
   * in the background.
   */
  start(): Promise<void>;
  /** Sends once. Rejects with `ChannelError`; trying again is the delivery's business. */
  send(address: string, message: Outgoing, signal: AbortSignal): Promise<SentMessages>;
  /** Takes no more updates, lets running ones finish. `send` still works. */
  stop(): Promise<void>;
  /** Messages of the day or month that the network still allows, as far as is known; null: not known, or no limit. */
  allowance?(): number | null;
}

/** Something an operator should know. Never an id, a token, an address or a person's words. */
export interface Notice {
  readonly channel: ChannelName;
  readonly level: "info" | "warn" | "error";
  /** A fixed name such as `token-refused`; explained in docs/networks.vi.md. */
  readonly code: string;
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}
export type Report = (notice: Notice) => void;

/** What every adapter of a network is handed. */
export interface PushDeps {
  readonly handle: HandleInbound;
  readonly report: Report;
  /** Milliseconds since 1970. */
  now(): number;
  /** A text of the namespace `networks`. */
  text(key: string, lang: "vi" | "en", params?: Readonly<Record<string, string>>): string;
  /** Where people and networks reach this server, without a slash at the end; absent: the adapter polls where it can. */
  readonly publicUrl?: string;
  /** Of this installation and this network, always the same, 43 characters of base64url: for webhooks. */
  readonly secret: string;
  /** Folder of the files that `OutMessage.media` names. */
  readonly mediaFolder: string;
}
