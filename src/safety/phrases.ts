import { spellOut } from "./spell-out.ts";
import { readWords, type Word } from "./words.ts";

/** Words `from` up to but not including `to`, and where they stand in the message. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/** Made only as large as needed: there are tens of thousands of them. */
interface Branch {
  /** Continuations by the word as it is written with all marks. */
  exact: Map<string, Branch> | undefined;
  /** By the word without tone, or without any marks, where that differs; used when the message is typed that way. */
  plain: Map<string, Branch[]> | undefined;
  /** What a phrase that ends here belongs to. */
  owners: number[] | undefined;
}

const NUMBER_KEYS: ReadonlySet<string> = new Set(["<15>", "<17>", "<n>"]);
const CHILD = 15;
const TEEN = 17;

function branch(): Branch {
  return { exact: undefined, plain: undefined, owners: undefined };
}

function linkPlain(at: Branch, key: string, next: Branch): void {
  at.plain ??= new Map();
  const known = at.plain.get(key);
  if (known === undefined) at.plain.set(key, [next]);
  else known.push(next);
}

/** `<15>`, `<17>` and `<n>` stand for numbers and are kept as they are. */
function wordsOf(piece: string): readonly (Word | string)[] {
  return NUMBER_KEYS.has(piece) ? [piece] : readWords(piece);
}

function numberKeys(value: number): readonly string[] {
  if (value <= CHILD) return ["<15>", "<n>"];
  return value <= TEEN ? ["<17>", "<n>"] : ["<n>"];
}

/** Phrases in one tree: finding all of them costs a few look-ups a word, however many there are. */
export class PhraseTree {
  readonly #root = branch();
  readonly #pieces = new Map<string, readonly (Word | string)[]>();

  /** `=` in a phrase: heard only with its marks. */
  add(phrase: string, owners: readonly number[]): void {
    for (const plain of spellOut(phrase)) {
      const marksOnly = plain.includes("=");
      let at = this.#root;
      for (const piece of plain.split(" ")) for (const key of this.#words(piece)) at = this.#grow(at, key, marksOnly);
      if (at === this.#root) continue;
      at.owners ??= [];
      for (const owner of owners) if (!at.owners.includes(owner)) at.owners.push(owner);
    }
  }

  #words(piece: string): readonly (Word | string)[] {
    const known = this.#pieces.get(piece);
    if (known !== undefined) return known;
    const words = wordsOf(piece);
    this.#pieces.set(piece, words);
    return words;
  }

  #grow(at: Branch, key: Word | string, marksOnly: boolean): Branch {
    const exact = typeof key === "string" ? key : marksOnly ? `=${key.exact}` : key.exact;
    at.exact ??= new Map();
    const known = at.exact.get(exact);
    if (known !== undefined) return known;
    const next = branch();
    at.exact.set(exact, next);
    if (typeof key === "string" || marksOnly) return next;
    if (key.hat !== key.exact) linkPlain(at, key.hat, next);
    if (key.bare !== key.hat) linkPlain(at, key.bare, next);
    return next;
  }

  /** Tells every phrase found. `loose`: words typed without marks stand for all words that look so without them. */
  find(words: readonly Word[], loose: boolean, found: FoundPhrase): void {
    for (let from = 0; from < words.length; from++) walk(this.#root, { words, from, loose, found }, from);
  }
}

type FoundPhrase = (span: Span, owners: readonly number[]) => void;

interface Search {
  readonly words: readonly Word[];
  readonly from: number;
  readonly loose: boolean;
  readonly found: FoundPhrase;
}

function walk(at: Branch, search: Search, to: number): void {
  if (at.owners !== undefined) search.found(spanOf(search.words, search.from, to), at.owners);
  const word = search.words[to];
  if (word === undefined || at.exact === undefined) return;
  const { exact, plain } = at;
  const go = (next: Branch | undefined) => {
    if (next !== undefined) walk(next, search, to + 1);
  };
  if (word.number !== undefined) for (const key of numberKeys(word.number)) go(exact.get(key));
  go(exact.get(word.exact));
  go(exact.get(word.marked));
  if (search.loose && word.tone === 0) for (const next of plain?.get(word.exact) ?? []) go(next);
}

function spanOf(words: readonly Word[], from: number, to: number): Span {
  return { from, to, start: words[from]?.at ?? 0, end: (words[to - 1]?.at ?? 0) + 1 };
}
