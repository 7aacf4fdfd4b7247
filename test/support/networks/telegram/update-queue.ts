import type { Update } from "grammy/types";
import { ApiError } from "./api-error.ts";

export type UpdateKind = Exclude<keyof Update, "update_id">;
export type UpdateContent = Omit<Update, "update_id">;

/** An update on its way to the bot. */
export interface Parcel {
  readonly update: Update;
  /** Updates of one chat keep their order. */
  readonly chat: number;
  /** Delivered before and acknowledged. */
  readonly again: boolean;
}

export interface PollRequest {
  readonly offset: number;
  readonly limit: number;
  readonly timeoutMs: number;
}

/** What takes parcels while a webhook is set. */
export interface Courier {
  push(parcel: Parcel): void;
  stop(): void;
}

/** A poll that waits for the first update. */
interface Waiter {
  wake(): void;
  refuse(error: ApiError): void;
}

const ON_REQUEST: readonly string[] = ["chat_member", "message_reaction", "message_reaction_count"];
const AGAIN_AFTER_MS = { least: 50, spread: 400 };
const OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running";

/** Updates that the bot has not acknowledged, in order, and how they leave. */
export class UpdateQueue {
  /** Kinds of updates the bot asked for; empty: all but those that come on request only. */
  allowed: readonly string[] = [];
  readonly #redelivers: () => boolean;
  readonly #pending = new Map<number, Parcel>();
  readonly #again = new Set<Parcel>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #nextId = 730_000_001;
  #courier: Courier | null = null;
  #waiter: Waiter | null = null;

  /** `redelivers` says for each acknowledged update whether it comes once more. */
  constructor(redelivers: () => boolean) {
    this.#redelivers = redelivers;
  }

  add(content: UpdateContent, chat: number): void {
    if (!isWanted(content, this.allowed)) return;
    const update = { update_id: this.#nextId++, ...content };
    const parcel = { update, chat, again: false };
    this.#pending.set(update.update_id, parcel);
    this.#offer(parcel);
  }

  /** Not yet acknowledged, or still to be delivered once more. */
  waiting(): number {
    return this.#pending.size + this.#again.size + this.#timers.size;
  }

  drop(): void {
    this.#pending.clear();
    this.#again.clear();
  }

  /** Long polling; the offset acknowledges. Ends the poll before with 409. `gone`: the asker hung up. */
  async poll({ offset, limit, timeoutMs }: PollRequest, gone: AbortSignal): Promise<readonly Update[]> {
    this.#waiter?.refuse(conflict(OTHER_POLL));
    this.#confirmBefore(offset >= 0 ? offset : this.#nextId + offset);
    const ready = this.#batch(limit);
    if (ready.length > 0 || timeoutMs === 0) return ready;
    await this.#untilUpdate(timeoutMs, gone);
    return gone.aborted ? [] : this.#batch(limit);
  }

  /** Parcels go to this courier from now on; null: they wait to be polled. */
  hand(courier: Courier | null): void {
    this.#courier?.stop();
    this.#courier = courier;
    if (courier === null) return;
    this.#waiter?.refuse(conflict("terminated by setWebhook request"));
    for (const parcel of this.#pending.values()) courier.push(parcel);
  }

  /** The bot has it. */
  acknowledge(parcel: Parcel): void {
    if (this.#pending.delete(keyOf(parcel)) && !parcel.again && this.#redelivers()) this.#repeatLater(parcel);
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#courier?.stop();
    this.#waiter?.wake();
  }

  #offer(parcel: Parcel): void {
    if (this.#courier === null) this.#waiter?.wake();
    else this.#courier.push(parcel);
  }

  #repeatLater(parcel: Parcel): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        const repeat = { ...parcel, again: true };
        if (this.#courier === null) this.#again.add(repeat);
        else this.#pending.set(keyOf(repeat), repeat);
        this.#offer(repeat);
      },
      AGAIN_AFTER_MS.least + Math.random() * AGAIN_AFTER_MS.spread,
    );
    this.#timers.add(timer);
  }

  #confirmBefore(offset: number): void {
    for (const [id, parcel] of this.#pending) {
      if (id >= offset) return;
      this.acknowledge(parcel);
    }
  }

  /** A repeat is given once, whatever the offset; the others until they are acknowledged. */
  #batch(limit: number): readonly Update[] {
    const updates = [...this.#again].map((parcel) => parcel.update);
    this.#again.clear();
    for (const parcel of this.#pending.values()) {
      if (updates.length >= limit) break;
      updates.push(parcel.update);
    }
    return updates;
  }

  #untilUpdate(timeoutMs: number, gone: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        if (this.#waiter === waiter) this.#waiter = null;
      };
      const wake = (): void => {
        leave();
        resolve();
      };
      const refuse = (error: ApiError): void => {
        leave();
        reject(error);
      };
      const waiter = { wake, refuse };
      const timer = setTimeout(wake, timeoutMs);
      gone.addEventListener("abort", wake, { once: true });
      this.#waiter = waiter;
    });
  }
}

function isWanted(content: UpdateContent, allowed: readonly string[]): boolean {
  const kinds = Object.keys(content);
  if (allowed.length === 0) return !kinds.some((kind) => ON_REQUEST.includes(kind));
  return kinds.every((kind) => allowed.includes(kind));
}

/** A repeat of an update that is still waiting is another parcel. */
function keyOf({ update, again }: Parcel): number {
  return again ? -update.update_id : update.update_id;
}

function conflict(why: string): ApiError {
  return new ApiError(409, `Conflict: ${why}`, { blame: false });
}
