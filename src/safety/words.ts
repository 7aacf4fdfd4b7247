import {
  bareOf,
  CHARACTERS,
  DIGIT,
  hatOf,
  kindOf,
  LETTER,
  SEPARATOR,
  SILENT,
  STOP,
  toneOf,
  UNSETTLED,
} from "./letters.ts";

/**
 * The words of a text as numbers, so that comparing costs a look-up and no piece of the text is kept. Two words are
 * the same when their numbers are. Composed and decomposed Unicode, capitals, the letter that carries the tone mark
 * (`hoà`, `hòa`) and letters drawn out (`cứuuuu`) make no difference.
 */
export interface Words {
  readonly count: number;
  /** With all marks. */
  readonly exact: Int32Array;
  /** Without tone, with circumflex, breve, horn and stroke. */
  readonly hat: Int32Array;
  /** Without any mark. */
  readonly bare: Int32Array;
  /** 0: none, or 1 to 5. */
  readonly tone: Uint8Array;
  /** Where it stands. Ends of sentences count as a few words, so that ideas of two sentences are further apart. */
  readonly at: Int32Array;
  /** The value of a number, -1 for words. */
  readonly number: Int32Array;
  /** How many of the words as typed are in `Reading.english`, and how many carry a tone mark. */
  readonly english: number;
  readonly toned: number;
  /** How many of the words are numbers. */
  readonly numbers: number;
}

/** How to read. */
export interface Reading {
  readonly forms: ShortForms;
  /** Numbers of words that tell a message is in English. */
  readonly english: ReadonlySet<number>;
}

/** What a word stands for (`ck` for chồng), by the number of the short form. */
export type ShortForms = ReadonlyMap<number, Words>;

const SENTENCE_GAP = 3;
const LARGEST_NUMBER = 0x7fffffff;
/** No short forms, no language. */
export const PLAINLY: Reading = { forms: new Map(), english: new Set() };

/**
 * Digits and letters that stand together are two words (`14t`). Everything that is neither separates. Short forms are
 * written out; what follows moves on. A list that is handed in is used again: its words are valid until then.
 */
export function readWords(text: string, reading: Reading = PLAINLY, words = new WordList()): Words {
  const characters = readCharacters(text);
  words.begin(characters.length, reading);
  let from = 0;
  let current = SEPARATOR;
  for (let index = 0; index < characters.length; index++) {
    const kind = kindOf(characters[index] ?? SEPARATOR);
    if (kind === current ? kind !== STOP : kind === SILENT && current === LETTER) continue;
    if (current === LETTER) words.addWord(characters, from, index);
    else if (current === DIGIT) words.addNumber(characters, from, index);
    if (kind === STOP) words.endSentence();
    from = index;
    current = kind;
  }
  return words;
}

/** Words `from` up to but not including `to`, numbered from 0. */
export function slice(words: Words, from: number, to: number): Words {
  if (from === 0 && to === words.count) return words;
  const { exact, hat, bare, tone, at, number } = words;
  return {
    ...words,
    count: to - from,
    exact: exact.subarray(from, to),
    hat: hat.subarray(from, to),
    bare: bare.subarray(from, to),
    tone: tone.subarray(from, to),
    at: at.subarray(from, to),
    number: number.subarray(from, to),
  };
}

/** The number of one word; the same as in `Words.exact`. */
export function wordNumber(word: string): number {
  return readWords(word).exact[0] ?? 0;
}

export function readShortForms(forms: Readonly<Record<string, string>>): ShortForms {
  return new Map(Object.entries(forms).map(([form, words]) => [wordNumber(form), readWords(words)]));
}

/** What `CHARACTERS` knows of each, with a separator at the end. */
function readCharacters(text: string): Uint32Array {
  return describe(text, false) ?? describe(settle(text), true) ?? new Uint32Array(1);
}

/** Null when a character could have another form. */
function describe(text: string, settled: boolean): Uint32Array | null {
  const characters = new Uint32Array(text.length + 1);
  for (let index = 0; index < text.length; index++) {
    const character = CHARACTERS[text.charCodeAt(index)] ?? SEPARATOR;
    if (character === UNSETTLED && !settled) return null;
    characters[index] = character;
  }
  return characters;
}

/** Composed, and letters in disguise (mathematical and full-width ones) written plainly. */
function settle(text: string): string {
  return text.normalize("NFC").replace(DISGUISED, (letters) => letters.normalize("NFKC"));
}

const DISGUISED = /[\u{1d400}-\u{1d7ff}\uff10-\uff5a]+/gu;

const BASIS = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

function mix(hash: number, value: number): number {
  return Math.imul(hash ^ value, PRIME);
}

/** Grows when there are more words than it has room for, and keeps its room for the next message. */
export class WordList implements Words {
  count = 0;
  exact = new Int32Array(0);
  hat = new Int32Array(0);
  bare = new Int32Array(0);
  tone = new Uint8Array(0);
  at = new Int32Array(0);
  number = new Int32Array(0);
  english = 0;
  toned = 0;
  numbers = 0;
  #next = 0;
  #reading: Reading = PLAINLY;

  /** Empties the list. There are seldom more words than half the characters. */
  begin(characters: number, reading: Reading): void {
    this.#reading = reading;
    this.count = 0;
    this.english = 0;
    this.toned = 0;
    this.numbers = 0;
    this.#next = 0;
    const room = (characters >> 1) + 8;
    if (this.exact.length < room) this.#grow(room);
  }

  addWord(characters: Uint32Array, from: number, to: number): void {
    let hat = BASIS;
    let bare = BASIS;
    let tone = 0;
    for (let index = from; index < to; index++) {
      const character = characters[index] ?? SEPARATOR;
      if (character === characters[index + 1]) index = endOfRun(characters, index);
      if (kindOf(character) === SILENT) continue;
      hat = mix(hat, hatOf(character));
      bare = mix(bare, bareOf(character));
      if (toneOf(character) !== 0) tone = toneOf(character);
    }
    const exact = tone === 0 ? hat : mix(hat, tone);
    if (tone !== 0) this.toned++;
    else if (this.#reading.english.has(exact)) this.english++;
    const form = this.#reading.forms.get(exact);
    if (form === undefined) this.#put(exact, hat, bare, tone, -1);
    else this.#putForm(form);
  }

  addNumber(characters: Uint32Array, from: number, to: number): void {
    this.numbers++;
    let hash = BASIS;
    let value = 0;
    for (let index = from; index < to; index++) {
      const digit = bareOf(characters[index] ?? SEPARATOR);
      hash = mix(hash, digit);
      value = Math.min(value * 10 + digit - ZERO, LARGEST_NUMBER);
    }
    this.#put(hash, hash, hash, 0, value);
  }

  endSentence(): void {
    this.#next += SENTENCE_GAP;
  }

  #putForm(form: Words): void {
    for (let i = 0; i < form.count; i++) {
      const [exact = 0, hat = 0, bare = 0, tone = 0, number = -1] = [
        form.exact[i],
        form.hat[i],
        form.bare[i],
        form.tone[i],
        form.number[i],
      ];
      this.#put(exact, hat, bare, tone, number);
    }
  }

  #put(exact: number, hat: number, bare: number, tone: number, number: number): void {
    const i = this.count++;
    if (i >= this.exact.length) this.#grow(this.exact.length * 2);
    this.exact[i] = exact;
    this.hat[i] = hat;
    this.bare[i] = bare;
    this.tone[i] = tone;
    this.at[i] = this.#next++;
    this.number[i] = number;
  }

  #grow(room: number): void {
    const longer = (column: Int32Array) => {
      const grown = new Int32Array(room);
      grown.set(column);
      return grown;
    };
    this.exact = longer(this.exact);
    this.hat = longer(this.hat);
    this.bare = longer(this.bare);
    this.at = longer(this.at);
    this.number = longer(this.number);
    const tone = new Uint8Array(room);
    tone.set(this.tone);
    this.tone = tone;
  }
}

const ZERO = 48;

/** Three or more of the same letter count as one: the last of them. Two count as two. */
function endOfRun(characters: Uint32Array, from: number): number {
  let end = from;
  while (characters[end + 1] === characters[from]) end++;
  return end - from >= 2 ? end : from;
}
