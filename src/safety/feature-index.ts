/** Free places for each feature: looking one up costs a step or two. */
const ROOM = 2;
const SPREAD = 0x9e3779b1;

/** The features that weights were learned for, by their rows. */
export class FeatureIndex {
  readonly numbers: Int32Array;
  /** Row plus one, at the place of its number or one of the next; 0 is free. */
  readonly #places: Int32Array;
  readonly #shift: number;

  /** `numbers` are different from each other; the first has row 0. */
  constructor(numbers: Int32Array) {
    const bits = Math.ceil(Math.log2(Math.max(2, numbers.length * ROOM)));
    this.numbers = numbers;
    this.#places = new Int32Array(2 ** bits);
    this.#shift = 32 - bits;
    for (let row = 0; row < numbers.length; row++) {
      let place = this.#placeOf(numbers[row] ?? 0);
      while (this.#places[place] !== 0) place = this.#next(place);
      this.#places[place] = row + 1;
    }
  }

  /** The row of a feature; -1 when nothing was learned of it. */
  rowOf(number: number): number {
    let place = this.#placeOf(number);
    for (;;) {
      const row = (this.#places[place] ?? 0) - 1;
      if (row < 0 || this.numbers[row] === number) return row;
      place = this.#next(place);
    }
  }

  #placeOf(number: number): number {
    return Math.imul(number, SPREAD) >>> this.#shift;
  }

  #next(place: number): number {
    return (place + 1) & (this.#places.length - 1);
  }
}
