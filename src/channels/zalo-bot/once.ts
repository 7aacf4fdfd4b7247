/** Lets a key through once in a while, and forgets it after that. When full, the oldest key is forgotten sooner. */
export class OnceIn {
  readonly #everyMs: number;
  readonly #max: number;
  readonly #last = new Map<string, number>();

  constructor(everyMs: number, max: number) {
    this.#everyMs = everyMs;
    this.#max = max;
  }

  /** True at most once in `everyMs` for a key. `now` in milliseconds since 1970. */
  first(key: string, now: number): boolean {
    const last = this.#last.get(key);
    if (last !== undefined && now - last < this.#everyMs) return false;
    this.#dropOld(now);
    if (this.#last.size >= this.#max) this.forget(this.#last.keys().next().value);
    this.#last.set(key, now);
    return true;
  }

  /** The next time counts as the first. */
  forget(key: string | undefined): void {
    if (key !== undefined) this.#last.delete(key);
  }

  /** Keys are in the order of their times. */
  #dropOld(now: number): void {
    for (const [key, last] of this.#last) {
      if (now - last < this.#everyMs) return;
      this.#last.delete(key);
    }
  }
}
