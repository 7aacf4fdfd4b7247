import { NEEDS } from "../flow/ids.ts";
import type { Evidence, Kind } from "./reader.ts";
import { signal, spread } from "./signal.ts";
import type { Words } from "./words.ts";

/** What the learned part looks at: 32-bit numbers, each at a word of the message. */
export interface Features {
  readonly count: number;
  readonly hash: Int32Array;
  readonly at: Int32Array;
  /** Signals of the whole message: ideas and rules. */
  readonly signals: readonly number[];
}

/** Kinds of words that stand this close, in words, make a pair. */
const REACH = 5;
/** Of that many that follow. */
const MOST_PAIRS = 6;
/** Of one word at most. */
const WORD_FEATURES = 5;

const ORDER = 0x2c1b3c6d;
const WORD = 0x1b873593;
const PAIR = 0x2f0b4c47;
const SKIP = 0x51ab3d19;
const MARKED = 0x7f4a7c15;
const MARKED_PAIR = 0x3c6ef372;
const KIND = 0x27d4eb2f;
const KINDS_TOUCH = 0x165667b1;
const KINDS_NEAR = 0x5bd1e995;
const KIND_THEN_WORD = 0x4cf5ad43;
const WORD_THEN_KIND = 0x38b34ae5;
const EDGE = 0x6a09e667;

/** A list that is handed in is used again: its features are valid until then. */
export function featuresOf(evidence: Evidence, list = new FeatureList()): Features {
  const { words, kinds } = evidence;
  list.begin(words.count * WORD_FEATURES + kinds.length * (MOST_PAIRS + 3) + 1);
  addWords(words, list);
  addKinds(kinds, words, list);
  list.signals = signalsOf(evidence);
  return list;
}

/** Of the words and their pairs alone: the quick look at a long message. */
export function wordFeaturesOf(words: Words, list: FeatureList): Features {
  list.begin(words.count * 2);
  let last = EDGE;
  for (let i = 0; i < words.count; i++) {
    const bare = words.bare[i] ?? 0;
    list.add(spread(bare ^ WORD), i);
    list.add(pair(last, bare, PAIR), i);
    last = bare;
  }
  return list;
}

/** Words, pairs of neighbours and pairs with one word between, without marks; and with their marks where there are any. */
function addWords(words: Words, list: FeatureList): void {
  let [before, last, lastMarked] = [EDGE, EDGE, EDGE];
  for (let i = 0; i < words.count; i++) {
    const [bare = 0, exact = 0] = [words.bare[i], words.exact[i]];
    list.add(spread(bare ^ WORD), i);
    list.add(pair(last, bare, PAIR), i);
    list.add(pair(before, bare, SKIP), i);
    if (exact !== bare) list.add(spread(exact ^ MARKED), i);
    if (exact !== bare || lastMarked !== last) list.add(pair(lastMarked, exact, MARKED_PAIR), i);
    before = last;
    last = bare;
    lastMarked = exact;
  }
  if (words.count > 0) list.add(pair(last, EDGE, PAIR), words.count - 1);
}

/** Kinds of words, pairs of them, and each with the word beside it. */
function addKinds(kinds: readonly Kind[], words: Words, list: FeatureList): void {
  for (const [i, { kind, from, to }] of kinds.entries()) {
    list.add(spread(kind ^ KIND), from);
    if (to < words.count) list.add(pair(kind, words.bare[to] ?? 0, KIND_THEN_WORD), from);
    if (from > 0) list.add(pair(words.bare[from - 1] ?? 0, kind, WORD_THEN_KIND), from);
    let pairs = 0;
    for (let j = i + 1; j < kinds.length && pairs < MOST_PAIRS; j++) {
      const next = kinds[j];
      if (next === undefined || next.from - to > REACH) break;
      if (next.from < to) continue;
      list.add(pair(kind, next.kind, next.from - to <= 1 ? KINDS_TOUCH : KINDS_NEAR), from);
      pairs++;
    }
  }
}

function signalsOf({ ideas, rules }: Evidence): readonly number[] {
  const numbers = new Set<number>();
  for (const { number } of ideas) numbers.add(number);
  for (const { signal: named } of rules) numbers.add(named.number);
  const need = rules.find(({ rule }) => rule.need !== undefined)?.rule.need;
  if (need !== undefined) numbers.add(NEEDS_HEARD.get(need) ?? 0);
  if (rules.some(({ rule }) => rule.urgent === true)) numbers.add(URGENT);
  return [...numbers];
}

const URGENT = signal("urgent").number;
const NEEDS_HEARD: ReadonlyMap<string, number> = new Map(NEEDS.map((need) => [need, signal(`need ${need}`).number]));

/** Keeps its room for the next message. */
export class FeatureList implements Features {
  count = 0;
  hash = new Int32Array(0);
  at = new Int32Array(0);
  signals: readonly number[] = [];

  begin(room: number): void {
    this.count = 0;
    this.signals = [];
    if (this.hash.length >= room) return;
    this.hash = new Int32Array(room);
    this.at = new Int32Array(room);
  }

  add(hash: number, at: number): void {
    this.hash[this.count] = hash;
    this.at[this.count++] = at;
  }
}

function pair(first: number, second: number, kind: number): number {
  return spread(Math.imul(first ^ kind, ORDER) ^ second);
}
