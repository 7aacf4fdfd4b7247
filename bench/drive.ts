import type { Runner } from "./contender.ts";

export interface Load {
  readonly runner: Pick<Runner, "turn">;
  /** Turns that run at the same time, each of another citizen. */
  readonly inFlight: number;
  /** Milliseconds after which no new turn begins. */
  readonly forMs: number;
  /** In [0, 1). */
  random(): number;
}

export interface Run {
  readonly turnsPerSecond: number;
  /** Microseconds from the arrival of an input to its acknowledgement. */
  readonly latencies: readonly number[];
}

/** Where every citizen is in the conversation. Goes on from run to run. */
export class Crowd {
  readonly #steps: Uint32Array;
  readonly #busy: Uint8Array;

  constructor(citizens: number) {
    this.#steps = new Uint32Array(citizens);
    this.#busy = new Uint8Array(citizens);
  }

  /** Keeps turns coming from citizens picked by chance: one citizen never has two turns at the same time. */
  async drive(load: Load): Promise<Run> {
    const latencies: number[] = [];
    const start = performance.now();
    const end = start + load.forMs;
    await Promise.all(Array.from({ length: load.inFlight }, () => this.#turns(load, end, latencies)));
    return { turnsPerSecond: (latencies.length * 1000) / (performance.now() - start), latencies };
  }

  /** The step that this citizen comes to now. */
  next(citizen: number): number {
    const step = this.#steps[citizen] ?? 0;
    this.#steps[citizen] = step + 1;
    return step;
  }

  async #turns({ runner, random }: Load, end: number, latencies: number[]): Promise<void> {
    for (let now = performance.now(); now < end; ) {
      const citizen = this.#take(random());
      const said = runner.turn(citizen, this.next(citizen));
      if (said instanceof Promise) await said;
      this.#busy[citizen] = 0;
      const after = performance.now();
      latencies.push((after - now) * 1000);
      now = after;
    }
  }

  /** The first citizen from a place picked by chance who is not in a turn. */
  #take(chance: number): number {
    const count = this.#busy.length;
    let citizen = Math.floor(chance * count);
    while (this.#busy[citizen] === 1) citizen = (citizen + 1) % count;
    this.#busy[citizen] = 1;
    return citizen;
  }
}
