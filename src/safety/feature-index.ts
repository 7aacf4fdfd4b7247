/** Free places for each feature: looking one up costs a step or two. */
const ROOM = 1.5;
const SPREAD = 0x9e3779b1;

/** The features that weights were learned for, by their rows. */
export class FeatureIndex {
  readonly numbers: Int32Array;
  /** A number and its row plus one side by side, at the place of the number or one of the next; row 0 is free. */
  readonly #places: Int32Array;
  readonly #shift: number;

  /** `numbers` are different from each other; the first has row 0. */
  constructor(numbers: Int32Array) {
    const bits = Math.ceil(Math.log2(Math.max(2, numbers.length * ROOM)));
    this.numbers = numbers;
    this.#places = new Int32Array(2 ** (bits + 1));
    this.#shift = 32 - bits;
    for (const [row, number] of numbers.entries()) {
      let place = this.#placeOf(number);
      while (this.#places[place + 1] !== 0) place = this.#next(place);
      this.#places[place] = number;
      this.#places[place + 1] = row + 1;
    }
  }

  /** The row of a feature; -1 when nothing was learned of it. */
  rowOf(number: number): number {
    let place = this.#placeOf(number);
    for (;;) {
      const row = (this.#places[place + 1] ?? 0) - 1;
      if (row < 0 || this.#places[place] === number) return row;
      place = this.#next(place);
    }
  }

  #placeOf(number: number): number {
    return (Math.imul(number, SPREAD) >>> this.#shift) << 1;
  }

  #next(place: number): number {
    return (place + 2) & (this.#places.length - 1);
  }
}
