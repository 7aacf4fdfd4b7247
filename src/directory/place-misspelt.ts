import type { Entry, NameIndex } from "./place-entry.ts";
import { COMMUNE, PROVINCE } from "./place-entry.ts";
import type { Word } from "./place-text.ts";
import { joined, wordsOff } from "./place-text.ts";

/** Finds the names that somebody may have meant. Nothing is found that is farther away than one slip. */
export interface MisspeltIndex {
  /** Meanings of these words when they are no name as they stand; none when nothing is near. */
  find(words: readonly Word[]): readonly Entry[];
}

/** Shorter names are too close to everyday words; the names of provinces and towns are typed far more often. */
const SHORTEST_PROVINCE = 5;
const SHORTEST_TOWN = 6;
const SHORTEST = 8;
/** No name is longer. */
const LONGEST = 30;
/** Shortest name taken from keys typed for another keyboard. */
const SHORTEST_TYPED = 3;

export function indexMisspelt(names: NameIndex): MisspeltIndex {
  const sounds = new Map<string, Entry[]>();
  const slips = new Map<string, Set<string>>();
  for (const [key, entries] of names) {
    const sound = soundOf(key);
    put(sounds, sound, entries);
    if (key.length < SHORTEST_PROVINCE || !entries.some(isLarge)) continue;
    for (const rest of [...withoutEach(key), ...withoutEach(sound)])
      slips.set(rest, (slips.get(rest) ?? new Set()).add(key));
  }

  function near(key: string): Entry[] {
    const sound = soundOf(key);
    const found = [...withoutEach(key), ...withoutEach(sound)].flatMap((rest) => [...(slips.get(rest) ?? [])]);
    return [...new Set(found)]
      .filter((name) => oneSlip(name, key) || oneSlip(soundOf(name), sound))
      .flatMap((name) => (names.get(name) ?? []).filter(isLarge));
  }

  return {
    find(words) {
      const key = joined(words);
      const retyped = words.map((w) => retypedWord(w.plain)).join("");
      const meant = retyped !== key && retyped.length >= SHORTEST_TYPED ? names.get(retyped) : undefined;
      if (meant !== undefined) return meant;
      if (key.length < SHORTEST_PROVINCE || key.length > LONGEST) return [];
      const same = (sounds.get(soundOf(retyped)) ?? []).filter((e) => e.level === PROVINCE || isNear(e, words, key));
      if (same.some((e) => e.level === PROVINCE)) return same;
      const slipped = near(retyped).filter((e) => isNear(e, words, key));
      return slipped.some((e) => e.level === PROVINCE) || same.length === 0 ? slipped : same;
    },
  };
}

function put(map: Map<string, Entry[]>, key: string, entries: readonly Entry[]): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [...entries]);
  else known.push(...entries);
}

/** Spellings that sound alike in some region: tr/ch, s/x, d/gi/z/r, y/i, c/k. */
export function soundOf(key: string): string {
  return key
    .replace(/tr/g, "ch")
    .replace(/ngh/g, "ng")
    .replace(/gh/g, "g")
    .replace(/gi(?=[aeou])|z|r/g, "d")
    .replace(/x/g, "s")
    .replace(/y/g, "i")
    .replace(/ph|f/g, "f")
    .replace(/k|q/g, "c")
    .replace(/w/g, "u");
}

/** A word typed for a Vietnamese keyboard that was not set (nooij, no65i), or with a letter held down (nộiiii). */
export function retypedWord(plain: string): string {
  const letters = /^[a-z]+[0-9][a-z0-9]*$/.test(plain) ? plain.replace(/[0-9]/g, "") : plain;
  return letters
    .replace(/([a-z])\1+/g, "$1")
    .replace(/([aou])w/g, "$1")
    .replace(/^(.*[aeiouy][cghmnpt]{0,2})[sfrxj]$/, "$1")
    .replace(/^(.*[aeiouy])[sfrxj]([cghmnpt]{1,2})$/, "$1$2");
}

/** True when one letter was added, left out, changed or swapped with its neighbour. */
export function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return a === b;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [x, y] = [a.slice(start), b.slice(start)];
  if (x.length > y.length) return x.slice(1) === y;
  if (y.length > x.length) return y.slice(1) === x;
  return x.slice(1) === y.slice(1) || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
}

/** The key, and the key without each of its letters: two names that are one slip apart share one of these. */
function withoutEach(key: string): string[] {
  return [key, ...Array.from(key, (_, at) => key.slice(0, at) + key.slice(at + 1))];
}

function isLarge(entry: Entry): boolean {
  return entry.level < COMMUNE;
}

/** Half of the words are as in the name, and the name is long enough; names without their marks are abbreviations. */
function isNear(entry: Entry, words: readonly Word[], key: string): boolean {
  const { toned } = entry;
  if (toned === undefined || key.length < shortest(entry)) return false;
  if (toned.length !== words.length) return key.length >= SHORTEST_TOWN && words.every((w) => !w.marked);
  return wordsOff(words, toned) <= Math.ceil(words.length / 2);
}

function shortest({ level, type }: Entry): number {
  if (level === PROVINCE) return SHORTEST_PROVINCE;
  return type === "thanh-pho" ? SHORTEST_TOWN : SHORTEST;
}
