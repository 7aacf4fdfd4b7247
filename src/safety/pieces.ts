import type { FeatureIndex } from "./feature-index.ts";
import { FeatureList, type Features, wordFeaturesOf } from "./features.ts";
import { OUTPUTS, type Weights } from "./model.ts";
import type { Words } from "./words.ts";

/** Words `from` up to but not including `to` of a message. */
export interface Piece {
  readonly from: number;
  readonly to: number;
}

/** The pieces to judge: all of a short message; of a long one, those that call loudest for help. */
export type PieceFinder = (words: Words) => readonly Piece[];

/** A message of more words is judged by its loudest pieces: a call for help may stand in a long story. */
const LONG_WORDS = 36;
const PIECE_WORDS = 20;
const STEP_WORDS = 5;
const MOST_PIECES = 4;

export function createPieceFinder(weights: Weights): PieceFinder {
  const { index } = weights;
  const list = new FeatureList();
  const help = helpWeights(weights);
  return (words) => {
    if (words.count <= LONG_WORDS) return [{ from: 0, to: words.count }];
    return loudest(loudnessOfPieces(wordFeaturesOf(words, list), words.count, { help, index }), words.count);
  };
}

/** Of every row; "help" is the first output. Close together, because a long message asks for thousands. */
function helpWeights({ index, rows }: Weights): Float32Array {
  return Float32Array.from(index.numbers, (_, row) => rows[row * OUTPUTS.length] ?? 0);
}

interface Loud extends Piece {
  readonly loudness: number;
}

/** Up to `MOST_PIECES` that do not overlap. */
function loudest(pieces: readonly Loud[], count: number): readonly Piece[] {
  const chosen: Loud[] = [];
  while (chosen.length < MOST_PIECES && chosen.length * PIECE_WORDS < count) {
    const free = pieces.filter(({ from, to }) => chosen.every((piece) => to <= piece.from || from >= piece.to));
    const [first, ...rest] = free;
    if (first === undefined) break;
    chosen.push(rest.reduce((best, one) => (one.loudness > best.loudness ? one : best), first));
  }
  return chosen;
}

/** A quick sum of what the words have to do with help; close enough to choose. */
function loudnessOfPieces(
  { count, hash, at }: Features,
  words: number,
  { help, index }: { readonly help: Float32Array; readonly index: FeatureIndex },
): readonly Loud[] {
  const spoken = new Sums(words);
  const counts = new Sums(words);
  for (let i = 0; i < count; i++) {
    const row = index.rowOf(hash[i] ?? 0);
    if (row < 0) continue;
    spoken.add(at[i] ?? 0, help[row] ?? 0);
    counts.add(at[i] ?? 0, 1);
  }
  spoken.close();
  counts.close();
  const pieces: Loud[] = [];
  for (let from = 0; from < words; from += STEP_WORDS) {
    const to = Math.min(words, from + PIECE_WORDS);
    pieces.push({ from, to, loudness: spoken.between(from, to) / Math.sqrt(Math.max(1, counts.between(from, to))) });
  }
  return pieces;
}

/** Values by word; once closed, the sum of any stretch of words costs one subtraction. */
class Sums {
  readonly #upTo: Float64Array;

  constructor(words: number) {
    this.#upTo = new Float64Array(words + 1);
  }

  add(word: number, value: number): void {
    this.#upTo[word + 1] = (this.#upTo[word + 1] ?? 0) + value;
  }

  close(): void {
    for (let i = 1; i < this.#upTo.length; i++) this.#upTo[i] = (this.#upTo[i] ?? 0) + (this.#upTo[i - 1] ?? 0);
  }

  between(from: number, to: number): number {
    return (this.#upTo[to] ?? 0) - (this.#upTo[from] ?? 0);
  }
}
