import { LETTERS } from "./letters.ts";
import { fromTelex } from "./telex.ts";

/** One word as typed, ready to be compared. */
export interface Word {
  /** Letters with hats, then the tone as a digit: `hoà` and `hòa` are both `hoa2`; a word without marks is itself. */
  readonly exact: string;
  /** Letters with hats, no tone. */
  readonly hat: string;
  /** No marks at all. */
  readonly bare: string;
  readonly tone: number;
  /** Where it stands. Ends of sentences count as a few words, so that ideas of two sentences are further apart. */
  readonly at: number;
  /** Any number; absent for words. */
  readonly number?: number;
}

const SENTENCE_GAP = 3;
const isDigit = (code: number) => code >= 48 && code <= 57;
const isPlainLetter = (code: number) => code >= 97 && code <= 122;
/** Apostrophes join: `don't` is one word. */
const isJoin = (code: number) => code === 39 || code === 0x2019;
/** `. ! ? ; …` and line ends. */
const isStop = (code: number) =>
  code === 46 || code === 33 || code === 63 || code === 59 || code === 10 || code === 0x2026;

/** One word from lower-case composed letters without digits. */
export function wordOf(letters: string, at = 0): Word {
  let hat = "";
  let bare = "";
  let tone = 0;
  let last = "";
  let run = 0;
  for (const char of letters) {
    run = char === last ? run + 1 : 1;
    last = char;
    const letter = LETTERS.get(char.charCodeAt(0));
    hat += letter?.hat ?? char;
    bare += letter?.bare ?? char;
    if (letter !== undefined && letter.tone > 0) tone = letter.tone;
    if (run >= 3) return wordOf(letters.replace(/(.)\1{2,}/gu, "$1"), at);
  }
  return { exact: tone === 0 ? hat : hat + tone, hat, bare, tone, at };
}

/** Short forms ready to be put in place: the typed letters to the words they stand for. */
export type ShortForms = ReadonlyMap<string, readonly string[]>;

class Reader {
  readonly words: Word[] = [];
  readonly #short: ShortForms;
  #at = 0;

  constructor(short: ShortForms) {
    this.#short = short;
  }

  take(piece: string): void {
    if (piece === "") return;
    if (isDigit(piece.charCodeAt(0))) this.#number(piece);
    else
      for (const letters of this.#short.get(piece) ?? [fromTelex(piece)]) this.words.push(wordOf(letters, this.#at++));
  }

  stop(): void {
    this.#at += SENTENCE_GAP;
  }

  #number(digits: string): void {
    this.words.push({ exact: digits, hat: digits, bare: digits, tone: 0, at: this.#at++, number: Number(digits) });
  }
}

/**
 * The words of a text, in lower case; composed and decomposed Unicode give the same. Digits and letters that stand
 * together are two words (`14t`). Everything else separates.
 */
export function readWords(text: string, short: ShortForms): readonly Word[] {
  const reader = new Reader(short);
  let piece = "";
  let digits = false;
  for (const char of text.normalize("NFC").toLowerCase().normalize("NFC")) {
    const code = char.charCodeAt(0);
    const digit = isDigit(code);
    if (digit || isPlainLetter(code) || LETTERS.has(code)) {
      if (piece !== "" && digit !== digits) {
        reader.take(piece);
        piece = "";
      }
      digits = digit;
      piece += char;
    } else if (!isJoin(code)) {
      reader.take(piece);
      piece = "";
      if (isStop(code)) reader.stop();
    }
  }
  reader.take(piece);
  return reader.words;
}
