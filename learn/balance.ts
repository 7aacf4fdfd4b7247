import { LABELS } from "../src/safety/labels.ts";
import type { Example } from "./example.ts";

/** How an example that was not learned from scored; a score for each of `LABELS`. */
export interface Scored {
  readonly example: Example;
  readonly scores: readonly number[];
}

const ROUNDS = 60;
const STEP = 0.1;
/** Keeps rare labels from being moved far by a handful of messages. */
const CALM = 5;

/**
 * What to add to each label's score, so that of messages not learned from as many get the label as should. Without it
 * the most frequent label would be named whenever the model is unsure.
 */
export function balance(scored: readonly Scored[]): readonly number[] {
  const calls = scored.filter(({ example }) => example.label !== "none");
  const wanted = LABELS.map((label) => calls.filter(({ example }) => example.label === label).length);
  const shifts = LABELS.map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    const named = LABELS.map(() => 0);
    for (const { scores } of calls) {
      const best = indexOfBest(scores.map((score, i) => score + (shifts[i] ?? 0)));
      named[best] = (named[best] ?? 0) + 1;
    }
    for (const i of shifts.keys()) {
      shifts[i] = (shifts[i] ?? 0) + STEP * Math.log(((wanted[i] ?? 0) + CALM) / ((named[i] ?? 0) + CALM));
    }
  }
  return shifts;
}

function indexOfBest(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value > (values[best] ?? Number.NEGATIVE_INFINITY) ? i : best), 0);
}
