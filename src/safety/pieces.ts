import { wordFeaturesOf } from "./features.ts";
import { groupOf, LOUDNESS, type Weights } from "./model.ts";
import type { Reader, Reading } from "./reader.ts";

/** Words `from` up to but not including `to` of a message. */
export interface Piece {
  readonly from: number;
  readonly to: number;
}

/** A message of more words is judged by its loudest pieces: a call for help may stand in a long story. */
const LONG_WORDS = 36;
const PIECE_WORDS = 20;
const STEP_WORDS = 5;
const MOST_PIECES = 2;

/** The pieces to judge: all of a short message; of a long one, those that call loudest for help. */
export function piecesOf(reading: Reading, reader: Reader, weights: Weights): readonly Piece[] {
  const { count } = reading.words;
  if (count <= LONG_WORDS) return [{ from: 0, to: count }];
  const loudness = loudnessOfPieces(reading, reader, weights);
  const chosen: Piece[] = [];
  for (const { from } of loudness.sort((a, b) => b.loudness - a.loudness)) {
    if (chosen.length === MOST_PIECES) break;
    const to = Math.min(count, from + PIECE_WORDS);
    if (chosen.every((piece) => to <= piece.from || from >= piece.to)) chosen.push({ from, to });
  }
  return chosen;
}

/** A quick sum of what words and ideas have to do with help; close enough to choose. */
function loudnessOfPieces(reading: Reading, reader: Reader, weights: Weights): { from: number; loudness: number }[] {
  const { words, found } = reading;
  const { count, hash, at } = wordFeaturesOf(words);
  const loud = new Float64Array(words.count);
  const counts = new Float64Array(words.count);
  for (let i = 0; i < count; i++) add(loud, at[i] ?? 0, helpWeight(weights, hash[i] ?? 0));
  for (let i = 0; i < count; i++) add(counts, at[i] ?? 0, 1);
  const ideas = new Float64Array(words.count);
  for (const { span, owners } of found) {
    for (const owner of owners) {
      const signal = reader.signalOf(owner);
      if (signal !== undefined) add(ideas, span.from, helpWeight(weights, signal.number));
    }
  }
  const pieces: { from: number; loudness: number }[] = [];
  for (let from = 0; from < words.count; from += STEP_WORDS) {
    const sumOf = (column: Float64Array) =>
      column.subarray(from, from + PIECE_WORDS).reduce((sum, value) => sum + value, 0);
    const spoken = (sumOf(loud) * LOUDNESS) / Math.sqrt(Math.max(1, sumOf(counts)));
    pieces.push({ from, loudness: spoken + sumOf(ideas) });
  }
  return pieces;
}

function add(column: Float64Array, at: number, value: number): void {
  column[at] = (column[at] ?? 0) + value;
}

/** "help" is the first output. */
function helpWeight(weights: Weights, number: number): number {
  return weights.groups[groupOf(weights, number)] ?? 0;
}
