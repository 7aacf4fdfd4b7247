import { setTimeout as after } from "node:timers/promises";
import type { ChannelError, SendFailure } from "../channel-error.ts";
import type { Report } from "../port.ts";

/** Failures in a row before the operator hears of it: a single cut connection is nothing. */
const FAILURES = 3;
const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;
/** What was refused may be put right at the network, but hardly within minutes; a day's cap not within an hour. */
const REFUSED_MS = 5 * 60_000;
const CAPPED_MS = 3_600_000;

/** What does not pass by itself, by the name of its notice. */
const REFUSALS: Readonly<Partial<Record<SendFailure, string>>> = {
  unauthorised: "token-refused",
  refused: "network-refuses",
  "quota-spent": "day-cap-reached",
};

/** Asking the network again and again while it does not answer, and telling the operator once, and once when it is over. */
export class Outage {
  readonly #report: Report;
  #failures = 0;
  #told = false;

  constructor(report: Report) {
    this.#report = report;
  }

  /** Resolves after a pause that grows, or when `stop` is aborted. */
  async failed({ failure, detail }: ChannelError, stop: AbortSignal): Promise<void> {
    this.#failures += 1;
    const code = REFUSALS[failure];
    if (!this.#told && (code !== undefined || this.#failures >= FAILURES)) {
      const level = code === undefined ? "warn" : "error";
      this.#report({ channel: "zalo-bot", level, code: code ?? "network-down", facts: { detail } });
      this.#told = true;
    }
    await pause(pauseAfter(failure, this.#failures), stop);
  }

  over(): void {
    if (this.#told) this.#report({ channel: "zalo-bot", level: "info", code: "network-back" });
    this.#failures = 0;
    this.#told = false;
  }
}

/** Milliseconds before the next try; the first is 1. Half of it is chance, so that many do not try together. */
export function growing(tries: number, longestMs = LONGEST_MS): number {
  return Math.min(FIRST_MS * 2 ** (tries - 1), longestMs) * (0.5 + Math.random() / 2);
}

/** Resolves after so many milliseconds, or at once when `stop` is aborted. */
export async function pause(ms: number, stop: AbortSignal): Promise<void> {
  await after(ms, undefined, { signal: stop }).catch(() => undefined);
}

function pauseAfter(failure: SendFailure, tries: number): number {
  if (failure === "quota-spent") return CAPPED_MS;
  if (failure === "unauthorised" || failure === "refused") return REFUSED_MS;
  return growing(tries, failure === "rate-limited" ? REFUSED_MS : LONGEST_MS);
}
