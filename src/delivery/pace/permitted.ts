/** What is added to every second: more after a refusal that came although the rate was kept. It fades. */
const LEAST_MARGIN_MS = 1;
const MOST_MARGIN_MS = 40;
/** The part of the added margin that fades in a second of full use: half of it in two minutes and a bit. */
const FADES = 0.005;

/** A second with this share of its messages counts as full: only then can a margin be what is missing. */
const FULL = 0.9;
/** Refused again within so many seconds' worth of messages, or so many messages: a margin is not enough. */
const SOON_SECONDS = 10;
const SOON_MESSAGES = 100;
/** The rate falls to this share of what it was; further if the refusal came early in a second. */
const FALLS_TO = 0.85;
/** And only to this one after a longer time without a refusal: the rate was nearly right, or it was not the reason. */
const FALLS_LITTLE_TO = 0.97;
/** So many messages in that second are believed; fewer let the rate fall to half at most. */
const BELIEVED = 10;
const FALLS_HALFWAY_TO = 0.5;
/** However often it is refused, one in fifty of the declared rate is tried. */
const LEAST_SHARE = 0.02;

/** Up to this share of the rate that was refused, the way back is quick, and after so long all the way. */
const NEAR = 0.9;
const REMEMBERED_MS = 300_000;
/** What each message taken adds to the rate: in a second of full use 1 % of the declared rate, or 0.1 %. */
const QUICKLY = 0.01;
const SLOWLY = 0.001;

/**
 * What the network permits, as far as its answers tell: never more than declared, less after refusals, and slowly up
 * again with what is taken, for nothing is learned while nothing is sent. Times are milliseconds of one clock.
 */
export class Permitted {
  readonly #declared: number;
  #rate: number;
  /** The rate that was refused last. */
  #ceiling: number;
  #refusedAt = Number.NEGATIVE_INFINITY;
  #marginMs = LEAST_MARGIN_MS;
  /** Messages taken since the last refusal; the first one finds a network that was content for long. */
  #taken = Number.POSITIVE_INFINITY;

  constructor(perSecond: number) {
    this.#declared = perSecond;
    this.#rate = perSecond;
    this.#ceiling = perSecond;
  }

  /** Messages a second. */
  get rate(): number {
    return this.#rate;
  }

  /** What a second is made longer by. */
  get marginMs(): number {
    return this.#marginMs;
  }

  /** The network took a message. */
  taken(now: number): void {
    this.#taken++;
    this.#marginMs -= ((this.#marginMs - LEAST_MARGIN_MS) * FADES) / this.#declared;
    const quick = this.#rate < NEAR * this.#ceiling || now - this.#refusedAt > REMEMBERED_MS;
    this.#rate = Math.min(this.#declared, this.#rate + (quick ? QUICKLY : SLOWLY));
  }

  /**
   * The network said "too many" when this share of a second's messages had left within the last one. A network that took
   * nothing since it said so before refuses for another reason.
   */
  refused(share: number, now: number): void {
    if (this.#taken === 0) return;
    const soon = this.#taken < Math.max(SOON_MESSAGES, SOON_SECONDS * this.#rate);
    const isFirst = this.#taken === Number.POSITIVE_INFINITY;
    this.#taken = 0;
    this.#refusedAt = now;
    const asDeclared = this.#rate === this.#declared;
    if (asDeclared && share >= FULL && !soon && this.#marginMs < MOST_MARGIN_MS / 2) {
      this.#marginMs = Math.min(MOST_MARGIN_MS, 4 * this.#marginMs + 4);
      return;
    }
    const believed = share * this.#declared >= BELIEVED ? share : Math.max(share, FALLS_HALFWAY_TO);
    this.#ceiling = this.#rate;
    const fallsTo = soon || isFirst ? Math.min(FALLS_TO, believed) : FALLS_LITTLE_TO;
    this.#rate = Math.max(LEAST_SHARE * this.#declared, this.#rate * fallsTo);
  }
}
