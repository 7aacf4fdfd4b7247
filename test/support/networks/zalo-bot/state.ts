import { type Faults, noFaults } from "../network.ts";
import { type Chance, createChance } from "../shared/chance.ts";
import { digitsOf, freshToken } from "../shared/ids.ts";
import { createLedger, type Ledger } from "../shared/ledger.ts";
import { createScreen, type PhoneScreen } from "../shared/screen.ts";

/** What differs between networks one may meet. Shares are between 0 and 1. */
export interface ZaloBotOptions {
  /** Another one for each network, unless it is given. */
  readonly token?: string;
  /** Body of a webhook: `{ok, result}` as documented, the bare event as seen live, or now this and now that (default). */
  readonly shape?: "wrapped" | "flat" | "mixed";
  /** Share of polled updates that lack `event_name`; 0.25. */
  readonly nameless?: number;
  /** Share of webhook deliveries before which an empty POST comes; 0.02. */
  readonly emptyPosts?: number;
  /** Share of updates given out again when the poller vanished without polling once more; 1. The rest is lost. */
  readonly polledAgain?: number;
  /** What becomes of an update that the webhook did not acknowledge; repeated. */
  readonly unacknowledged?: "repeated" | "lost";
  /** Pauses between attempts at the webhook, the last one for ever: the real ones are not known. 20 ms to 800 ms. */
  readonly retryMs?: readonly number[];
  /** How many people the plan permits; 50. */
  readonly users?: number;
  /** How many messages the plan permits in a month; 3,000. */
  readonly messagesPerMonth?: number;
  /** The rate that nobody publishes; 5 messages a second. */
  readonly perSecond?: number;
  /** How many messages more may arrive at once; 5. */
  readonly slack?: number;
  /** How often `setWebhook` is permitted in a day; 10. */
  readonly webhookCalls?: number;
  /** Errors inside HTTP 200 (default), or with a status of their own. */
  readonly errorStatus?: "ok" | "real";
  /** Whether the `webhook.test` probe carries the secret; false. */
  readonly probeSecret?: boolean;
  /** Refuses addresses that are not public HTTPS, as the real one does; false. */
  readonly publicOnly?: boolean;
  /** Pause before a picture is fetched a second time; 200 ms. */
  readonly pictureAgainMs?: number;
  readonly seed?: number;
}

/** A private chat or a group. */
export interface BotChat {
  readonly id: string;
  readonly type: "PRIVATE" | "GROUP";
  readonly screen: PhoneScreen;
  /** Somebody has written there: the bot may answer. */
  wrote: boolean;
  blocked: boolean;
}

export interface Hook {
  readonly url: string;
  readonly secret: string;
  readonly at: number;
}

/** Everything a local network of one Zalo bot knows. */
export interface BotState {
  readonly options: Required<ZaloBotOptions>;
  readonly token: string;
  readonly botId: string;
  readonly faults: Faults;
  readonly chance: Chance;
  readonly ledger: Ledger;
  readonly chats: Map<string, BotChat>;
  /** Timers of pictures to be fetched again. */
  readonly timers: Set<NodeJS.Timeout>;
  hook: Hook | null;
  /** The owner has taken a new token: this one is refused. */
  revoked: boolean;
  /** How far the network's clock is ahead of the machine's. */
  aheadMs: number;
  now(): number;
}

const DEFAULTS: Omit<Required<ZaloBotOptions>, "token"> = {
  shape: "mixed",
  nameless: 0.25,
  emptyPosts: 0.02,
  polledAgain: 1,
  unacknowledged: "repeated",
  retryMs: [20, 50, 100, 200, 400, 800],
  users: 50,
  messagesPerMonth: 3_000,
  perSecond: 5,
  slack: 5,
  webhookCalls: 10,
  errorStatus: "ok",
  probeSecret: false,
  publicOnly: false,
  pictureAgainMs: 200,
  seed: 1,
};

export function createBotState(given: ZaloBotOptions): BotState {
  const options = { token: `123456789:${freshToken()}`, ...DEFAULTS, ...given };
  const state: BotState = {
    options,
    token: options.token,
    botId: digitsOf(options.token, "1"),
    faults: noFaults(),
    chance: createChance(options.seed),
    ledger: createLedger(),
    chats: new Map(),
    timers: new Set(),
    hook: null,
    revoked: false,
    aheadMs: 0,
    now: () => Date.now() + state.aheadMs,
  };
  return state;
}

/** The chat of this id, opened when it is new. */
export function chatOf(state: BotState, id: string, type: BotChat["type"]): BotChat {
  const known = state.chats.get(id);
  if (known !== undefined) return known;
  const chat: BotChat = { id, type, screen: createScreen(), wrote: false, blocked: false };
  state.chats.set(id, chat);
  return chat;
}
