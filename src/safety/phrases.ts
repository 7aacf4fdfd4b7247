import { spellOut } from "./spell-out.ts";
import { PLAINLY, readWords, WordList, type Words } from "./words.ts";

/** Words `from` up to but not including `to`, and where they stand in the message. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/** A phrase in a message, and what it belongs to. */
export interface Found extends Span {
  readonly owners: readonly number[];
}

/** One word of a phrase; see `Words`. */
interface WordNumbers {
  readonly exact: number;
  readonly hat: number;
  readonly bare: number;
}

/** Made only as large as needed: there are tens of thousands of them. */
interface Branch {
  /** Continuations by the word as it is written with all marks. */
  exact: Map<number, Branch> | undefined;
  /** By the word of a phrase that is heard with its marks only. */
  marked: Map<number, Branch> | undefined;
  /** By the word without tone, or without any marks, where that differs; used when the message is typed that way. */
  plain: Map<number, Branch[]> | undefined;
  /** By the kinds of number in `NUMBERS`. */
  numbers: (Branch | undefined)[] | undefined;
  /** What a phrase that ends here belongs to. */
  owners: number[] | undefined;
}

/** `<15>`: up to 15, `<17>`: 16 or 17, `<n>`: any number. */
const NUMBERS: readonly string[] = ["<15>", "<17>", "<n>"];
const CHILD = 15;
const TEEN = 17;

function branch(): Branch {
  return { exact: undefined, marked: undefined, plain: undefined, numbers: undefined, owners: undefined };
}

/** Phrases in one tree: finding all of them costs a few look-ups a word, however many there are. */
export class PhraseTree {
  readonly #root = branch();
  readonly #pieces = new Map<string, readonly WordNumbers[]>();
  readonly #list = new WordList();

  /** `=` in a phrase: heard only with its marks. */
  add(phrase: string, owners: readonly number[]): void {
    for (const plain of spellOut(phrase)) {
      const end = this.#path(plain, plain.includes("="));
      if (end === this.#root) continue;
      end.owners ??= [];
      for (const owner of owners) if (!end.owners.includes(owner)) end.owners.push(owner);
    }
  }

  /** Adds every phrase found. `loose`: words typed without marks stand for all words that look so without them. */
  find(words: Words, loose: boolean, found: Found[]): void {
    const search = { words, loose, found, from: 0 };
    for (; search.from < words.count; search.from++) walk(this.#root, search, search.from);
  }

  #path(phrase: string, marksOnly: boolean): Branch {
    let at = this.#root;
    for (const piece of phrase.split(" ")) {
      const number = NUMBERS.indexOf(piece);
      if (number >= 0) at = growNumber(at, number);
      else {
        for (const word of this.#words(piece)) at = marksOnly ? growMarked(at, word) : grow(at, word);
      }
    }
    return at;
  }

  #words(piece: string): readonly WordNumbers[] {
    const known = this.#pieces.get(piece);
    if (known !== undefined) return known;
    const { count, exact, hat, bare } = readWords(piece, PLAINLY, this.#list);
    const words = Array.from({ length: count }, (_, i) => ({
      exact: exact[i] ?? 0,
      hat: hat[i] ?? 0,
      bare: bare[i] ?? 0,
    }));
    this.#pieces.set(piece, words);
    return words;
  }
}

function growNumber(at: Branch, kind: number): Branch {
  at.numbers ??= [];
  const next = at.numbers[kind] ?? branch();
  at.numbers[kind] = next;
  return next;
}

function growMarked(at: Branch, { exact }: WordNumbers): Branch {
  at.marked ??= new Map();
  const next = at.marked.get(exact) ?? branch();
  at.marked.set(exact, next);
  return next;
}

function grow(at: Branch, { exact, hat, bare }: WordNumbers): Branch {
  at.exact ??= new Map();
  const known = at.exact.get(exact);
  if (known !== undefined) return known;
  const next = branch();
  at.exact.set(exact, next);
  if (hat !== exact) linkPlain(at, hat, next);
  if (bare !== hat) linkPlain(at, bare, next);
  return next;
}

function linkPlain(at: Branch, key: number, next: Branch): void {
  at.plain ??= new Map();
  const known = at.plain.get(key);
  if (known === undefined) at.plain.set(key, [next]);
  else known.push(next);
}

interface Search {
  readonly words: Words;
  readonly loose: boolean;
  readonly found: Found[];
  from: number;
}

function walk(at: Branch, search: Search, to: number): void {
  const { words, loose } = search;
  if (at.owners !== undefined) {
    const { from } = search;
    search.found.push({ from, to, start: words.at[from] ?? 0, end: (words.at[to - 1] ?? 0) + 1, owners: at.owners });
  }
  if (to >= words.count) return;
  const exact = words.exact[to] ?? 0;
  const number = words.number[to] ?? -1;
  if (number >= 0) walkNumber(at, search, to, number);
  const same = at.exact?.get(exact);
  if (same !== undefined) walk(same, search, to + 1);
  const marked = at.marked?.get(exact);
  if (marked !== undefined) walk(marked, search, to + 1);
  if (!loose || at.plain === undefined || words.tone[to] !== 0) return;
  const alike = at.plain.get(exact);
  if (alike !== undefined) for (const next of alike) walk(next, search, to + 1);
}

function walkNumber(at: Branch, search: Search, to: number, number: number): void {
  if (at.numbers === undefined) return;
  const [child, teen, any] = at.numbers;
  const first = number <= CHILD ? child : number <= TEEN ? teen : undefined;
  if (first !== undefined) walk(first, search, to + 1);
  if (any !== undefined) walk(any, search, to + 1);
}
