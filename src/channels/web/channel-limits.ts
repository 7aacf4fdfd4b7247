import type { ChannelLimits } from "../port.ts";

/** What the chat widget can show. It draws the standing exits itself and clears on demand. */
export const WEB_LIMITS: ChannelLimits = {
  channel: "web",
  textLength: 4_000,
  choices: { kind: "buttons", max: 40, labelLength: 40 },
  media: true,
  standingExits: true,
  canClear: true,
  tapToCall: true,
  deepLinks: true,
  messageWindowMs: null,
  ratePerSecond: null,
};
