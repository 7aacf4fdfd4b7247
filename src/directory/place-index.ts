import { add, type Building, entry, lowerNames } from "./place-building.ts";
import type { PlaceData, Province } from "./place-data.ts";
import type { Entry, NameIndex } from "./place-entry.ts";
import { DISTRICT, PROVINCE, REGION } from "./place-entry.ts";
import type { MisspeltIndex } from "./place-misspelt.ts";
import { indexMisspelt } from "./place-misspelt.ts";
import { shortForm } from "./place-short-form.ts";
import type { Word } from "./place-text.ts";
import { isWrittenSo, joined, keyOf, lacksTone, marksAgree, wordsOf, wordsOff } from "./place-text.ts";

/** What a typed name can mean, and whether the typed marks agree. */
export interface Reading {
  readonly entries: readonly Entry[];
  readonly exact: boolean;
}

/** The words of phrases, with their marks, by folded key. */
type Phrases = ReadonlyMap<string, readonly (readonly string[])[]>;

export interface PlaceIndex {
  readonly provinces: NameIndex;
  /** Aliases that may mean several places: they decide before any name. */
  readonly asked: NameIndex;
  /** Abbreviations, for what is no name. */
  readonly short: NameIndex;
  /** Countries and cities abroad: their words, by folded key. */
  readonly abroad: Phrases;
  /** Everyday phrases that are, or hold, the name of a place and hardly ever mean it. */
  readonly everyday: Phrases;
  /** Former districts and communes as well; built on the first call. */
  all(): NameIndex;
  /** The same for misspelt names; built on the first call. */
  misspelt(): MisspeltIndex;
}

export function indexPlaces(data: PlaceData): PlaceIndex {
  const provinces: Building = new Map();
  for (const province of data.provinces.provinces) addProvince(provinces, province);
  for (const { names, provinces: codes } of data.provinces.divided) {
    for (const name of names) for (const code of codes) add(provinces, name, entry(PROVINCE, "", code));
  }
  for (const { names, provinces: codes } of data.provinces.regions) {
    for (const name of names) for (const code of codes) add(provinces, name, entry(REGION, "", code));
  }
  let all: NameIndex | undefined;
  let misspelt: MisspeltIndex | undefined;
  const index: PlaceIndex = {
    provinces,
    asked: ambiguousAliases(data),
    short: abbreviations(data),
    abroad: phrases(data.provinces.abroad),
    everyday: phrases(data.provinces.everyday),
    all() {
      all ??= lowerNames(data, provinces);
      return all;
    },
    misspelt() {
      misspelt ??= indexMisspelt(index.all());
      return misspelt;
    },
  };
  return index;
}

/** The meanings of these words; undefined when no place has that name. */
export function read(names: NameIndex, words: readonly Word[], key = joined(words)): Reading | undefined {
  const entries = names.get(key);
  if (entries === undefined) return undefined;
  const written = entries.filter((e) => e.toned !== undefined && isWrittenSo(words, e.toned));
  if (written.length > 0 && words.some((w) => w.marked)) return { entries: written, exact: true };
  const fitting = entries.filter((e) => e.toned === undefined || marksAgree(words, e.toned));
  if (fitting.length > 0) return { entries: fitting, exact: true };
  const meant = entries.filter((e) => isLikelyMeant(words, e));
  return meant.length > 0 ? { entries: meant, exact: false } : undefined;
}

/** The meanings of an abbreviation. Of all marks only đ may be typed, and then it counts. */
export function readShort(names: NameIndex, words: readonly Word[], key: string): readonly Entry[] | undefined {
  const known = names.get(key);
  if (words.every((w) => !w.marked)) return known;
  const written = words.map((w) => w.toned).join("");
  return words.length > 1 || /[^a-z0-9đ]/.test(written) ? undefined : (names.get(written) ?? known);
}

/** True for a place abroad, and for an everyday phrase that is not written like a name. */
export function isElsewhere(index: PlaceIndex, words: readonly Word[], key: string): boolean {
  const agrees = (phrase: readonly string[]) => marksAgree(words, phrase);
  if (index.abroad.get(key)?.some(agrees) === true) return true;
  return index.everyday.get(key)?.some(agrees) === true && !words.every((w) => w.capital);
}

/** Other marks than the name's: a slip if half of its words are right, but another word where the name has one only. */
function isLikelyMeant(words: readonly Word[], { toned }: Entry): boolean {
  const [word] = words;
  const [name] = toned ?? [];
  if (word === undefined || name === undefined || toned === undefined) return true;
  return words.length > 1 ? wordsOff(words, toned) <= Math.ceil(words.length / 2) : lacksTone(word, name);
}

function phrases(list: readonly string[]): Phrases {
  const byKey = new Map<string, string[][]>();
  for (const phrase of list) {
    const words = wordsOf(phrase);
    const key = joined(words);
    byKey.set(key, [...(byKey.get(key) ?? []), words.map((w) => w.toned)]);
  }
  return byKey;
}

function addProvince(names: Building, province: Province): void {
  const meaning = entry(PROVINCE, province.type === "city" ? "thanh-pho" : "tinh", province.code);
  for (const name of [province.names.vi, province.full_name, ...province.former.map((f) => f.names.vi)]) {
    if (!hasProvince(names, name, province.code)) add(names, name, meaning);
  }
  for (const city of province.former_cities) add(names, city, entry(DISTRICT, "thanh-pho", province.code));
  for (const name of province.known_as) add(names, name, meaning);
  for (const alias of [...province.aliases, ...province.former.flatMap((f) => f.aliases)]) {
    if (!hasProvince(names, alias, province.code)) add(names, alias, meaning, false);
  }
}

/** A name that is already known with its marks needs no alias without them. */
function hasProvince(names: Building, name: string, code: string): boolean {
  return names.get(keyOf(name))?.some((e) => e.province === code) ?? false;
}

/** Short codes, and forms like "hnoi" and "qngai" where no short code is the same. */
function abbreviations(data: PlaceData): NameIndex {
  const codes: Building = new Map();
  for (const { code, short_codes } of data.provinces.provinces) {
    for (const short of short_codes) add(codes, short, entry(PROVINCE, "", code), false);
  }
  const forms: Building = new Map();
  for (const { code, names, former, former_cities } of data.provinces.provinces) {
    const long = [names.vi, ...former.map((f) => f.names.vi), ...former_cities];
    const short = new Set(long.flatMap((name) => shortForm(name) ?? []));
    for (const form of short) add(forms, form, entry(PROVINCE, "", code), false);
  }
  return new Map([...forms, ...codes]);
}

/** The one place where đ is kept apart from d: "bđ" is Bình Định, "bd" may be Bình Dương too. */
function ambiguousAliases(data: PlaceData): NameIndex {
  const names = new Map<string, Entry[]>();
  for (const { alias, candidates, default: usual } of data.provinces.ambiguous_aliases) {
    const codes = usual === null ? candidates : [usual];
    names.set(
      alias.replaceAll(" ", ""),
      codes.map((code) => entry(PROVINCE, "", code)),
    );
  }
  return names;
}
