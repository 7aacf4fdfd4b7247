import type { ChannelLimits, ChannelName } from "./port.ts";

const DAY_MS = 86_400_000;

/** What the Bot and the Official Account of Zalo have in common. */
const ZALO = {
  textLength: 2_000,
  choices: { kind: "numbers", max: 99 },
  media: true,
  files: false,
  standingExits: false,
  canClear: false,
  tapToCall: false,
  deepLinks: false,
  ratePerSecond: null,
} as const;

/**
 * What each network can do. Telegram: Bot API, 4,096 units, callback data 64 bytes, 30 messages a second for a bot.
 * Zalo Bot: no buttons, 2,000 units, no files. Zalo OA: 2,000 units, consultation messages within 7 days; buttons and
 * files stay off until the operator has tried them. Web and terminal are ours.
 */
const LIMITS: { readonly [C in ChannelName]: ChannelLimits } = {
  terminal: {
    channel: "terminal",
    textLength: 4_000,
    choices: { kind: "numbers", max: 99 },
    media: false,
    files: false,
    standingExits: false,
    canClear: true,
    tapToCall: false,
    deepLinks: false,
    messageWindowMs: null,
    ratePerSecond: null,
  },
  web: {
    channel: "web",
    textLength: 4_000,
    choices: { kind: "buttons", max: 30, labelLength: 60 },
    media: true,
    files: true,
    standingExits: true,
    canClear: true,
    tapToCall: true,
    deepLinks: true,
    messageWindowMs: null,
    ratePerSecond: null,
  },
  telegram: {
    channel: "telegram",
    textLength: 4_096,
    choices: { kind: "buttons", max: 30, labelLength: 60 },
    media: true,
    files: true,
    standingExits: false,
    canClear: true,
    tapToCall: false,
    deepLinks: true,
    messageWindowMs: null,
    ratePerSecond: 30,
  },
  "zalo-bot": { channel: "zalo-bot", ...ZALO, messageWindowMs: null },
  "zalo-oa": { channel: "zalo-oa", ...ZALO, messageWindowMs: 7 * DAY_MS },
};

/** The declared limits of a channel. */
export function limitsOf(channel: ChannelName): ChannelLimits {
  return LIMITS[channel];
}
