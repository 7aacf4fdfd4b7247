import { Buffer } from "node:buffer";
import { z } from "zod";
import type { Features } from "./features.ts";
import { LABELS, type Label } from "./labels.ts";

/** What the learned part answers beside the labels. */
export const QUESTIONS = ["help", "urgent", "perpetrator", "child"] as const;
/** One weight of every feature for each, in this order. */
export const OUTPUTS = [...QUESTIONS, ...LABELS] as const;

/** `content/safety/model.json`, written by `npm run learn`. */
export const ModelFile = z.strictObject({
  model: z.literal(1),
  /** There are 2^bits groups of features; the first bits of a feature name its group. */
  bits: z.int().min(8).max(20),
  outputs: z.array(z.string()).refine((names) => names.join() === OUTPUTS.join(), "made for other outputs"),
  bias: z.array(z.number()).length(OUTPUTS.length),
  /** A stored weight of 1 is this much. */
  unit: z.array(z.number().positive()).length(OUTPUTS.length),
  /** Answers above these count as yes. */
  yes: z.strictObject({ help: z.number(), urgent: z.number(), perpetrator: z.number(), child: z.number() }),
  /** One signed byte for each group and output, Base64. */
  weights: z.base64(),
});
export type ModelFile = z.infer<typeof ModelFile>;

/** The weights of the learned part, ready to add up. */
export interface Weights {
  readonly bits: number;
  readonly bias: readonly number[];
  readonly unit: readonly number[];
  /** For group `g` and output `o` at `g * OUTPUTS.length + o`. */
  readonly groups: ArrayLike<number>;
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
export const LOUDNESS = 3;

/** The log-odds of every output. */
export function scoresOf(weights: Weights, features: Features): Float64Array {
  const sums = new Float64Array(OUTPUTS.length);
  for (let i = 0; i < features.count; i++) addGroup(sums, weights, features.hash[i] ?? 0);
  const loudness = loudnessOf(features);
  for (let o = 0; o < sums.length; o++) sums[o] = (sums[o] ?? 0) * loudness;
  for (const number of features.signals) addGroup(sums, weights, number);
  for (let o = 0; o < sums.length; o++) sums[o] = (sums[o] ?? 0) * (weights.unit[o] ?? 0) + (weights.bias[o] ?? 0);
  return sums;
}

/** What each feature of the words counts. */
export function loudnessOf({ count }: Features): number {
  return LOUDNESS / Math.sqrt(Math.max(1, count));
}

/** Where the weights of a feature begin. */
export function groupOf({ bits }: Pick<Weights, "bits">, number: number): number {
  return (number >>> (32 - bits)) * OUTPUTS.length;
}

function addGroup(sums: Float64Array, weights: Weights, number: number): void {
  const group = groupOf(weights, number);
  const { groups } = weights;
  for (let o = 0; o < OUTPUTS.length; o++) sums[o] = (sums[o] ?? 0) + (groups[group + o] ?? 0);
}

/** What the scores of a message mean; labels with the likeliest first. */
export function answersOf(weights: Weights, yes: ModelFile["yes"], features: Features): Answers {
  const scores = scoresOf(weights, features);
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
export function unpack({ bits, bias, unit, weights }: ModelFile): Weights {
  return { bits, bias, unit, groups: new Int8Array(Buffer.from(weights, "base64")) };
}
