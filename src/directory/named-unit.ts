import type { Commune, PlaceData, Province } from "./place-data.ts";
import { keyOf, wordsOf } from "./place-text.ts";

/** The code of the one unit of today that a text names in full; undefined when it names none, or could be several. */
export type NamedUnit = (text: string) => string | undefined;

interface Named {
  readonly code: string;
  /** The name with its marks. */
  readonly toned: string;
}

/**
 * For people who set something up: a commune with its province ("phường Ba Đình, Hà Nội"), a commune whose name is
 * unique, or a province. Nothing is guessed, and a text that names more than a province is never taken for the province:
 * who wants one ward must not get the whole city. Marks decide between names that differ in nothing else.
 */
export function createNamedUnits({ provinces, communes }: Pick<PlaceData, "provinces" | "communes">): NamedUnit {
  const index = new Map<string, Map<string, Named>>();
  const add = (key: string, named: Named) => {
    index.set(key, (index.get(key) ?? new Map<string, Named>()).set(named.code, named));
  };
  const above = new Map<string, readonly string[]>();
  for (const province of provinces.provinces) {
    above.set(province.code, provinceKeys(province));
    for (const key of provinceKeys(province)) add(key, { code: province.code, toned: tonedOf(province.names.vi) });
  }
  // A commune with the name of a province needs its own province, or the word for its type.
  const provinceNames = new Set(index.keys());
  for (const { code, names, type, province } of communes) {
    const named = { code, toned: tonedOf(names.vi) };
    for (const own of communeKeys({ names, type })) {
      if (!provinceNames.has(own)) add(own, named);
      for (const outer of above.get(province) ?? []) add(`${own}${outer}`, named);
    }
  }
  return (text) => theOne([...(index.get(keyOf(text))?.values() ?? [])], text);
}

function theOne(found: readonly Named[], text: string): string | undefined {
  const typed = tonedOf(text);
  const meant = found.length === 1 ? found : longest(found.filter(({ toned }) => typed.includes(toned)));
  return meant.length === 1 ? meant[0]?.code : undefined;
}

/** "Cẩm Giang" is also the beginning of "Cẩm Giàng", whose tone mark comes last. */
function longest(found: readonly Named[]): readonly Named[] {
  const most = Math.max(...found.map(({ toned }) => toned.length));
  return found.filter(({ toned }) => toned.length === most);
}

/** Words before the name of a unit, as they sound without marks. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  ward: ["", "phuong"],
  commune: ["", "xa"],
  "special-zone": ["", "dackhu"],
  city: ["", "thanhpho", "tp"],
  province: ["", "tinh"],
};

function provinceKeys({ names, aliases, type }: Province): readonly string[] {
  return withType(type, [names.vi, names.en, ...aliases]);
}

function communeKeys({ names, type }: Pick<Commune, "names" | "type">): readonly string[] {
  return withType(type, [names.vi, names.en]);
}

function withType(type: string, names: readonly string[]): readonly string[] {
  const keys = new Set(names.map(keyOf));
  return (TYPES[type] ?? [""]).flatMap((word) => [...keys].map((key) => `${word}${key}`));
}

/** Lower case with marks, without blanks. */
function tonedOf(text: string): string {
  return wordsOf(text)
    .map(({ toned }) => toned)
    .join("");
}
