import type { ChannelRate } from "../../channels/port.ts";

/** A pause between two messages to one chat is this much longer, for they travel at different speeds. */
const MARGIN = 1.05;
/** Above it, chats that may get a full burst again are forgotten. */
const MANY_CHATS = 10_000;

/** What each chat may get: so many messages at once, then one after the other. */
export class Chats {
  readonly #burst: number;
  readonly #everyMs: number;
  /** When a chat may get a full burst again. Times that are past get dropped. */
  readonly #whole = new Map<string, number>();
  #sweepAt = MANY_CHATS;

  constructor({ burst, everyMs }: ChannelRate["perChat"]) {
    this.#burst = burst;
    this.#everyMs = everyMs * MARGIN;
  }

  /** Milliseconds until the chat may get another message. */
  wait(chat: string, now: number): number {
    const whole = this.#whole.get(chat);
    return whole === undefined ? 0 : Math.max(0, whole - (this.#burst - 1) * this.#everyMs - now);
  }

  /** The message that uses up the burst begins a whole pause, and so does each that follows. */
  took(chat: string, now: number): void {
    const owed = Math.max(0, (this.#whole.get(chat) ?? now) - now) + this.#everyMs;
    const usedUp = owed > (this.#burst - 1) * this.#everyMs;
    this.#set(chat, now + (usedUp ? this.#burst * this.#everyMs : owed), now);
  }

  /** It had more than one message of late: a refusal may be meant for this chat alone. */
  hadMore(chat: string, now: number): boolean {
    return (this.#whole.get(chat) ?? now) - now > this.#everyMs;
  }

  /** It gets nothing for so long, and then one message after the other. */
  slow(chat: string, now: number, ms: number): void {
    const whole = now + ms + (this.#burst - 1) * this.#everyMs;
    this.#set(chat, Math.max(this.#whole.get(chat) ?? whole, whole), now);
  }

  #set(chat: string, whole: number, now: number): void {
    this.#whole.set(chat, whole);
    if (this.#whole.size <= this.#sweepAt) return;
    for (const [other, time] of this.#whole) if (time <= now) this.#whole.delete(other);
    this.#sweepAt = Math.max(MANY_CHATS, 2 * this.#whole.size);
  }
}
