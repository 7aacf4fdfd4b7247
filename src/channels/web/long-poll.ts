import { setTimeout as pause } from "node:timers/promises";
import type { NumberedMessage } from "../message.ts";

/** How long one poll stays open, in milliseconds. Below the 30 s after which many proxies cut. */
const OPEN_MS = 25_000;
/** Milliseconds between two looks; grows to the second value so that idle browsers cost little. */
const LOOK_MS = { first: 250, last: 2_000 } as const;
/** Polls that may be open at once; above it a poll is answered with what is there. */
const OPEN_MAX = 2_000;

/** Waits for messages that come without an input. One open poll for each chat: a newer one ends the older. */
export class LongPolls {
  readonly #look: (chat: string, after: number) => Promise<readonly NumberedMessage[]>;
  readonly #open = new Map<string, AbortController>();
  #closed = false;

  constructor(look: (chat: string, after: number) => Promise<readonly NumberedMessage[]>) {
    this.#look = look;
  }

  /** Resolves with the first messages above `after`, or with none after 25 s, on `gone`, or when ended. */
  async wait(chat: string, after: number, gone: AbortSignal): Promise<readonly NumberedMessage[]> {
    this.#open.get(chat)?.abort();
    if (this.#closed || this.#open.size >= OPEN_MAX) return this.#look(chat, after);
    const mine = new AbortController();
    this.#open.set(chat, mine);
    try {
      const until = AbortSignal.timeout(OPEN_MS);
      return await this.#watch(chat, after, AbortSignal.any([mine.signal, gone, until]));
    } finally {
      if (this.#open.get(chat) === mine) this.#open.delete(chat);
    }
  }

  /** Ends every open poll with an empty answer; later ones do not wait. */
  close(): void {
    this.#closed = true;
    for (const poll of this.#open.values()) poll.abort();
  }

  async #watch(chat: string, after: number, end: AbortSignal): Promise<readonly NumberedMessage[]> {
    for (let ms: number = LOOK_MS.first; ; ms = Math.min(ms * 1.5, LOOK_MS.last)) {
      const messages = await this.#look(chat, after);
      if (messages.length > 0 || end.aborted) return messages;
      await pause(ms, undefined, { signal: end, ref: false }).catch(() => undefined);
    }
  }
}
