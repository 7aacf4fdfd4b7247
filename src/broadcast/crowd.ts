/** Tasks that run side by side, so many at a time. */
export class Crowd {
  readonly #most: number;
  readonly #running = new Set<string>();
  #waiting: { readonly most: number; readonly go: () => void } | null = null;

  constructor(most: number) {
    this.#most = most;
  }

  has(name: string): boolean {
    return this.#running.has(name);
  }

  get size(): number {
    return this.#running.size;
  }

  get room(): number {
    return this.#most - this.#running.size;
  }

  /** `task` must not reject. */
  add(name: string, task: Promise<void>): void {
    this.#running.add(name);
    void task.then(() => {
      this.#running.delete(name);
      if (this.#waiting !== null && this.#running.size <= this.#waiting.most) this.#waiting.go();
    });
  }

  /** Resolves when at most so many are left. One caller at a time. */
  async left(most: number): Promise<void> {
    if (this.#running.size <= most) return;
    await new Promise<void>((go) => {
      this.#waiting = { most, go };
    });
    this.#waiting = null;
  }
}
