import type { FormerUnit, PlaceData } from "./place-data.ts";
import type { Entry, Level, NameIndex } from "./place-entry.ts";
import { COMMUNE, DISTRICT } from "./place-entry.ts";
import { joined, wordsOf } from "./place-text.ts";
import type { UnitType } from "./place-words.ts";

export type Building = Map<string, Entry[]>;

export function entry(level: Level, type: Entry["type"], province: string, communes: readonly string[] = []): Entry {
  return { level, type, toned: undefined, province, communes };
}

/** `marked` false: a name that was written down without its marks, so that any agree. */
export function add(names: Building, name: string, meaning: Entry, marked = true): void {
  const words = wordsOf(name);
  const key = joined(words);
  const full = marked ? { ...meaning, toned: words.map((w) => w.toned) } : meaning;
  const known = names.get(key);
  if (known === undefined) names.set(key, [full]);
  else known.push(full);
}

/** The names of provinces, and below them former districts, and communes of today and before. */
export function lowerNames(data: PlaceData, provinces: NameIndex): NameIndex {
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
