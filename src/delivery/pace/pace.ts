import type { Lane } from "../../server/meter.ts";
import { Fifo } from "./fifo.ts";
import { Permitted } from "./permitted.ts";
import { Trips } from "./trips.ts";

/** A message in the air. */
export interface Departure {
  readonly at: number;
}

/** Without an answer for so long a message is taken for arrived: a few that hang must not hold up the rest. */
const PATIENCE_MS = 2_000;
/** Messages leave evenly, but this much faster than permitted: the places are what holds them back. */
const FASTER = 1.02;
/**
 * How far behind an even pace messages may be and still make up for it at once: a place that is taken late is late from
 * then on, every second, so what a busy machine missed must not be lost.
 */
const BEHIND_MS = 250;
/** How far ahead of it replies may be: a screen of several messages is not drawn out. */
const AHEAD_MS = { reply: 100, bulk: 0 } as const satisfies Record<Lane, number>;

/**
 * When the next message of a bot may leave. Times are milliseconds of one clock that never goes back.
 *
 * A second has `perSecond` places. A message takes one when it leaves and gives it back one second after its answer,
 * less what is certain of a trip: so no two messages with `perSecond` between them can arrive within one second,
 * however differently they travel. For if one arrives after the other's place was given back, then that other's answer
 * was on its way back, and this one on its way there, for at least that part of a trip.
 *
 * Beside that they leave evenly: what is in the air at a crash stays little, and a reply, which goes ahead of the rest,
 * finds a place soon.
 */
export class Pace {
  readonly #places: number;
  readonly #permitted: Permitted;
  readonly #trips = new Trips();
  readonly #inTheAir = new Set<Departure>();
  /** When those were answered that still have their places. */
  readonly #answered = new Fifo<number>();
  /** When the next one would leave if all were even. */
  #even = Number.NEGATIVE_INFINITY;
  #idle = true;

  constructor(perSecond: number) {
    this.#places = Math.ceil(perSecond);
    this.#permitted = new Permitted(perSecond);
  }

  /** What the network permits, as far as is known; messages a second. */
  get perSecond(): number {
    return this.#permitted.rate;
  }

  /** Milliseconds until a message may leave. */
  wait(lane: Lane, now: number): number {
    return Math.max(0, this.#waitForPlace(now), this.#even - AHEAD_MS[lane] - now);
  }

  leave(now: number): Departure {
    const departure = { at: now };
    this.#inTheAir.add(departure);
    this.#even = Math.max(this.#even, this.#idle ? now : now - BEHIND_MS) + this.#evenMs;
    this.#idle = false;
    return departure;
  }

  /** Nobody waits, or nobody may leave: whoever comes next has missed nothing. */
  rest(): void {
    this.#idle = true;
  }

  /** Nothing left after all: somebody else may have the place. */
  unused(departure: Departure): void {
    if (this.#inTheAir.delete(departure)) this.#even -= this.#evenMs;
  }

  /** The network answered; `refused`: not with "too many". */
  answered(departure: Departure, now: number, how: "taken" | "refused"): void {
    if (how === "taken") this.#permitted.taken(now);
    if (!this.#inTheAir.delete(departure)) return;
    this.#answered.push(now);
    this.#trips.add(now - departure.at, now);
  }

  /** The share of a second's messages that left within the last one. */
  used(now: number): number {
    this.#giveBack(now);
    return this.#taken / this.#places;
  }

  /** The network said "too many" to the whole bot. Once for all that were in the air together. */
  refused(now: number): void {
    this.#permitted.refused(this.used(now), now);
  }

  /** Places that are not free. */
  get #taken(): number {
    return this.#inTheAir.size + this.#answered.size;
  }

  get #secondMs(): number {
    return (1_000 * this.#places) / this.#permitted.rate;
  }

  get #evenMs(): number {
    return this.#secondMs / this.#places / FASTER;
  }

  #waitForPlace(now: number): number {
    const keptMs = this.#giveBack(now);
    if (this.#taken < this.#places) return 0;
    if (this.#answered.first !== undefined) return this.#answered.first + keptMs - now;
    const [oldest] = this.#inTheAir;
    return oldest === undefined ? 0 : oldest.at + PATIENCE_MS - now;
  }

  /** Frees the places that are over; gives how long one is kept after its answer. */
  #giveBack(now: number): number {
    this.#giveUpOnSome(now);
    const keptMs = this.#secondMs + this.#permitted.marginMs - this.#trips.certain(now);
    while (this.#answered.first !== undefined && this.#answered.first + keptMs <= now) this.#answered.shift();
    return keptMs;
  }

  #giveUpOnSome(now: number): void {
    for (const departure of this.#inTheAir) {
      if (departure.at + PATIENCE_MS > now) return;
      this.#inTheAir.delete(departure);
      this.#answered.push(now);
    }
  }
}
