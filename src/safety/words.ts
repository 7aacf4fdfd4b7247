import { LETTERS } from "./letters.ts";

/** One word as typed, ready to be compared. */
export interface Word {
  /** Letters with hats, then the tone as a digit: `hoà` and `hòa` are both `hoa2`; a word without marks is itself. */
  readonly exact: string;
  /** `exact` as phrases have it that are heard with their marks only. */
  readonly marked: string;
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
/** `don't` is one word. */
const APOSTROPHES = /['’]/g;
/** `cứuuuu` is cứu. */
const DRAWN_OUT = /(.)\1{2,}/gu;

const SEPARATOR = 0;
const PLAIN = 1;
const MARKED = 2;
const DIGIT = 3;
const STOP = 4;
type CharKind = typeof SEPARATOR | typeof PLAIN | typeof MARKED | typeof DIGIT | typeof STOP;

function kindOf(code: number): CharKind {
  if (code >= 97 && code <= 122) return PLAIN;
  if (code >= 48 && code <= 57) return DIGIT;
  // . ! ? ; … and line ends
  if (code === 46 || code === 33 || code === 63 || code === 59 || code === 10 || code === 0x2026) return STOP;
  return code > 127 && LETTERS.has(code) ? MARKED : SEPARATOR;
}

/** One word from lower-case composed letters. */
export function wordOf(typed: string, at = 0): Word {
  const letters = typed.replace(DRAWN_OUT, "$1");
  let hat = "";
  let bare = "";
  let tone = 0;
  for (const char of letters) {
    const letter = LETTERS.get(char.charCodeAt(0));
    hat += letter?.hat ?? char;
    bare += letter?.bare ?? char;
    if (letter !== undefined && letter.tone > 0) tone = letter.tone;
  }
  const exact = tone === 0 ? hat : hat + tone;
  return { exact, marked: `=${exact}`, hat, bare, tone, at };
}

function plainWord(typed: string, at: number): Word {
  const letters = typed.replace(DRAWN_OUT, "$1");
  return { exact: letters, marked: `=${letters}`, hat: letters, bare: letters, tone: 0, at };
}

function numberOf(digits: string, at: number): Word {
  return { exact: digits, marked: digits, hat: digits, bare: digits, tone: 0, at, number: Number(digits) };
}

function wordFrom(kind: CharKind, typed: string, at: number): Word {
  if (kind === DIGIT) return numberOf(typed, at);
  return kind === MARKED ? wordOf(typed, at) : plainWord(typed, at);
}

/**
 * The words of a text, in lower case; composed and decomposed Unicode give the same. Digits and letters that stand
 * together are two words (`14t`). Everything else separates.
 */
export function readWords(text: string): readonly Word[] {
  const lower = text.normalize("NFC").toLowerCase().normalize("NFC").replace(APOSTROPHES, "");
  const words: Word[] = [];
  let at = 0;
  let from = 0;
  let current: CharKind = SEPARATOR;
  for (let index = 0; index <= lower.length; index++) {
    const kind = index < lower.length ? kindOf(lower.charCodeAt(index)) : SEPARATOR;
    if (kind === current && kind !== STOP) continue;
    if (isLetter(kind) && isLetter(current)) current = MARKED;
    else {
      if (isLetter(current) || current === DIGIT) words.push(wordFrom(current, lower.slice(from, index), at++));
      if (kind === STOP) at += SENTENCE_GAP;
      from = index;
      current = kind;
    }
  }
  return words;
}

function isLetter(kind: CharKind): boolean {
  return kind === PLAIN || kind === MARKED;
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
