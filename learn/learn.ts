import { featuresOf } from "../src/safety/features.ts";
import type { Lexicon } from "../src/safety/lexicon.ts";
import { type ModelFile, QUESTIONS, scoresOf, type Weights } from "../src/safety/model.ts";
import { createReader, type Evidence, type Reader } from "../src/safety/reader.ts";
import type { Signals } from "../src/safety/signals.ts";
import { balance, type Scored } from "./balance.ts";
import type { Example } from "./example.ts";
import { pack } from "./pack.ts";
import { train } from "./train.ts";
import { lessonsOf } from "./variants.ts";

/**
 * What counts as yes, in log-odds. Chosen by people: missing a call for help weighs more than asking once too often.
 * See docs/safety-screen.md for the figures on both sides.
 */
const YES: ModelFile["yes"] = { help: 0.6, urgent: -3.3, perpetrator: 0, child: 0 };
const PARTS = 3;

/** A model from examples; the same examples, signals and lexicon give the same model, byte for byte. */
export function learn(examples: readonly Example[], content: { signals: Signals; lexicon: Lexicon }): ModelFile {
  const reader = createReader(content.signals, content.lexicon);
  const shifts = balance(scoreInParts(examples, reader));
  const weights = train(lessonsOf(examples), reader);
  const bias = weights.bias.map((value, o) => value + (shifts[o - QUESTIONS.length] ?? 0));
  return pack({ ...weights, bias }, YES);
}

/** Every example scored by weights learned from the other parts. */
function scoreInParts(examples: readonly Example[], reader: Reader): readonly Scored[] {
  return Array.from({ length: PARTS }, (_, part) => {
    const weights = train(lessonsOf(examples.filter((_example, at) => at % PARTS !== part)), reader);
    const apart = examples.filter((_example, at) => at % PARTS === part);
    return apart.map((example) => ({ example, scores: labelScores(weights, reader.evidence(reader.read(example.text))) }));
  }).flat();
}

function labelScores(weights: Weights, evidence: Evidence): readonly number[] {
  return [...scoresOf(weights, featuresOf(evidence))].slice(QUESTIONS.length);
}
