import { setTimeout as pause } from "node:timers/promises";
import { ChannelError, type Undelivered } from "../channels/channel-error.ts";
import type { OutMessage } from "../channels/message.ts";
import type { PushChannel, Report } from "../channels/port.ts";
import type { Meter } from "../server/meter.ts";
import type { Pacer } from "./pacer.ts";

/** What came of one try to send a message that may arrive once at most. */
export type BulkResult =
  | { readonly kind: "sent"; readonly messageIds: readonly string[] }
  /** There was nothing to send any more when its turn came. */
  | { readonly kind: "nothing" }
  /** It surely did not arrive, and may be tried again after so many milliseconds. */
  | { readonly kind: "later"; readonly afterMs: number }
  /** It did not arrive, or nobody knows: it must not be tried again. */
  | { readonly kind: "failed"; readonly why: Undelivered };

export interface BulkDeps {
  readonly channel: PushChannel;
  /** The network's one pace, shared with the replies, which go ahead. */
  readonly pacer: Pick<Pacer, "run" | "took" | "refused" | "hold">;
  readonly report: Report;
  readonly meter: Pick<Meter, "sent" | "sendFailed" | "retryAfter">;
}

const NETWORK_PAUSE_MS = 5_000;
const OPERATOR_PAUSE_MS = 60_000;
const REFUSED_PAUSE_MS = 1_000;
/** How long an answer may take once nothing new is sent. */
const IN_THE_AIR_MS = 3_000;

/**
 * Sends messages that nobody waits for, each once at most: whatever could have arrived is never sent again. Keeps
 * nothing; its caller's ledger knows who was sent what.
 */
export class Bulk {
  readonly #deps: BulkDeps;
  readonly #stop = new AbortController();
  #closing = false;
  #inTheAir = 0;

  constructor(deps: BulkDeps) {
    this.#deps = deps;
  }

  /**
   * `claim` runs when the network may be written to, and gives the message; from then on it may be in the world. Rejects
   * as `claim` does, and when the pacer is closed.
   */
  send(chat: string, claim: () => Promise<OutMessage | null>): Promise<BulkResult> {
    return this.#deps.pacer.run(chat, "bulk", async () => {
      if (this.#closing) return { kind: "nothing" };
      this.#inTheAir++;
      try {
        const message = await claim();
        return message === null ? { kind: "nothing" } : await this.#attempt(chat, message);
      } finally {
        this.#inTheAir--;
      }
    });
  }

  /** Begins nothing any more; what is in the air has a moment to be answered. */
  async close(): Promise<void> {
    this.#closing = true;
    const deadline = performance.now() + IN_THE_AIR_MS;
    while (this.#inTheAir > 0 && performance.now() < deadline) await pause(5);
    this.#stop.abort();
  }

  async #attempt(chat: string, message: OutMessage): Promise<BulkResult> {
    const { channel, pacer, meter } = this.#deps;
    pacer.took(chat);
    try {
      const outgoing = { ...message, seq: 0, erases: [], plainAttachment: () => [] };
      const { messageIds } = await channel.send(chat, outgoing, this.#stop.signal);
      meter.sent(channel.limits.channel, "bulk");
      return { kind: "sent", messageIds };
    } catch (error) {
      return this.#failed(chat, error);
    }
  }

  #failed(chat: string, error: unknown): BulkResult {
    const { channel, meter, report } = this.#deps;
    const name = channel.limits.channel;
    if (!(error instanceof ChannelError)) {
      const detail = error instanceof Error ? error.name : "unknown";
      report({ channel: name, level: "error", code: "send-failed", facts: { detail } });
      meter.sendFailed(name, "failed", true);
      return { kind: "failed", why: "failed" };
    }
    const afterMs = pauseAfter(error);
    meter.sendFailed(name, error.failure, afterMs === null);
    if (afterMs === null) {
      if (error.failure === "refused")
        report({ channel: name, level: "error", code: "message-refused", facts: { detail: error.detail } });
      return { kind: "failed", why: error.failure };
    }
    this.#slowDown(chat, error, afterMs);
    return { kind: "later", afterMs };
  }

  #slowDown(chat: string, { failure }: ChannelError, afterMs: number): void {
    const { channel, pacer, meter } = this.#deps;
    if (failure === "unauthorised") pacer.hold(afterMs);
    if (failure !== "rate-limited") return;
    pacer.refused(chat, afterMs);
    meter.retryAfter(channel.limits.channel, afterMs / 1_000);
  }
}

/** Milliseconds until a message that surely did not arrive may be tried again; null: never again. */
function pauseAfter({ failure, retryAfterMs }: ChannelError): number | null {
  if (failure === "rate-limited") return retryAfterMs ?? REFUSED_PAUSE_MS;
  if (failure === "unavailable") return NETWORK_PAUSE_MS;
  return failure === "unauthorised" ? OPERATOR_PAUSE_MS : null;
}
