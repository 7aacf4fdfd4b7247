import { setTimeout as pause } from "node:timers/promises";
import PQueue from "p-queue";
import type { ChannelRate } from "../channels/port.ts";
import type { Lane } from "../server/meter.ts";

/** Replies go before messages that nobody is waiting for. */
const PRIORITIES = { bulk: 0, reply: 1 } as const satisfies Record<Lane, number>;

/**
 * What a second of the network's is taken to last, so that messages that travel at different speeds do not arrive
 * closer together than it permits.
 */
const SECOND_MS = 1_050;
/** The same for the pause between two messages to one chat. */
const MARGIN = 1.05;
/**
 * A second's messages leave in so many parts: all at once they would be in the air together, and a crash at that
 * moment would send each of them again.
 */
const SLICES = 10;
/** Above it, chats that may get a full burst again are forgotten. */
const MANY_CHATS = 10_000;

/**
 * Keeps to what one network permits: so many messages in any second, so many requests at a time, and so many messages
 * to one chat. Uses all of it when there is enough to send.
 */
export class Pacer {
  readonly #queue: PQueue;
  readonly #perChat: ChannelRate["perChat"];
  readonly #now: () => number;
  /** When a chat may get a full burst again; milliseconds since 1970. Times that are past get dropped. */
  readonly #chats = new Map<string, number>();
  /** Ends everybody's waiting. A signal would walk through all its listeners for each new one: there may be many. */
  readonly #waiting = new Set<() => void>();
  #closed = false;
  #resumeAt = 0;
  #resume: NodeJS.Timeout | undefined;

  constructor({ perSecond, perChat, atOnce }: ChannelRate, now: () => number) {
    const slice = Math.max(1, Math.floor(perSecond / SLICES));
    const interval = (slice / perSecond) * SECOND_MS;
    this.#queue = new PQueue({ concurrency: atOnce, intervalCap: slice, interval, strict: true });
    this.#perChat = perChat;
    this.#now = now;
  }

  /** Runs `task` as soon as both the chat and the bot may send. Rejects when the pacer is closed before it is done. */
  run<T>(chat: string, lane: Lane, task: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const giveUp = () => reject(new Error("closed"));
      this.#waiting.add(giveUp);
      this.#inTurn(chat, lane, task)
        .then(resolve, reject)
        .finally(() => this.#waiting.delete(giveUp));
    });
  }

  /** A message goes to this chat: its next ones have to leave room. */
  took(chat: string): void {
    const now = this.#now();
    this.#chats.set(chat, Math.max(this.#chats.get(chat) ?? 0, now) + this.#perChat.everyMs * MARGIN);
    if (this.#chats.size > MANY_CHATS) this.#sweep(now);
  }

  /** The process before this one may have sent this chat a whole burst a moment ago: one message, then one by one. */
  beginSlowly(chat: string): void {
    const { burst, everyMs } = this.#perChat;
    this.#chats.set(chat, this.#now() + (burst - 1) * everyMs * MARGIN);
  }

  /** Nothing leaves for `milliseconds`: the network asked the whole bot to pause. */
  hold(milliseconds: number): void {
    const until = this.#now() + milliseconds;
    if (until <= this.#resumeAt) return;
    this.#resumeAt = until;
    this.#queue.pause();
    clearTimeout(this.#resume);
    this.#resume = setTimeout(() => this.#queue.start(), milliseconds).unref();
  }

  /** Begins no task any more. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#resume);
    this.#queue.clear();
    for (const giveUp of this.#waiting) giveUp();
  }

  async #inTurn<T>(chat: string, lane: Lane, task: () => Promise<T>): Promise<T> {
    const wait = this.#waitOf(chat);
    if (wait > 0) await pause(wait, undefined, { ref: false });
    if (this.#closed) throw new Error("closed");
    return this.#queue.add(task, { priority: PRIORITIES[lane] });
  }

  /** Milliseconds until the chat may get another message. */
  #waitOf(chat: string): number {
    const { burst, everyMs } = this.#perChat;
    const whole = this.#chats.get(chat);
    return whole === undefined ? 0 : Math.max(0, whole - (burst - 1) * everyMs * MARGIN - this.#now());
  }

  #sweep(now: number): void {
    for (const [chat, whole] of this.#chats) if (whole <= now) this.#chats.delete(chat);
  }
}
