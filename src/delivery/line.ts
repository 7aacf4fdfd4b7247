import { setTimeout as pause } from "node:timers/promises";
import type { SendFailure, Undelivered } from "../channels/channel-error.ts";
import type { NumberedMessage } from "../channels/message.ts";
import type { SentMessages } from "../channels/port.ts";
import type { Lane } from "../server/meter.ts";
import type { Attempts } from "./verdict.ts";

/** Of one line: enough to clear a screen after a message that was on its way. */
const SHOWN_MAX = 50;

type Counted = Pick<Attempts, "failures" | "uncertain" | "busy">;

/** One chat with something to send. */
export class Line {
  /** Time of the last thing that led to a message. */
  since = 0;
  /** Time of the person's last input. */
  heardAt = 0;
  lane: Lane;
  /** Something may have been added since the outbox was read. */
  woken = false;
  /** Farewells to somebody who is forgotten: held nowhere else. */
  readonly partings: NumberedMessage[] = [];
  /** Grows when the person is forgotten: the numbers of messages begin anew then. */
  epoch = 0;
  /** The network's names of what was sent since the line began. */
  shown: readonly string[] = [];
  /** Sent or given up, but the store does not know yet. */
  unsettled: { readonly seq: number; readonly result: SentMessages | Undelivered } | null = null;
  #tried: { readonly message: string; readonly counted: Counted } | null = null;
  /** Set while the line rests. */
  #nudge: AbortController | null = null;

  constructor(lane: Lane) {
    this.lane = lane;
  }

  /** Counts one more failure of this message. */
  count(message: NumberedMessage, failure: SendFailure): Counted {
    const name = `${this.epoch}:${message.seq}`;
    const { failures, uncertain, busy } =
      this.#tried?.message === name ? this.#tried.counted : { failures: 0, uncertain: 0, busy: 0 };
    const counted = {
      failures: failures + 1,
      uncertain: uncertain + (failure === "uncertain" ? 1 : 0),
      busy: busy + (failure === "busy" ? 1 : 0),
    };
    this.#tried = { message: name, counted };
    return counted;
  }

  show(messageIds: readonly string[]): void {
    this.shown = [...this.shown, ...messageIds].slice(-SHOWN_MAX);
  }

  /** Ends a pause that nothing but patience demanded. */
  nudge(): void {
    this.#nudge?.abort();
  }

  /** Waits; `firm`: even when it is nudged. Ends early with `end`. */
  async rest(ms: number, firm: boolean, end: AbortSignal): Promise<void> {
    const nudge = new AbortController();
    this.#nudge = nudge;
    const signal = firm ? end : AbortSignal.any([nudge.signal, end]);
    await pause(ms, undefined, { signal, ref: false }).catch(() => undefined);
    this.#nudge = null;
  }
}
