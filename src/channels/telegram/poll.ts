import { type Api, GrammyError } from "grammy";
import type { Update } from "grammy/types";
import type { PushDeps } from "../port.ts";
import { apiSignal } from "./api-signal.ts";
import { ALLOWED_UPDATES } from "./decode.ts";
import { isTokenRefused, pauseAskedMs } from "./failures.ts";
import type { Outage } from "./outage.ts";

export interface PollDeps extends Pick<PushDeps, "report" | "now"> {
  readonly api: Api;
  readonly outage: Outage;
  /** As `Inlet.take`, of an update as it came. */
  take(update: Update): Promise<void>;
  /** Resolves after this time, or earlier when the signal aborts. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** In [0, 1). */
  random(): number;
}

/**
 * Asks for updates until the signal aborts, or until another process with the same token turns out to have been there
 * first. Updates of one chat are taken in order, those of different chats at the same time; what was not committed is
 * never confirmed to Telegram and comes again.
 */
export function pollUpdates(deps: PollDeps, signal: AbortSignal): Promise<void> {
  return new Poller(deps, signal).run();
}

const LIMIT = 100;
const TIMEOUT_S = 30;
/** Before an update that could not be committed is asked for again. */
const RETRY_MS = 1_000;
/** An update that waits longer is an error, not a hiccup. */
const LONG_WAIT_MS = 60_000;
/** Who polled this long without conflict was there first. */
const SETTLED_MS = 60_000;
const CONFLICT_PAUSE_MS = 2_000;
const CONFLICT_JITTER_MS = 1_000;
const TOKEN_PAUSE_MS = 30_000;
/** For the last word to Telegram when polling ends. */
const CONFIRM_MS = 1_500;

class Poller {
  readonly #deps: PollDeps;
  readonly #signal: AbortSignal;
  #offset: number | undefined;
  #confirmed: number | undefined;
  /** Updates above the offset that had their effect while an earlier one waits. */
  #done = new Set<number>();
  #waiting: { readonly since: number; readonly long: boolean } | undefined;
  #firstPollAt: number | undefined;
  #conflictReported = false;

  constructor(deps: PollDeps, signal: AbortSignal) {
    this.#deps = deps;
    this.#signal = signal;
  }

  async run(): Promise<void> {
    while (!this.#signal.aborted) {
      try {
        await this.#round();
      } catch (error) {
        if (this.#signal.aborted) break;
        const pause = await this.#pauseAfter(error);
        if (pause === null) return;
        await this.#deps.pause(pause, this.#signal);
      }
    }
    await this.#confirm();
  }

  async #round(): Promise<void> {
    const { api, outage, now, pause } = this.#deps;
    const offset = this.#offset;
    const updates = await api.getUpdates({ ...this.#question(), timeout: TIMEOUT_S }, apiSignal(this.#signal));
    this.#confirmed = offset;
    this.#firstPollAt ??= now();
    outage.over();
    if (await this.#takeAll(updates)) this.#waiting = undefined;
    else {
      this.#reportWaiting();
      await pause(RETRY_MS, this.#signal);
    }
  }

  #question() {
    const offset = this.#offset;
    return { limit: LIMIT, allowed_updates: ALLOWED_UPDATES, ...(offset !== undefined && { offset }) };
  }

  /** Gives whether all of them had their effect; the next question begins at the first that had not. */
  async #takeAll(updates: readonly Update[]): Promise<boolean> {
    const fresh = updates.filter(({ update_id }) => !this.#done.has(update_id));
    const chats = Map.groupBy(fresh, chatOf);
    await Promise.all([...chats.values()].map((chain) => this.#takeInOrder(chain)));
    const last = updates.at(-1);
    if (last === undefined) return true;
    const first = updates.find(({ update_id }) => !this.#done.has(update_id));
    const offset = first?.update_id ?? last.update_id + 1;
    this.#offset = offset;
    this.#done = new Set([...this.#done].filter((id) => id > offset));
    return first === undefined;
  }

  async #takeInOrder(chain: readonly Update[]): Promise<void> {
    for (const update of chain) {
      try {
        await this.#deps.take(update);
      } catch {
        return;
      }
      this.#done.add(update.update_id);
    }
  }

  #reportWaiting(): void {
    const now = this.#deps.now();
    const { since, long } = this.#waiting ?? { since: now, long: false };
    const isLong = now - since >= LONG_WAIT_MS;
    if (this.#waiting === undefined || isLong !== long) {
      this.#deps.report({ channel: "telegram", level: isLong ? "error" : "warn", code: "update-waits" });
    }
    this.#waiting = { since, long: isLong };
  }

  /** Milliseconds until the next question; null: never again. */
  async #pauseAfter(error: unknown): Promise<number | null> {
    if (error instanceof GrammyError && error.error_code === 409) {
      return /webhook/i.test(error.description) ? this.#removeWebhook() : this.#pauseAfterConflict();
    }
    if (isTokenRefused(error)) {
      this.#deps.outage.tokenRefused();
      return TOKEN_PAUSE_MS;
    }
    return pauseAskedMs(error) ?? this.#deps.outage.pauseMs();
  }

  /** Somebody set a webhook while this process polls. */
  async #removeWebhook(): Promise<number> {
    const { api, report } = this.#deps;
    report({ channel: "telegram", level: "warn", code: "webhook-removed" });
    await api.deleteWebhook({ drop_pending_updates: false }, apiSignal(this.#signal)).catch(() => undefined);
    return RETRY_MS;
  }

  /** The process that was there first keeps on; the other one ends. */
  #pauseAfterConflict(): number | null {
    const { report, now, random } = this.#deps;
    const settled = this.#firstPollAt !== undefined && now() - this.#firstPollAt >= SETTLED_MS;
    const facts = { fatal: !settled };
    if (!settled || !this.#conflictReported) {
      report({ channel: "telegram", level: settled ? "warn" : "error", code: "second-poller", facts });
    }
    this.#conflictReported = true;
    return settled ? CONFLICT_PAUSE_MS + random() * CONFLICT_JITTER_MS : null;
  }

  /** Best effort: without it Telegram delivers the last updates once more, and they have no effect then. */
  async #confirm(): Promise<void> {
    if (this.#offset === undefined || this.#offset === this.#confirmed) return;
    const question = { ...this.#question(), limit: 1, timeout: 0 };
    await this.#deps.api.getUpdates(question, apiSignal(AbortSignal.timeout(CONFIRM_MS))).catch(() => undefined);
  }
}

function chatOf(update: Update): number {
  const { message, callback_query: query, my_chat_member: member } = update;
  return (message ?? query?.message ?? member)?.chat.id ?? 0;
}
