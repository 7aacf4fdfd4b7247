import { Buffer } from "node:buffer";
import { z } from "zod";
import { FeatureIndex } from "./feature-index.ts";
import type { Features } from "./features.ts";
import { LABELS, type Label } from "./labels.ts";

/** What the learned part answers beside the labels. */
export const QUESTIONS = ["help", "urgent", "perpetrator", "child"] as const;
/** One weight of every feature for each, in this order. */
export const OUTPUTS = [...QUESTIONS, ...LABELS] as const;

/** `content/safety/model.json`, written by `npm run learn`. */
export const ModelFile = z.strictObject({
  model: z.literal(1),
  outputs: z.array(z.string()).refine((names) => names.join() === OUTPUTS.join(), "made for other outputs"),
  bias: z.array(z.number()).length(OUTPUTS.length),
  /** A stored weight of 1 is this much. */
  unit: z.array(z.number().positive()).length(OUTPUTS.length),
  /** Answers above these count as yes. */
  yes: z.strictObject({ help: z.number(), urgent: z.number(), perpetrator: z.number(), child: z.number() }),
  /** Numbers of features, four bytes each, the least significant first, Base64. */
  features: z.string(),
  /** One signed byte for each feature and output, Base64. */
  weights: z.string(),
});
export type ModelFile = z.infer<typeof ModelFile>;

/** The weights of the learned part, ready to add up. */
export interface Weights {
  readonly index: FeatureIndex;
  readonly bias: readonly number[];
  readonly unit: readonly number[];
  /** For a feature of row `r` and output `o` at `r * OUTPUTS.length + o`. */
  readonly rows: ArrayLike<number>;
}

export interface Answers {
  /** Log-odds less what counts as yes: above 0 is yes. */
  readonly help: number;
  readonly urgent: number;
  readonly perpetrator: number;
  readonly child: number;
  readonly labels: readonly { readonly label: Label; readonly score: number }[];
}

/** How much all words together count; a long message must not weigh more than a short one. */
const LOUDNESS = 3;

/** The log-odds of every output, in `sums`. */
export function scoresOf(
  { index, rows, unit, bias }: Weights,
  features: Features,
  sums = new Float64Array(OUTPUTS.length),
): Float64Array {
  sums.fill(0);
  let known = 0;
  for (let i = 0; i < features.count; i++) {
    const row = index.rowOf(features.hash[i] ?? 0);
    if (row < 0) continue;
    addRow(sums, rows, row);
    known++;
  }
  const loudness = loudnessOf(known);
  for (let o = 0; o < sums.length; o++) sums[o] = (sums[o] ?? 0) * loudness;
  for (const number of features.signals) {
    const row = index.rowOf(number);
    if (row >= 0) addRow(sums, rows, row);
  }
  for (let o = 0; o < sums.length; o++) sums[o] = (sums[o] ?? 0) * (unit[o] ?? 0) + (bias[o] ?? 0);
  return sums;
}

/** What each feature of the words counts when so many are known. */
export function loudnessOf(known: number): number {
  return LOUDNESS / Math.sqrt(Math.max(1, known));
}

function addRow(sums: Float64Array, rows: ArrayLike<number>, row: number): void {
  const at = row * OUTPUTS.length;
  for (let o = 0; o < OUTPUTS.length; o++) sums[o] = (sums[o] ?? 0) + (rows[at + o] ?? 0);
}

/** What the scores of a message mean; labels with the likeliest first. */
export function answersOf(
  weights: Weights,
  yes: ModelFile["yes"],
  features: Features,
  sums?: Float64Array<ArrayBuffer>,
): Answers {
  const scores = scoresOf(weights, features, sums);
  const [help, urgent, perpetrator, child] = QUESTIONS.map((question, o) => (scores[o] ?? 0) - yes[question]);
  const labels = LABELS.map((label, i) => ({ label, score: scores[QUESTIONS.length + i] ?? 0 }));
  return {
    help: help ?? 0,
    urgent: urgent ?? 0,
    perpetrator: perpetrator ?? 0,
    child: child ?? 0,
    labels: labels.sort((a, b) => b.score - a.score),
  };
}

/** Throws when the text is not a model, or one made for other outputs. */
export function readModel(text: string): ModelFile {
  return ModelFile.parse(JSON.parse(text));
}

export function isModel(text: string): boolean {
  try {
    readModel(text);
    return true;
  } catch {
    return false;
  }
}

/** The weights as numbers again. */
export function unpack({ bias, unit, features, weights }: ModelFile): Weights {
  const bytes = Buffer.from(features, "base64");
  const numbers = Int32Array.from({ length: bytes.length >> 2 }, (_, i) => bytes.readInt32LE(i * 4));
  return { index: new FeatureIndex(numbers), bias, unit, rows: new Int8Array(Buffer.from(weights, "base64")) };
}
