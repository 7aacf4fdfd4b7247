import type { ServerResponse } from "node:http";

/** Counts the requests in progress, so that closing can let them finish. */
export class Running {
  #running = 0;
  #onIdle = (): void => {};
  readonly #finished = (): void => {
    this.#running--;
    if (this.#running === 0) this.#onIdle();
  };

  begin(response: ServerResponse): void {
    this.#running++;
    response.on("close", this.#finished);
  }

  /** Resolves when no request is in progress, or after `ms` milliseconds. */
  settled(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#running === 0) return resolve();
      this.#onIdle = resolve;
      setTimeout(resolve, ms).unref();
    });
  }
}
