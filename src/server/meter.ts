import type { Undelivered } from "../channels/channel-error.ts";
import type { ChannelName, Notice } from "../channels/port.ts";

/** Replies go ahead of bulk. */
export type Lane = "reply" | "bulk";

/** What an operator watches as a level. */
export const GAUGES = {
  "access-token-expiry": "seconds since 1970",
  "refresh-token-expiry": "seconds since 1970",
  "messages-left": "messages of the day or month that the network still allows",
  people: "people who count towards the limit of the network",
} as const;
export type GaugeName = keyof typeof GAUGES;

/** Where the parts of the program count what they do. Never says who, which flow or which node. Never throws. */
export interface Meter {
  /** An update was decoded. */
  inbound(channel: ChannelName): void;
  /** A turn was committed; `seconds` from its arrival. */
  turn(channel: ChannelName, seconds: number, duplicate: boolean): void;
  /** A message was taken by the network. */
  sent(channel: ChannelName, lane: Lane): void;
  /** One try failed; `final`: there will be no other. */
  sendFailed(channel: ChannelName, failure: Undelivered, final: boolean): void;
  /** The network asked for a pause. */
  retryAfter(channel: ChannelName, seconds: number): void;
  /** Chats with messages that wait to be sent, now. */
  waiting(channel: ChannelName, chats: number): void;
  /** A request to a webhook was answered. */
  webhook(channel: ChannelName, status: number): void;
  notice(notice: Notice): void;
  gauge(name: GaugeName, channel: ChannelName, value: number): void;
}
