import type { Lexicon } from "./lexicon.ts";
import { type Found, PhraseTree, type Span } from "./phrases.ts";
import { IdeaIndex, type LinkedRule, linkRules, ruleHolds } from "./rules.ts";
import { type Signal, signal } from "./signal.ts";
import type { Signals } from "./signals.ts";
import { fromTelex } from "./telex.ts";
import { PLAINLY, readShortForms, readWords, slice, WordList, type Words, wordNumber } from "./words.ts";

/** A word or phrase of a kind in a message: words `from` up to but not including `to`. */
export interface Kind {
  /** Number of its signal. */
  readonly kind: number;
  readonly from: number;
  readonly to: number;
}

/** The words of a message, and how they were typed. */
export interface Reading {
  readonly words: Words;
  /** Without tone marks: a word stands for all that look so without them. */
  readonly loose: boolean;
}

/** What stands in a message or a piece of it: numbers and names of signals, nothing of the text. */
export interface Evidence {
  readonly words: Words;
  /** In their order; of phrases that overlap the longer ones. */
  readonly kinds: readonly Kind[];
  /** Ideas that were found. */
  readonly ideas: readonly Signal[];
  /** Rules that hold, the most important first. */
  readonly rules: readonly LinkedRule[];
}

export interface Reader {
  /** Reads any text; never throws. The words are valid until the next text is read. */
  read(text: string): Reading;
  /** Of words `from` up to but not including `to`; all when left out. */
  evidence(reading: Reading, from?: number, to?: number): Evidence;
}

/** A text with fewer words with tone marks than this share is read as typed without marks. */
const LOOSE_BELOW = 0.35;
/** Two English words, or one in a text this short, make a text English. */
const SHORT_TEXT = 5;
/** Owners of phrases: slots of ideas from 0, this, and below it the kinds. */
const HARMLESS = -1;

export function createReader(data: Signals, lexicon: Lexicon): Reader {
  const index = new IdeaIndex();
  const linked = linkRules(data, index);
  const kinds = Object.keys(lexicon.kinds).map((name) => signal(`kind ${name}`).number);
  const tree = plant(data, lexicon, index);
  const slots = index.names().map((name) => ({ idea: name.includes("|") ? undefined : signal(name) }));
  const rulesOf = slots.map((_, slot) => linked.get(slot) ?? []);
  const reading = { forms: readShortForms(data.short), english: new Set(data.english.map(wordNumber)) };
  /** Used again for every message, and empty between two. */
  const spans = new SpansBySlot(slots.length);
  const list = new WordList();

  return {
    read(text) {
      const written = readWords(fromTelex(text), reading, list);
      if (soundsEnglish(written)) return { words: readWords(text, PLAINLY, list), loose: false };
      return { words: written, loose: isLoose(written) };
    },
    evidence({ words: all, loose }, from = 0, to = all.count) {
      const words = slice(all, from, to);
      const found: Found[] = [];
      tree.find(words, loose, found);
      addIdeas(found, words.count, spans);
      const ideas: Signal[] = [];
      const rules: LinkedRule[] = [];
      for (const slot of spans.slots) {
        const idea = slots[slot]?.idea;
        if (idea !== undefined) ideas.push(idea);
        for (const rule of rulesOf[slot] ?? []) if (ruleHolds(rule, spans.bySlot)) rules.push(rule);
      }
      spans.clear();
      rules.sort((a, b) => a.rank - b.rank);
      return { words, kinds: kindsIn(found, words.count, kinds), ideas, rules };
    },
  };
}

function plant(data: Signals, lexicon: Lexicon, index: IdeaIndex): PhraseTree {
  const tree = new PhraseTree();
  for (const idea of Object.keys(data.ideas)) index.number(idea);
  const filled = index.filled();
  for (const [idea, phrases] of Object.entries(data.ideas)) {
    const slots = filled.get(idea) ?? [];
    for (const phrase of phrases) tree.add(phrase, slots);
  }
  for (const phrase of data.harmless) tree.add(phrase, [HARMLESS]);
  for (const [kind, phrases] of Object.values(lexicon.kinds).entries()) {
    for (const phrase of phrases) tree.add(phrase, [HARMLESS - 1 - kind]);
  }
  return tree;
}

function soundsEnglish({ toned, english, count }: Words): boolean {
  return toned === 0 && (english >= 2 || (english === 1 && count <= SHORT_TEXT));
}

function isLoose({ toned, count, numbers }: Words): boolean {
  return toned < (count - numbers) * LOOSE_BELOW;
}

/** Where the ideas of a message stand, by the slots they fill. */
class SpansBySlot {
  readonly bySlot: (Span[] | undefined)[];
  /** The slots that have any, in the order they were found. */
  slots: number[] = [];

  constructor(slots: number) {
    this.bySlot = new Array<Span[] | undefined>(slots).fill(undefined);
  }

  add(slot: number, span: Span): void {
    const known = this.bySlot[slot];
    if (known !== undefined) known.push(span);
    else {
      this.bySlot[slot] = [span];
      this.slots.push(slot);
    }
  }

  clear(): void {
    for (const slot of this.slots) this.bySlot[slot] = undefined;
    this.slots = [];
  }
}

/** A phrase inside a longer everyday phrase, or that begins within one as long, is left out. */
function addIdeas(found: readonly Found[], words: number, spans: SpansBySlot): void {
  const covered = cover(found, words);
  for (const span of found) {
    if (covered !== null && span.to - span.from <= (covered[span.from] ?? 0)) continue;
    for (const owner of span.owners) if (owner >= 0) spans.add(owner, span);
  }
}

/** For each word, how long a phrase that begins there is covered by an everyday phrase; null when there is none. */
function cover(found: readonly Found[], words: number): Uint16Array | null {
  let covered: Uint16Array | null = null;
  for (const { from, to, owners } of found) {
    if (!owners.includes(HARMLESS)) continue;
    covered ??= new Uint16Array(words);
    for (let at = from; at < to; at++) {
      covered[at] = Math.max(covered[at] ?? 0, at === from ? to - from - 1 : to - from);
    }
  }
  return covered;
}

function kindsIn(found: readonly Found[], words: number, numbers: readonly number[]): Kind[] {
  const all: Kind[] = [];
  const longest = new Uint8Array(words);
  for (const { from, to, owners } of found) {
    for (const owner of owners) {
      if (owner >= HARMLESS) continue;
      all.push({ kind: numbers[HARMLESS - 1 - owner] ?? 0, from, to });
      for (let at = from; at < to; at++) longest[at] = Math.max(longest[at] ?? 0, Math.min(to - from, 255));
    }
  }
  return all.filter(({ from, to }) => to - from >= (longest[from] ?? 0));
}
