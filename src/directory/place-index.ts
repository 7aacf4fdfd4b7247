import type { FormerUnit, PlaceData, Province } from "./place-data.ts";
import type { UnitType, Word } from "./place-text.ts";
import { joined, keyOf, oneSlip, soundOf, tonedWords } from "./place-text.ts";

export const PROVINCE = 0;
export const DISTRICT = 1;
export const COMMUNE = 2;
export const REGION = 3;
/** The lower, the more it decides: province (present or former), former district, commune, region. */
export type Level = typeof PROVINCE | typeof DISTRICT | typeof COMMUNE | typeof REGION;

/** One meaning of a name. */
export interface Entry {
  readonly level: Level;
  readonly type: UnitType | "";
  /** The name with its marks; undefined when it was written down without them. */
  readonly name: string | undefined;
  readonly province: string;
  /** Communes of today that hold land of it; empty above the commune level when not needed. */
  readonly communes: readonly string[];
}

/** What a typed name can mean, and whether the typed marks agree. */
export interface Reading {
  readonly entries: readonly Entry[];
  readonly exact: boolean;
}

/** Names of one depth, by folded key. */
export type NameIndex = ReadonlyMap<string, readonly Entry[]>;

export interface PlaceIndex {
  readonly provinces: NameIndex;
  /** Abbreviations that count only alone or after another name. */
  readonly codes: NameIndex;
  /** Aliases that mean several places when typed without marks. */
  readonly ambiguous: NameIndex;
  readonly abroad: ReadonlySet<string>;
  /** Former districts and communes as well; built on the first call. */
  all(): NameIndex;
  /** Like `all`, by sound; built on the first call. */
  sounds(): NameIndex;
}

type Building = Map<string, Entry[]>;

export function indexPlaces(data: PlaceData): PlaceIndex {
  const provinces: Building = new Map();
  for (const province of data.provinces.provinces) addProvince(provinces, province);
  for (const region of data.provinces.regions) {
    for (const name of region.names) for (const code of region.provinces) add(provinces, name, entry(REGION, "", code));
  }
  let all: NameIndex | undefined;
  let sounds: NameIndex | undefined;
  const index: PlaceIndex = {
    provinces,
    codes: shortCodes(data),
    ambiguous: ambiguousAliases(data),
    abroad: new Set(data.provinces.abroad.map(keyOf)),
    all() {
      all ??= lowerNames(data, provinces);
      return all;
    },
    sounds() {
      sounds ??= bySound(index.all());
      return sounds;
    },
  };
  return index;
}

/** The meanings of these words; undefined when no place has that name. */
export function read(names: NameIndex, words: readonly Word[], key = joined(words)): Reading | undefined {
  const entries = names.get(key);
  if (entries === undefined) return undefined;
  const fitting = entries.filter((e) => fits(e, words));
  return fitting.length > 0 ? { entries: fitting, exact: true } : { entries, exact: false };
}

/** Meanings of a misspelt name: one slip in a province's or former district's name, or the same sound in any. */
export function readMisspelt(index: PlaceIndex, words: readonly Word[]): Reading | undefined {
  const key = joined(words);
  const long = key.length >= SHORTEST_MISSPELT;
  if (!long) return undefined;
  const entries = index.sounds().get(soundOf(key)) ?? slips(index.all(), key);
  return entries.length > 0 ? { entries, exact: false } : undefined;
}

/** Shorter names are too close to everyday words. */
const SHORTEST_MISSPELT = 6;

function slips(names: NameIndex, key: string): Entry[] {
  const found: Entry[] = [];
  for (const [name, entries] of names) {
    if (name.length < SHORTEST_MISSPELT || !oneSlip(name, key)) continue;
    found.push(...entries.filter((e) => e.level === PROVINCE || e.level === DISTRICT));
  }
  return found;
}

function fits(entry: Entry, words: readonly Word[]): boolean {
  if (entry.name === undefined || words.every((w) => !w.marked)) return true;
  const toned = tonedWords(entry.name);
  return toned.length === words.length && words.every((w, at) => !w.marked || w.toned === toned[at]);
}

function entry(level: Level, type: Entry["type"], province: string, communes: readonly string[] = []): Entry {
  return { level, type, name: undefined, province, communes };
}

function add(names: Building, name: string, meaning: Entry, marked = true): void {
  const key = keyOf(name);
  const known = names.get(key);
  const full = marked ? { ...meaning, name } : meaning;
  if (known === undefined) names.set(key, [full]);
  else known.push(full);
}

function addProvince(names: Building, province: Province): void {
  const meaning = entry(PROVINCE, province.type === "city" ? "thanh-pho" : "tinh", province.code);
  for (const name of [province.names.vi, province.full_name, ...province.former.map((f) => f.names.vi)]) {
    if (!hasProvince(names, name, province.code)) add(names, name, meaning);
  }
  for (const city of province.former_cities) add(names, city, entry(DISTRICT, "thanh-pho", province.code));
  for (const alias of [...province.aliases, ...province.former.flatMap((f) => f.aliases)]) {
    if (!hasProvince(names, alias, province.code)) add(names, alias, meaning, false);
  }
}

/** A name that is already known with its marks needs no alias without them. */
function hasProvince(names: Building, name: string, code: string): boolean {
  return names.get(keyOf(name))?.some((e) => e.province === code) ?? false;
}

function shortCodes(data: PlaceData): NameIndex {
  const codes: Building = new Map();
  for (const { code, short_codes } of data.provinces.provinces) {
    for (const short of short_codes) add(codes, short, entry(PROVINCE, "", code), false);
  }
  return codes;
}

function ambiguousAliases(data: PlaceData): NameIndex {
  const names: Building = new Map();
  for (const { alias, candidates, default: usual } of data.provinces.ambiguous_aliases) {
    for (const code of usual === null ? candidates : [usual]) add(names, alias, entry(PROVINCE, "", code), false);
  }
  return names;
}

function lowerNames(data: PlaceData, provinces: NameIndex): NameIndex {
  const names: Building = new Map([...provinces].map(([key, entries]) => [key, [...entries]]));
  const types: Readonly<Record<string, UnitType>> = { ward: "phuong", commune: "xa", "special-zone": "dac-khu" };
  for (const commune of data.communes) {
    const meaning = entry(COMMUNE, types[commune.type] ?? "", commune.province, [commune.code]);
    addNumbered(names, commune.names.vi, meaning);
  }
  for (const unit of mergedRows(data.formerUnits())) addNumbered(names, unit.name, unit.meaning);
  return names;
}

/** "Mỹ Đình 1" is also known as Mỹ Đình. */
function addNumbered(names: Building, name: string, meaning: Entry): void {
  add(names, name, meaning);
  const bare = name.replace(/\s\d+$/, "");
  if (bare !== name && bare.includes(" ")) add(names, bare, meaning);
}

/** One meaning per former district or commune, with all communes of today that hold land of it. */
function mergedRows(units: readonly FormerUnit[]): Iterable<{ name: string; meaning: Entry }> {
  const merged = new Map<string, { name: string; meaning: Entry; communes: string[] }>();
  for (const unit of units) {
    if (unit.level === "province") continue;
    const id = `${unit.level}|${unit.province}|${unit.district}|${unit.type}|${unit.name}`;
    const known = merged.get(id);
    if (known !== undefined) known.communes.push(unit.commune);
    else {
      const communes = [unit.commune];
      const level = unit.level === "district" ? DISTRICT : COMMUNE;
      const meaning = entry(level, FORMER_TYPES[unit.type] ?? "", unit.province, communes);
      merged.set(id, { name: unit.name, meaning, communes });
    }
  }
  return merged.values();
}

const FORMER_TYPES: Readonly<Record<string, UnitType>> = {
  "thanh-pho": "thanh-pho",
  "thi-xa": "thi-xa",
  quan: "quan",
  huyen: "huyen",
  xa: "xa",
  phuong: "phuong",
  "thi-tran": "thi-tran",
};

function bySound(names: NameIndex): NameIndex {
  const sounds: Building = new Map();
  for (const [key, entries] of names) {
    const sound = soundOf(key);
    sounds.set(sound, [...(sounds.get(sound) ?? []), ...entries]);
  }
  return sounds;
}
