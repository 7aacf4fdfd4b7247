const MINUTE_MS = 60_000;
/** More addresses than this within a minute are a flood from everywhere: counting begins again, and memory stays flat. */
const ADDRESSES_MAX = 10_000;
const GENUINE_MAX = 1_000;

/**
 * Counts refused requests by address and minute, in memory only. An address from which a genuine request came is never
 * over the limit: a network and a forger may share a proxy, and the forger must not silence the network.
 */
export class Refusals {
  readonly #perMinute: number;
  readonly #now: () => number;
  readonly #counts = new Map<string, number>();
  readonly #genuine = new Set<string>();
  #minute = 0;

  constructor(perMinute: number, now: () => number) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  /** Whether a request from here is to be refused without a look at it. */
  tooMany(address: string): boolean {
    if (this.#counts.size === 0) return false;
    this.#turnMinute();
    return (this.#counts.get(address) ?? 0) >= this.#perMinute && !this.#genuine.has(address);
  }

  refused(address: string): void {
    this.#turnMinute();
    if (this.#counts.size >= ADDRESSES_MAX) this.#counts.clear();
    this.#counts.set(address, (this.#counts.get(address) ?? 0) + 1);
  }

  genuine(address: string): void {
    if (this.#genuine.size < GENUINE_MAX) this.#genuine.add(address);
  }

  #turnMinute(): void {
    const minute = Math.floor(this.#now() / MINUTE_MS);
    if (minute === this.#minute) return;
    this.#minute = minute;
    this.#counts.clear();
  }
}
