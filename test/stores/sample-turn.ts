import type { OutMessage } from "../../src/channels/message.ts";
import type { ChannelName } from "../../src/channels/port.ts";
import type { CitizenKey, CountKey, TurnCommit } from "../../src/stores/citizen-store.ts";
import { ephemeralKeyring } from "../../src/stores/keyring.ts";

/** 15 November 2025, 08:00 in Vietnam. */
export const NOW = Date.UTC(2025, 10, 15, 1);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Keys need not come from the keyring of the store: to a store they are names. */
const keyring = ephemeralKeyring();

export function citizen(name: string): CitizenKey {
  return keyring.citizenKey("web", name);
}

export function message(text: string): OutMessage {
  return { text, choices: [], exits: ["menu", "help"], calls: [], links: [], expects: "nothing", clear: false };
}

export function count(name: string, day = "2025-11-15"): CountKey {
  return { day, flow: "quiz", node: "question", count: name, channel: "web", province: "79" };
}

/** A turn of a citizen that changes nothing but the session, unless told otherwise. */
export function turn(name: string, inputId: string, changes: Partial<TurnCommit> = {}): TurnCommit {
  return {
    key: citizen(name),
    channel: "web",
    inputId,
    at: NOW,
    session: { v: 1, at: inputId },
    address: null,
    messages: [],
    trail: [],
    wakeAt: null,
    expiresAt: NOW + 30 * DAY,
    counts: [],
    referrals: [],
    submissions: [],
    ...changes,
  };
}

/** A turn on Telegram that leaves the citizen subscribed to tips, unless told otherwise. */
export function subscriber(name: string, changes: Subscription = {}, inputId = "1"): TurnCommit {
  const { channel = "telegram", at = NOW, topics = ["tips"], me = {} } = changes;
  return turn(name, inputId, { channel, at, session: { v: 1, met: true, me, topics, frames: [], at } });
}

interface Subscription {
  readonly channel?: ChannelName;
  readonly at?: number;
  readonly topics?: readonly unknown[];
  readonly me?: Readonly<Record<string, unknown>>;
}
