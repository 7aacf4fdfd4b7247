import type { UnitType } from "./place-words.ts";

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
  /** The words of the name with their marks; undefined when it was written down without them. */
  readonly toned: readonly string[] | undefined;
  readonly province: string;
  /** Communes of today that hold land of it; empty above the district level. */
  readonly communes: readonly string[];
}

/** Names of one depth, by folded key. */
export type NameIndex = ReadonlyMap<string, readonly Entry[]>;

/** The level that decides, and only its meanings. */
export function highest(entries: readonly Entry[]): readonly Entry[] {
  const level = Math.min(...entries.map((e) => e.level));
  return entries.filter((e) => e.level === level);
}
