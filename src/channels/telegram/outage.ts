import type { Report } from "../port.ts";

const FIRST_PAUSE_MS = 500;
const PAUSE_MAX_MS = 30_000;

/** Telegram out of reach: told once when it begins and once when it is over, asked again ever more slowly. */
export class Outage {
  readonly #report: Report;
  readonly #random: () => number;
  #failures = 0;
  #refused = false;

  /** `random` gives numbers in [0, 1). */
  constructor(report: Report, random: () => number) {
    this.#report = report;
    this.#random = random;
  }

  /** Notes a failure; gives how long to wait before the next try: up to 30 seconds, half of it by chance. */
  pauseMs(): number {
    if (this.#failures === 0) this.#report({ channel: "telegram", level: "warn", code: "network-down" });
    const longest = Math.min(PAUSE_MAX_MS, FIRST_PAUSE_MS * 2 ** this.#failures);
    this.#failures += 1;
    return longest * (0.5 + this.#random() / 2);
  }

  over(): void {
    if (this.#failures > 0) this.#report({ channel: "telegram", level: "info", code: "network-back" });
    this.#failures = 0;
    this.#refused = false;
  }

  /** Telegram answers, but no longer takes the token. */
  tokenRefused(): void {
    if (!this.#refused) this.#report({ channel: "telegram", level: "error", code: "token-refused" });
    this.#refused = true;
  }
}
