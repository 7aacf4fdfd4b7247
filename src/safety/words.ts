import { LETTERS } from "./letters.ts";

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

class Reader {
  readonly words: Word[] = [];
  #at = 0;

  take(piece: string): void {
    if (piece === "") return;
    this.words.push(isDigit(piece.charCodeAt(0)) ? numberOf(piece, this.#at) : wordOf(piece, this.#at));
    this.#at++;
  }

  stop(): void {
    this.#at += SENTENCE_GAP;
  }
}

function numberOf(digits: string, at: number): Word {
  return { exact: digits, hat: digits, bare: digits, tone: 0, at, number: Number(digits) };
}

/**
 * The words of a text, in lower case; composed and decomposed Unicode give the same. Digits and letters that stand
 * together are two words (`14t`). Everything else separates.
 */
export function readWords(text: string): readonly Word[] {
  const reader = new Reader();
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

/** What words stand for other words: `ck` for chồng. */
export type ShortForms = ReadonlyMap<string, readonly Word[]>;

export function readShortForms(forms: Readonly<Record<string, string>>): ShortForms {
  return new Map(Object.entries(forms).map(([form, words]) => [wordOf(form.normalize("NFC")).exact, readWords(words)]));
}

/** The words with short forms written out; words behind a longer form move on. */
export function writeOut(words: readonly Word[], forms: ShortForms): readonly Word[] {
  const written: Word[] = [];
  let shift = 0;
  for (const word of words) {
    const form = forms.get(word.exact);
    const at = word.at + shift;
    if (form === undefined) written.push(shift === 0 ? word : { ...word, at });
    else {
      for (const part of form) written.push({ ...part, at: part.at + at });
      shift += form.length - 1;
    }
  }
  return written;
}
