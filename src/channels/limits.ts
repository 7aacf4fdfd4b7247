import type { ChannelLimits, ChannelName } from "./port.ts";

const DAY_MS = 86_400_000;

/** Telegram lets a bot delete what is younger than 48 hours; a list with one older message is refused as a whole. */
const TELEGRAM_CLEAR_MS = 2 * DAY_MS - 10 * 60_000;

/** What the Bot and the Official Account of Zalo have in common. */
const ZALO = {
  textLength: 2_000,
  choices: { kind: "numbers", max: 99 },
  media: true,
  files: false,
  standingExits: false,
  pushed: true,
  bubbles: "joined",
  canClear: false,
  clearMs: 0,
  canEdit: false,
  tapToCall: false,
  deepLinks: false,
} as const;

/** Nothing is published: a small rate of our own, and one message after the other in a chat. */
const ZALO_BOT_RATE = { perSecond: 5, perChat: { burst: 3, everyMs: 1_000 }, atOnce: 8 } as const;
/** 4,000 requests a minute for an app, all kinds of requests together. */
const ZALO_OA_RATE = { perSecond: 60, perChat: { burst: 5, everyMs: 500 }, atOnce: 16 } as const;

/**
 * What each network can do. Telegram: Bot API, 4,096 units, callback data 64 bytes, 30 messages a second for a bot and one a second for a chat beside short bursts.
 * Zalo Bot: no buttons, 2,000 units, no files. Zalo OA: 2,000 units, files, consultation messages within 7 days; buttons
 * are an extra beside the numbers, so the numbers are always there. Web and terminal are ours.
 */
const LIMITS: { readonly [C in ChannelName]: ChannelLimits } = {
  terminal: {
    channel: "terminal",
    textLength: 4_000,
    choices: { kind: "numbers", max: 99 },
    media: false,
    files: false,
    standingExits: false,
    pushed: false,
    bubbles: "joined",
    canClear: true,
    clearMs: Number.POSITIVE_INFINITY,
    canEdit: false,
    tapToCall: false,
    deepLinks: false,
    messageWindowMs: null,
    rate: null,
  },
  web: {
    channel: "web",
    textLength: 4_000,
    choices: { kind: "buttons", max: 30, labelLength: 60 },
    media: true,
    files: true,
    standingExits: true,
    pushed: false,
    bubbles: "separate",
    canClear: true,
    clearMs: Number.POSITIVE_INFINITY,
    canEdit: false,
    tapToCall: true,
    deepLinks: true,
    messageWindowMs: null,
    rate: null,
  },
  telegram: {
    channel: "telegram",
    textLength: 4_096,
    choices: { kind: "buttons", max: 30, labelLength: 60 },
    media: true,
    files: true,
    standingExits: false,
    pushed: true,
    bubbles: "joined",
    canClear: true,
    clearMs: TELEGRAM_CLEAR_MS,
    canEdit: true,
    tapToCall: false,
    deepLinks: true,
    messageWindowMs: null,
    rate: { perSecond: 30, perChat: { burst: 3, everyMs: 1_000 }, atOnce: 32 },
  },
  "zalo-bot": { channel: "zalo-bot", ...ZALO, messageWindowMs: null, rate: ZALO_BOT_RATE },
  "zalo-oa": { channel: "zalo-oa", ...ZALO, files: true, messageWindowMs: 7 * DAY_MS, rate: ZALO_OA_RATE },
};

/** The declared limits of a channel. */
export function limitsOf(channel: ChannelName): ChannelLimits {
  return LIMITS[channel];
}
