import { spellOut } from "./spell-out.ts";
import { readWords, type Word } from "./words.ts";

/** Words `from` up to but not including `to`, and where they stand in the message. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

interface Branch {
  /** Continuations by the word as it is written with all marks. */
  readonly exact: Map<string, Branch>;
  /** By the word without tone, and without any marks: used when the message is typed that way. */
  readonly hat: Map<string, Branch[]>;
  readonly bare: Map<string, Branch[]>;
  /** What a phrase that ends here belongs to. */
  readonly owners: number[];
}

const CHILD = 15;
const TEEN = 17;

function branch(): Branch {
  return { exact: new Map(), hat: new Map(), bare: new Map(), owners: [] };
}

function link(index: Map<string, Branch[]>, key: string, next: Branch): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [next]);
  else if (!known.includes(next)) known.push(next);
}

/** `#c`, `#t` and `#n` stand for numbers and are kept as they are. */
function wordsOf(phrase: string): (Word | string)[] {
  return phrase
    .split(/\s+/)
    .flatMap((piece): readonly (Word | string)[] => (/^#[ctn]$/.test(piece) ? [piece] : readWords(piece)));
}

function numberKeys(value: number): readonly string[] {
  if (value <= CHILD) return ["#c", "#n"];
  return value <= TEEN ? ["#t", "#n"] : ["#n"];
}

/** Phrases in one tree: finding all of them costs a few look-ups a word, however many there are. */
export class PhraseTree {
  readonly #root = branch();

  /** `=` before the phrase: heard only with its marks. */
  add(phrase: string, owners: readonly number[]): void {
    const marksOnly = phrase.startsWith("=");
    for (const plain of spellOut(marksOnly ? phrase.slice(1) : phrase)) {
      let at = this.#root;
      for (const key of wordsOf(plain)) at = this.#grow(at, key, marksOnly);
      if (at !== this.#root) at.owners.push(...owners.filter((owner) => !at.owners.includes(owner)));
    }
  }

  #grow(at: Branch, key: Word | string, marksOnly: boolean): Branch {
    const exact = typeof key === "string" ? key : marksOnly ? `=${key.exact}` : key.exact;
    const known = at.exact.get(exact);
    if (known !== undefined) return known;
    const next = branch();
    at.exact.set(exact, next);
    if (typeof key !== "string" && !marksOnly) {
      link(at.hat, key.hat, next);
      link(at.bare, key.bare, next);
    }
    return next;
  }

  /** Tells every phrase found. `loose`: words typed without marks stand for all words that look so without them. */
  find(words: readonly Word[], loose: boolean, found: (span: Span, owners: readonly number[]) => void): void {
    for (let from = 0; from < words.length; from++) this.#walk(this.#root, words, from, from, loose, found);
  }

  #walk(
    at: Branch,
    words: readonly Word[],
    from: number,
    to: number,
    loose: boolean,
    found: (span: Span, owners: readonly number[]) => void,
  ): void {
    if (at.owners.length > 0) found(spanOf(words, from, to), at.owners);
    const word = words[to];
    if (word === undefined) return;
    for (const next of this.#next(at, word, loose)) this.#walk(next, words, from, to + 1, loose, found);
  }

  #next(at: Branch, word: Word, loose: boolean): readonly Branch[] {
    const next: Branch[] = [];
    const push = (branch: Branch | undefined) => {
      if (branch !== undefined && !next.includes(branch)) next.push(branch);
    };
    if (word.number !== undefined) for (const key of numberKeys(word.number)) push(at.exact.get(key));
    push(at.exact.get(word.exact));
    push(at.exact.get(`=${word.exact}`));
    if (loose && word.tone === 0) {
      for (const branch of at.hat.get(word.hat) ?? []) push(branch);
      if (word.hat === word.bare) for (const branch of at.bare.get(word.bare) ?? []) push(branch);
    }
    return next;
  }
}

function spanOf(words: readonly Word[], from: number, to: number): Span {
  return { from, to, start: words[from]?.at ?? 0, end: (words[to - 1]?.at ?? 0) + 1 };
}
