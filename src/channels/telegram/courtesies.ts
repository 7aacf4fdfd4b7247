import { type Api, GrammyError } from "grammy";
import PQueue from "p-queue";
import { apiSignal } from "./api-signal.ts";

/** Calls open at the same time, and those that may wait; more are left out: a phone's waiting mark fades by itself. */
const AT_ONCE = 8;
const WAITING_MAX = 200;
/** Groups remembered, so that an update that comes twice is answered once. */
const GROUPS_MAX = 1_000;

/** Small calls that nothing waits for and that may fail. */
export class Courtesies {
  readonly #api: Api;
  readonly #signal: AbortSignal;
  readonly #queue = new PQueue({ concurrency: AT_ONCE });
  readonly #groups = new Set<number>();

  /** Those in progress end with `signal`. */
  constructor(api: Api, signal: AbortSignal) {
    this.#api = api;
    this.#signal = signal;
  }

  /** Takes the waiting mark off a pressed button. */
  press(query: string): void {
    this.#do(() => this.#api.answerCallbackQuery(query, undefined, apiSignal(this.#signal)));
  }

  /** Says once in a group where the bot can be talked to. */
  group(chat: number, text: string): void {
    if (this.#groups.has(chat)) return;
    if (this.#groups.size >= GROUPS_MAX) this.#groups.clear();
    this.#groups.add(chat);
    this.#do(() => this.#tellGroup(chat, text));
  }

  /** The group may have become a supergroup, which has another number. */
  async #tellGroup(chat: number, text: string): Promise<void> {
    const tell = (to: number) =>
      this.#api.sendMessage(to, text, { link_preview_options: { is_disabled: true } }, apiSignal(this.#signal));
    try {
      await tell(chat);
    } catch (error) {
      const moved = error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined;
      if (moved === undefined || this.#groups.has(moved)) return;
      this.#groups.add(moved);
      await tell(moved);
    }
  }

  #do(call: () => Promise<unknown>): void {
    if (this.#signal.aborted || this.#queue.size >= WAITING_MAX) return;
    this.#queue.add(call).catch(() => undefined);
  }
}
