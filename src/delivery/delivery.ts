import { setMaxListeners } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { ChannelError, type Undelivered } from "../channels/channel-error.ts";
import type { NumberedMessage } from "../channels/message.ts";
import type { ChannelName, PushChannel, Report, SentMessages } from "../channels/port.ts";
import type { Lane, Meter } from "../server/meter.ts";
import { Line } from "./line.ts";
import { type Held, outgoing } from "./outgoing.ts";
import { Pacer } from "./pacer.ts";
import { STALE_MS, verdictOn } from "./verdict.ts";

export interface DeliveryDeps extends Held {
  readonly channel: PushChannel;
  /** The first message that waits for this chat. */
  next(chat: string): Promise<NumberedMessage | undefined>;
  /** What both sides have on the screen, for a message that clears it. */
  trail(chat: string): Promise<readonly string[]>;
  /** The message is sent, or never will be: it leaves the outbox. Resolves once that is on disk. */
  settle(chat: string, seq: number, result: SentMessages | Undelivered): Promise<void>;
  /** The network says that this person cannot be reached any more. */
  unreachable(chat: string): Promise<void>;
  readonly report: Report;
  readonly meter: Pick<Meter, "sent" | "sendFailed" | "retryAfter" | "waiting">;
  now(): number;
  /** In [0, 1). */
  random(): number;
}

/** The store could not be read or written: try again after this. */
const STORE_PAUSE_MS = 1_000;
/** How long an answer may take once nothing new is sent. */
const IN_THE_AIR_MS = 3_000;

/** What to do after a step: look again in so many milliseconds, whatever else happens if `firm`. */
interface Rest {
  readonly ms: number;
  readonly firm?: true;
}
const GO_ON: Rest = { ms: 0 };

/**
 * Sends what the outbox holds for one network: in order within a chat, chats side by side, one message of a chat at a
 * time and settled on disk before the next, so that a crash repeats at most the one in progress. What cannot be sent
 * is tried again or given up as `verdictOn` says.
 */
export class Delivery {
  readonly #deps: DeliveryDeps;
  readonly #pacer: Pacer;
  readonly #lines = new Map<string, Line>();
  /** Nothing is tried again any more. */
  readonly #drain = new AbortController();
  /** Nothing leaves any more. */
  readonly #stop = new AbortController();
  /** Attempts that are running, up to their settlement. */
  #inTheAir = 0;

  constructor(deps: DeliveryDeps) {
    const { channel, rate } = deps.channel.limits;
    if (rate === null) throw new TypeError(`${channel} is not pushed to`);
    this.#deps = deps;
    this.#pacer = new Pacer(rate);
    // Every chat that waits listens: no leak.
    setMaxListeners(0, this.#drain.signal, this.#stop.signal);
  }

  /** The network's one pace, for what is sent beside the outbox. */
  get pacer(): Pacer {
    return this.#pacer;
  }

  /**
   * There may be something to send to this chat. `since`: the time of what led to it; `heardAt`: of the person's last
   * input; both now unless told, in milliseconds since 1970.
   */
  wake(chat: string, lane: Lane = "reply", times: { readonly since?: number; readonly heardAt?: number } = {}): void {
    const line = this.#line(chat, lane);
    const now = this.#deps.now();
    line.woken = true;
    line.since = Math.max(line.since, times.since ?? now);
    line.heardAt = Math.max(line.heardAt, times.heardAt ?? now);
    if (lane === "reply") line.lane = lane;
  }

  /** Goes on with what the process before this one left. `at`: the time of the person's last input. */
  resume(chat: string, at: number): void {
    this.#pacer.beginSlowly(chat);
    this.wake(chat, "reply", { since: at, heardAt: at });
  }

  /** Says goodbye to somebody whom the store no longer knows. */
  part(chat: string, messages: readonly NumberedMessage[]): void {
    const line = this.#line(chat, "reply");
    line.since = this.#deps.now();
    line.heardAt = line.since;
    line.epoch++;
    line.partings.push(...messages);
  }

  /**
   * Sends what waits, for at most `ms` milliseconds; the rest stays in the outbox for the next start. What is in the air
   * then has a moment more to be answered: cut off, it would be sent again.
   */
  async close(ms: number): Promise<void> {
    this.#drain.abort();
    await this.#until(() => this.#lines.size === 0, ms);
    this.#pacer.close();
    await this.#until(() => this.#inTheAir === 0, IN_THE_AIR_MS);
    this.#stop.abort();
  }

  async #until(holds: () => boolean, ms: number): Promise<void> {
    const deadline = performance.now() + ms;
    while (!holds() && performance.now() < deadline) await pause(5);
  }

  get #name(): ChannelName {
    return this.#deps.channel.limits.channel;
  }

  /** The line of a chat, served from now on if it was not yet. */
  #line(chat: string, lane: Lane): Line {
    const known = this.#lines.get(chat);
    if (known !== undefined) {
      known.nudge();
      return known;
    }
    const line = new Line(lane);
    this.#lines.set(chat, line);
    this.#deps.meter.waiting(this.#name, this.#lines.size);
    queueMicrotask(() => void this.#serve(chat, line));
    return line;
  }

  async #serve(chat: string, line: Line): Promise<void> {
    while (!this.#stop.signal.aborted) {
      line.woken = false;
      const rest = await this.#step(chat, line);
      if (rest === null && !line.woken && line.partings.length === 0) break;
      if (rest === null || rest.ms === 0) continue;
      await line.rest(rest.ms, rest.firm === true, this.#drain.signal);
      if (this.#drain.signal.aborted) break;
    }
    this.#lines.delete(chat);
    this.#deps.meter.waiting(this.#name, this.#lines.size);
  }

  /** Null: nothing is left to send. */
  async #step(chat: string, line: Line): Promise<Rest | null> {
    try {
      await this.#settle(chat, line);
      if ((await this.#next(chat, line)) === undefined) return null;
      return await this.#pacer.run(chat, line.lane, () => this.#counted(() => this.#attempt(chat, line)));
    } catch {
      return { ms: STORE_PAUSE_MS };
    }
  }

  async #counted<T>(attempt: () => Promise<T>): Promise<T> {
    this.#inTheAir++;
    try {
      return await attempt();
    } finally {
      this.#inTheAir--;
    }
  }

  async #next(chat: string, line: Line): Promise<NumberedMessage | undefined> {
    return line.partings[0] ?? (await this.#deps.next(chat));
  }

  /** The outbox is read again now that the moment has come: quick exit takes back what has not left. */
  async #attempt(chat: string, line: Line): Promise<Rest> {
    const message = await this.#next(chat, line);
    if (message === undefined) return GO_ON;
    const epoch = line.epoch;
    const late = this.#tooLate(line);
    if (late !== null) return this.#done(chat, line, message, epoch, late);
    const ready = await outgoing(chat, message, await this.#erases(chat, line, message), this.#deps);
    if (ready === null) return this.#done(chat, line, message, epoch, "expired");
    this.#pacer.took(chat);
    let sent: SentMessages;
    try {
      sent = await this.#deps.channel.send(chat, ready, this.#stop.signal);
    } catch (error) {
      return this.#stop.signal.aborted ? GO_ON : await this.#failed(chat, line, message, epoch, error);
    }
    line.show(sent.messageIds);
    this.#deps.meter.sent(this.#name, line.lane);
    return this.#done(chat, line, message, epoch, sent);
  }

  /** Nobody waits for yesterday's reply, and some networks take nothing long after a person's last word. */
  #tooLate({ since, heardAt }: Line): Undelivered | null {
    const { messageWindowMs } = this.#deps.channel.limits;
    const now = this.#deps.now();
    if (now - since > STALE_MS) return "expired";
    return messageWindowMs !== null && now - heardAt > messageWindowMs ? "window-closed" : null;
  }

  async #erases(chat: string, line: Line, { clear, erases = [] }: NumberedMessage): Promise<readonly string[]> {
    if (!clear || !this.#deps.channel.limits.canClear) return [];
    return [...new Set([...erases, ...(await this.#deps.trail(chat)), ...line.shown])];
  }

  async #failed(chat: string, line: Line, message: NumberedMessage, epoch: number, error: unknown): Promise<Rest> {
    if (!(error instanceof ChannelError)) {
      this.#complain("send-failed", error instanceof Error ? error.name : "unknown");
      this.#deps.meter.sendFailed(this.#name, "failed", true);
      return this.#done(chat, line, message, epoch, "failed");
    }
    const { failure, detail } = error;
    const attempts = {
      ...line.count(message, failure),
      channel: this.#name,
      discreet: message.discreet === true,
      ageMs: this.#deps.now() - line.since,
    };
    const verdict = verdictOn(error, attempts, this.#deps.random());
    this.#deps.meter.sendFailed(this.#name, failure, verdict.kind === "drop");
    if (verdict.kind === "again") {
      if (verdict.holdBot) this.#pacer.hold(verdict.afterMs);
      if (failure !== "rate-limited") return { ms: verdict.afterMs };
      this.#deps.meter.retryAfter(this.#name, verdict.afterMs / 1_000);
      this.#pacer.refused(chat, verdict.afterMs);
      return { ms: verdict.afterMs, firm: true };
    }
    if (failure === "refused") this.#complain("message-refused", detail);
    await this.#done(chat, line, message, epoch, verdict.why);
    if (failure === "unreachable") await this.#deps.unreachable(chat);
    return GO_ON;
  }

  #complain(code: string, detail: string): void {
    this.#deps.report({ channel: this.#name, level: "error", code, facts: { detail } });
  }

  /** A farewell, or a message of somebody forgotten meanwhile, is in no outbox. */
  async #done(
    chat: string,
    line: Line,
    message: NumberedMessage,
    epoch: number,
    result: SentMessages | Undelivered,
  ): Promise<Rest> {
    const parting = line.partings[0] === message;
    if (parting) line.partings.shift();
    line.unsettled = { seq: parting || line.epoch !== epoch ? 0 : message.seq, result };
    await this.#settle(chat, line);
    return GO_ON;
  }

  async #settle(chat: string, line: Line): Promise<void> {
    if (line.unsettled === null) return;
    await this.#deps.settle(chat, line.unsettled.seq, line.unsettled.result);
    line.unsettled = null;
  }
}
