import { fold } from "../language/fold.ts";

/** A word of what somebody typed. */
export interface Word {
  /** Folded. */
  readonly plain: string;
  /** Lower case with its marks, the tone mark moved to the end, so that "hoà" and "hòa" are equal; đắk, đăk, đắc are one. */
  readonly toned: string;
  /** True when the word carries any mark. */
  readonly marked: boolean;
  /** True when it is written like a name: "An", not "an" or "AN". */
  readonly capital: boolean;
  /** True when a comma or another stop stands before it. */
  readonly starts: boolean;
}

/** Longer answers are cut: a place is named in few words. */
const MAX_WORDS = 40;
/** What is typed beyond this is not looked at, whatever it is made of. */
const MAX_LETTERS = 600;
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const WORD = /[\p{L}\p{N}\p{M}]+|[,;:!?()\n]+|\. /gu;

/** Splits typed text into words; "q7" becomes "q" and "7". */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let starts = true;
  for (const [token] of text.slice(0, MAX_LETTERS).normalize("NFC").matchAll(WORD)) {
    if (words.length >= MAX_WORDS) break;
    if (!/[\p{L}\p{N}]/u.test(token)) starts = true;
    else {
      for (const part of token.match(/^(?:q|p|f|h|x|tx|tp|ap|quan|phuong)(?=\d+$)|\d+$|.+/giu) ?? []) {
        words.push(word(part, starts));
        starts = false;
      }
    }
  }
  return words;
}

/** Folded letters and digits only: "Bà Rịa - Vũng Tàu" is "bariavungtau". Leading zeros of numbers go. */
export function keyOf(name: string): string {
  return joined(wordsOf(name));
}

export function joined(words: readonly Word[]): string {
  return words.map((w) => (isNumber(w) ? w.plain.replace(/^0+(?=\d)/, "") : w.plain)).join("");
}

export function isNumber(word: Word | undefined): boolean {
  return word !== undefined && /^\d+$/.test(word.plain);
}

/** True when the typed marks agree with this name's words; a word typed without marks agrees with any. */
export function marksAgree(words: readonly Word[], name: readonly string[]): boolean {
  if (words.every((w) => !w.marked)) return true;
  return name.length === words.length && words.every((w, at) => !w.marked || w.toned === name[at]);
}

/** True when the words are typed exactly as the name is written. */
export function isWrittenSo(words: readonly Word[], name: readonly string[]): boolean {
  return name.length === words.length && words.every((w, at) => w.toned === name[at]);
}

/** How many words differ from the name's, in letters or in the marks that were typed. */
export function wordsOff(words: readonly Word[], name: readonly string[]): number {
  return words.filter((w, at) => w.toned !== name[at] && (w.marked || w.plain !== fold(name[at] ?? ""))).length;
}

/** A word typed with its letters' marks but without its tone, as "huê" for Huế. */
export function lacksTone(word: Word, name: string): boolean {
  return word.toned === name.normalize("NFD").replace(TONES, "").normalize("NFC");
}

function word(part: string, starts: boolean): Word {
  const lower = part.toLowerCase();
  const plain = fold(lower);
  const toned = plain === "dak" || plain === "dac" ? "dak" : tonesLast(lower);
  return { plain, toned, marked: plain !== lower, capital: /^\p{Lu}\P{Lu}*$/u.test(part), starts };
}

function tonesLast(lower: string): string {
  const open = lower.normalize("NFD");
  const tones = open.match(TONES)?.join("") ?? "";
  return `${open.replace(TONES, "").normalize("NFC")}${tones}`;
}
