/** How long trips are remembered: between one and two times this. */
const LATELY_MS = 5_000;

interface Span {
  least: number;
  sum: number;
  count: number;
}

/** How long messages were on their way lately, from the moment they could leave to their answer; milliseconds. */
export class Trips {
  #young = empty();
  #old = empty();
  #since = Number.NEGATIVE_INFINITY;

  add(ms: number, now: number): void {
    this.#age(now);
    this.#young.least = Math.min(this.#young.least, ms);
    this.#young.sum += ms;
    this.#young.count++;
  }

  /**
   * What the shortest way there and the shortest way back take together; 0 while nothing is known. Hardly ever does one
   * trip have both, and so the shortest trip is longer than this: the more so the fewer there were and the more they
   * differ. If both ways are evenly spread, the shortest of `n` trips is too long by their spread × √(2 / n) on the
   * average. Left out are twice that, and one in √n of the shortest for whatever is not evenly spread.
   */
  certain(now: number): number {
    this.#age(now);
    const count = this.#young.count + this.#old.count;
    if (count === 0) return 0;
    const least = Math.min(this.#young.least, this.#old.least);
    const spread = (this.#young.sum + this.#old.sum) / count - least;
    return Math.max(0, least - (least + 2 * Math.SQRT2 * spread) / Math.sqrt(count));
  }

  #age(now: number): void {
    const age = now - this.#since;
    if (age < LATELY_MS) return;
    this.#old = age < 2 * LATELY_MS ? this.#young : empty();
    this.#young = empty();
    this.#since = now;
  }
}

function empty(): Span {
  return { least: Number.POSITIVE_INFINITY, sum: 0, count: 0 };
}
