import type { ChannelRate } from "../channels/port.ts";
import type { Lane } from "../server/meter.ts";
import { Chats } from "./pace/chats.ts";
import { Fifo } from "./pace/fifo.ts";
import { type Departure, Pace } from "./pace/pace.ts";

/** One task of somebody who waits. */
interface Errand {
  readonly chat: string;
  readonly lane: Lane;
  /** Resolves once the task has ended, however it did. */
  begin(): Promise<void>;
  giveUp(): void;
  /** What became of it: it ended without a message, the network answered, or it said "too many". */
  how: "unused" | "taken" | "refused";
}

/** Tasks begun in one turn of the event loop. */
const AT_A_TIME = 4;
/** Two chats refused within this time mean the whole bot. */
const SAME_REASON_MS = 10_000;
/** Above this share of a second's messages, a refusal is taken for one of the whole bot. */
const MANY = 0.5;
/** Longest time that a timer is set for; then it looks again. */
const LONG_MS = 60_000;

/**
 * Keeps to what one network permits: so many messages in any second, so many requests at a time, and so many messages
 * to one chat. Uses all of it when there is enough to send, learns from refusals what that is, and lets replies go
 * ahead of messages that nobody is waiting for. What a message costs does not depend on how many wait.
 */
export class Pacer {
  readonly #atOnce: number;
  readonly #pace: Pace;
  readonly #chats: Chats;
  readonly #lanes = { reply: new Fifo<Errand>(), bulk: new Fifo<Errand>() } as const satisfies Record<Lane, unknown>;
  /** Those whose chat may not have a message yet. */
  readonly #resting = new Map<Errand, NodeJS.Timeout>();
  readonly #running = new Set<Errand>();
  #closed = false;
  #resumeAt = Number.NEGATIVE_INFINITY;
  #lastRefused = { chat: "", at: Number.NEGATIVE_INFINITY };
  #timer: NodeJS.Timeout | undefined;
  #nextTurn: NodeJS.Immediate | undefined;
  /** Tasks begun in this turn of the event loop. */
  #begun = 0;

  constructor({ perSecond, perChat, atOnce }: ChannelRate) {
    this.#atOnce = atOnce;
    this.#pace = new Pace(perSecond);
    this.#chats = new Chats(perChat);
  }

  /** What the network permits, as far as its answers tell; messages a second. */
  get perSecond(): number {
    return this.#pace.perSecond;
  }

  /**
   * Runs `task` as soon as both the chat and the bot may send. The task calls `took` just before it sends, and ends
   * when the network has answered: from that the pacer learns how long messages travel. Rejects when the pacer is
   * closed before the task is done.
   */
  run<T>(chat: string, lane: Lane, task: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(closed());
      const begin = () => task().then(resolve, reject);
      this.#queue({ chat, lane, begin, giveUp: () => reject(closed()), how: "unused" });
    });
  }

  /** A message goes to this chat: its next ones have to leave room. */
  took(chat: string): void {
    this.#chats.took(chat, performance.now());
    this.#mark(chat, "unused", "taken");
  }

  /**
   * The network said "too many" to the message that is on its way to this chat, and to wait so many milliseconds. Called
   * before the task ends. Either the chat alone waits, or the whole bot does, and learns.
   */
  refused(chat: string, waitMs: number): void {
    const lane = this.#mark(chat, "taken", "refused")?.lane ?? "bulk";
    const now = performance.now();
    const isShared = this.#isShared(chat, lane, now);
    this.#lastRefused = { chat, at: now };
    if (!isShared) return this.#chats.slow(chat, now, waitMs);
    if (now >= this.#resumeAt) this.#pace.refused(now);
    this.hold(waitMs);
  }

  /** The process before this one may have sent this chat a whole burst a moment ago: one message, then one by one. */
  beginSlowly(chat: string): void {
    this.#chats.slow(chat, performance.now(), 0);
  }

  /** Nothing leaves for `milliseconds`: the network asked the whole bot to pause. */
  hold(milliseconds: number): void {
    this.#resumeAt = Math.max(this.#resumeAt, performance.now() + milliseconds);
    this.#pace.rest();
    this.#go();
  }

  /** Begins no task any more. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const timer of this.#resting.values()) clearTimeout(timer);
    const { reply, bulk } = this.#lanes;
    const waiting = [...this.#running, ...this.#resting.keys(), ...reply.clear(), ...bulk.clear()];
    this.#resting.clear();
    for (const errand of waiting) errand.giveUp();
  }

  /**
   * Whether the network means the whole bot, which it does not say: surely when it refused another chat a moment ago; not
   * when this chat had other messages of late; else if the message was one of many.
   */
  #isShared(chat: string, lane: Lane, now: number): boolean {
    const last = this.#lastRefused;
    if (last.chat !== chat && now - last.at < SAME_REASON_MS) return true;
    if (this.#chats.hadMore(chat, now)) return false;
    return lane === "bulk" || this.#pace.used(now) > MANY;
  }

  /** Two messages of a chat can be on their way at once; which of them it is does not matter. */
  #mark(chat: string, from: Errand["how"], to: Errand["how"]): Errand | undefined {
    for (const errand of this.#running) {
      if (errand.chat !== chat || errand.how !== from) continue;
      errand.how = to;
      return errand;
    }
    return undefined;
  }

  #queue(errand: Errand): void {
    const wait = this.#chats.wait(errand.chat, performance.now());
    if (wait > 0) return this.#rest(errand, wait);
    this.#lanes[errand.lane].push(errand);
    // With a timer set it is known that nothing else may leave until then.
    if (this.#timer === undefined || errand.lane === "reply") this.#go();
  }

  #rest(errand: Errand, ms: number): void {
    const timer = setTimeout(() => {
      this.#resting.delete(errand);
      this.#queue(errand);
    }, Math.ceil(ms));
    this.#resting.set(errand, timer.unref());
  }

  /** Begins what may begin, and sets the timer for the next moment at which something may. */
  #go(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (!this.#closed && this.#running.size < this.#atOnce) {
      const lane = this.#lanes.reply.size > 0 ? "reply" : "bulk";
      if (this.#lanes[lane].size === 0) return this.#pace.rest();
      const now = performance.now();
      const wait = Math.max(this.#resumeAt - now, this.#pace.wait(lane, now));
      if (wait > 0) return this.#lookAgain(wait);
      if (!this.#mayBegin()) return;
      const errand = this.#lanes[lane].shift();
      if (errand === undefined) return;
      const rest = this.#chats.wait(errand.chat, now);
      if (rest > 0) this.#rest(errand, rest);
      else void this.#begin(errand, this.#pace.leave(now));
    }
  }

  /** A few in each turn of the event loop: answers are heard in between, and everybody else is served. */
  #mayBegin(): boolean {
    if (this.#begun >= AT_A_TIME) return false;
    this.#begun++;
    this.#nextTurn ??= setImmediate(() => {
      this.#nextTurn = undefined;
      this.#begun = 0;
      this.#go();
    });
    return true;
  }

  #lookAgain(ms: number): void {
    this.#timer = setTimeout(() => this.#go(), Math.min(ms, LONG_MS)).unref();
  }

  async #begin(errand: Errand, departure: Departure): Promise<void> {
    this.#running.add(errand);
    await errand.begin();
    this.#running.delete(errand);
    if (errand.how === "unused") this.#pace.unused(departure);
    else this.#pace.answered(departure, performance.now(), errand.how);
    this.#go();
  }
}

function closed(): Error {
  return new Error("closed");
}
