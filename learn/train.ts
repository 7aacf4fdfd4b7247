import { seededRandom } from "../src/bot/random.ts";
import { FeatureIndex } from "../src/safety/feature-index.ts";
import { type Features, featuresOf } from "../src/safety/features.ts";
import { LABELS } from "../src/safety/labels.ts";
import { loudnessOf, OUTPUTS, QUESTIONS, scoresOf, type Weights } from "../src/safety/model.ts";
import type { Reader } from "../src/safety/reader.ts";
import type { Example } from "./example.ts";
import type { Lesson } from "./variants.ts";

const ROUNDS = 12;
/** The weights after so many last rounds are averaged: what only the order of the messages made evens out. */
const AVERAGED = 6;
const RATE = 0.1;
/** Pulls weights that one example alone wants back to nothing. */
const DECAY = 1e-5;
const FIRST_SQUARE = 1e-2;
/** Of a message with several right labels, how much the first counts. */
const FIRST_LABEL = 0.85;

/** A feature of fewer messages tells more about them than about what people mean. */
const MESSAGES_AT_LEAST = 4;

/** Logistic regression of every question and of the labels together, by AdaGrad; the same lessons give the same weights. */
export function train(lessons: readonly Lesson[], reader: Reader): Weights {
  const prepared = lessons.map(({ text, weight, example }) => {
    const features = featuresOf(reader.evidence(reader.read(text)));
    return { features, wanted: wantedOf(example), weight, message: example.id };
  });
  const learner = new Learner(indexOf(prepared));
  const random = seededRandom(1);
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(prepared, random);
    for (const lesson of prepared) learner.learn(lesson);
    if (round >= ROUNDS - AVERAGED) learner.remember();
  }
  return learner.average();
}

/** The features of enough messages; those of most messages first, so that the weights used most lie together. */
function indexOf(lessons: readonly Prepared[]): FeatureIndex {
  const messages = new Map<number, { last: string; count: number }>();
  const see = (number: number, message: string) => {
    const seen = messages.get(number);
    if (seen === undefined) messages.set(number, { last: message, count: 1 });
    else if (seen.last !== message) messages.set(number, { last: message, count: seen.count + 1 });
  };
  for (const { features, message } of lessons) {
    for (const number of features.hash.subarray(0, features.count)) see(number, message);
    for (const number of features.signals) see(number, message);
  }
  const known = [...messages].filter(([, { count }]) => count >= MESSAGES_AT_LEAST);
  known.sort(([a, { count: ofA }], [b, { count: ofB }]) => ofB - ofA || a - b);
  return new FeatureIndex(Int32Array.from(known, ([number]) => number));
}

interface Prepared {
  readonly features: Features;
  readonly wanted: readonly number[];
  readonly weight: number;
  /** All variants of a message are one. */
  readonly message: string;
}

/** For every question 0 or 1, for every label its share; NaN where the message says nothing about it. */
function wantedOf({ label, also, urgent, note }: Example): readonly number[] {
  const isCall = label !== "none";
  const ofCall = (holds: boolean) => (isCall ? Number(holds) : Number.NaN);
  const child = label === "child-abuse" || /\b(child|teen|student)\b/.test(note);
  const others = also.filter((other) => other !== label);
  const shares = LABELS.map((one) => {
    if (!isCall) return Number.NaN;
    if (one === label) return others.length === 0 ? 1 : FIRST_LABEL;
    return others.includes(one) ? (1 - FIRST_LABEL) / others.length : 0;
  });
  return [Number(isCall), Number(urgent), ofCall(/\bperpetrator\b/.test(note)), ofCall(child), ...shares];
}

class Learner {
  readonly weights: Weights & { readonly rows: Float32Array; readonly bias: number[] };
  readonly #squares: Float32Array;
  readonly #sums: Float32Array;
  readonly #biasSums = new Float64Array(OUTPUTS.length);
  #remembered = 0;
  readonly #biasSquares = new Float64Array(OUTPUTS.length).fill(FIRST_SQUARE);

  constructor(index: FeatureIndex) {
    const size = index.numbers.length * OUTPUTS.length;
    this.weights = { index, bias: OUTPUTS.map(() => 0), unit: OUTPUTS.map(() => 1), rows: new Float32Array(size) };
    this.#sums = new Float32Array(size);
    this.#squares = new Float32Array(size).fill(FIRST_SQUARE);
  }

  /** Adds the weights as they are now to the average. */
  remember(): void {
    const { rows, bias } = this.weights;
    for (let i = 0; i < rows.length; i++) this.#sums[i] = (this.#sums[i] ?? 0) + (rows[i] ?? 0);
    for (const [o, value] of bias.entries()) this.#biasSums[o] = (this.#biasSums[o] ?? 0) + value;
    this.#remembered++;
  }

  average(): Weights {
    const mean = (sum: number) => sum / this.#remembered;
    return { ...this.weights, rows: this.#sums.map(mean), bias: Array.from(this.#biasSums, mean) };
  }

  learn({ features, wanted, weight }: Prepared): void {
    const scores = scoresOf(this.weights, features);
    const errors = errorsOf(scores, wanted).map((error) => error * weight);
    const rows = this.#rowsOf(features.hash.subarray(0, features.count));
    const loudness = loudnessOf(rows.length);
    for (const row of rows) this.#adjust(row, errors, loudness);
    for (const row of this.#rowsOf(features.signals)) this.#adjust(row, errors, 1);
    for (const [o, error] of errors.entries()) {
      this.#biasSquares[o] = (this.#biasSquares[o] ?? 0) + error * error;
      this.weights.bias[o] = (this.weights.bias[o] ?? 0) - (RATE * error) / Math.sqrt(this.#biasSquares[o] ?? 1);
    }
  }

  #rowsOf(numbers: Iterable<number>): number[] {
    const { index } = this.weights;
    return Array.from(numbers, (number) => index.rowOf(number)).filter((row) => row >= 0);
  }

  #adjust(row: number, errors: readonly number[], loudness: number): void {
    const { rows } = this.weights;
    for (let o = 0; o < errors.length; o++) {
      const at = row * OUTPUTS.length + o;
      const error = errors[o] ?? 0;
      if (error === 0) continue;
      const step = error * loudness + DECAY * (rows[at] ?? 0);
      const square = (this.#squares[at] ?? 0) + step * step;
      this.#squares[at] = square;
      rows[at] = (rows[at] ?? 0) - (RATE * step) / Math.sqrt(square);
    }
  }
}

function errorsOf(scores: Float64Array, wanted: readonly number[]): number[] {
  const labels = softmax([...scores.subarray(QUESTIONS.length)]);
  return wanted.map((want, o) => {
    if (Number.isNaN(want)) return 0;
    const is = o < QUESTIONS.length ? 1 / (1 + Math.exp(-(scores[o] ?? 0))) : (labels[o - QUESTIONS.length] ?? 0);
    return is - want;
  });
}

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((all, power) => all + power, 0);
  return powers.map((power) => power / sum);
}

function shuffle<T>(items: T[], random: () => number): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [items[i], items[j]];
    if (a !== undefined && b !== undefined) [items[i], items[j]] = [b, a];
  }
}
