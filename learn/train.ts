import { seededRandom } from "../src/bot/random.ts";
import { type Features, featuresOf } from "../src/safety/features.ts";
import { LABELS } from "../src/safety/labels.ts";
import { groupOf, loudnessOf, OUTPUTS, QUESTIONS, scoresOf, type Weights } from "../src/safety/model.ts";
import type { Reader } from "../src/safety/reader.ts";
import type { Rule } from "../src/safety/signals.ts";
import type { Example } from "./example.ts";
import type { Lesson } from "./variants.ts";

export const BITS = 16;
const ROUNDS = 10;
const RATE = 0.1;
/** Pulls weights that one example alone wants back to nothing. */
const DECAY = 1e-5;
const FIRST_SQUARE = 1e-2;
/** Of a message with several right labels, how much the first counts. */
const FIRST_LABEL = 0.85;

/** What hand-written rules say before anything is learned, in log-odds. */
const RULE_HELP = 0.7;
const RULE_URGENT = 0.7;
const RULE_LABEL = 0.7;

/** Logistic regression of every question and of the labels together, by AdaGrad; the same lessons give the same weights. */
export function train(lessons: readonly Lesson[], reader: Reader): Weights {
  const learner = new Learner();
  const random = seededRandom(1);
  const rules = new Map<number, Rule>();
  const prepared = lessons.map(({ text, weight, example }) => {
    const evidence = reader.evidence(reader.read(text));
    for (const { rule, signal } of evidence.rules) rules.set(signal.number, rule);
    return { features: featuresOf(evidence), wanted: wantedOf(example), weight };
  });
  for (const [number, rule] of rules) learner.believe(number, rule);
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(prepared, random);
    for (const lesson of prepared) learner.learn(lesson);
  }
  return learner.weights;
}

interface Prepared {
  readonly features: Features;
  readonly wanted: readonly number[];
  readonly weight: number;
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
  readonly weights: Weights & { readonly groups: Float32Array; readonly bias: number[] };
  readonly #squares = new Float32Array(2 ** BITS * OUTPUTS.length).fill(FIRST_SQUARE);
  readonly #biasSquares = new Float64Array(OUTPUTS.length).fill(FIRST_SQUARE);

  constructor() {
    const groups = new Float32Array(2 ** BITS * OUTPUTS.length);
    this.weights = { bits: BITS, bias: OUTPUTS.map(() => 0), unit: OUTPUTS.map(() => 1), groups };
  }

  /** Begins with what the writers of a rule meant. */
  believe(number: number, { need, urgent, whom }: Rule): void {
    if (need === undefined) return;
    this.#add(number, "help", RULE_HELP);
    if (urgent === true) this.#add(number, "urgent", RULE_URGENT);
    this.#add(number, whom === "other" ? "help-other" : need, RULE_LABEL);
    if (whom === "perpetrator") this.#add(number, "perpetrator", RULE_LABEL);
  }

  #add(number: number, output: (typeof OUTPUTS)[number], weight: number): void {
    const { groups } = this.weights;
    const at = groupOf(this.weights, number) + OUTPUTS.indexOf(output);
    groups[at] = (groups[at] ?? 0) + weight;
  }

  learn({ features, wanted, weight }: Prepared): void {
    const scores = scoresOf(this.weights, features);
    const errors = errorsOf(scores, wanted).map((error) => error * weight);
    const loudness = loudnessOf(features);
    for (let i = 0; i < features.count; i++) this.#adjust(features.hash[i] ?? 0, errors, loudness);
    for (const number of features.signals) this.#adjust(number, errors, 1);
    for (const [o, error] of errors.entries()) {
      this.#biasSquares[o] = (this.#biasSquares[o] ?? 0) + error * error;
      this.weights.bias[o] = (this.weights.bias[o] ?? 0) - (RATE * error) / Math.sqrt(this.#biasSquares[o] ?? 1);
    }
  }

  #adjust(number: number, errors: readonly number[], loudness: number): void {
    const { groups } = this.weights;
    const group = groupOf(this.weights, number);
    for (let o = 0; o < errors.length; o++) {
      const at = group + o;
      const error = errors[o] ?? 0;
      if (error === 0) continue;
      const step = error * loudness + DECAY * (groups[at] ?? 0);
      const square = (this.#squares[at] ?? 0) + step * step;
      this.#squares[at] = square;
      groups[at] = (groups[at] ?? 0) - (RATE * step) / Math.sqrt(square);
    }
  }
}

function errorsOf(scores: Float64Array, wanted: readonly number[]): number[] {
  const labels = softmax(scores.subarray(QUESTIONS.length));
  return wanted.map((want, o) => {
    if (Number.isNaN(want)) return 0;
    const is = o < QUESTIONS.length ? 1 / (1 + Math.exp(-(scores[o] ?? 0))) : (labels[o - QUESTIONS.length] ?? 0);
    return is - want;
  });
}

function softmax(scores: Float64Array): number[] {
  const most = Math.max(...scores);
  const powers = Array.from(scores, (score) => Math.exp(score - most));
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
