import type { Localized } from "../flow/ids.ts";
import type { PlaceData } from "./place-data.ts";

/** A province or commune of today with its own name, without the word for its type. */
export interface Unit {
  readonly code: string;
  readonly names: Localized;
  /** `commune`, `ward`, `special-zone`, `province` or `city`. */
  readonly type: string;
}

export interface UnitsAt {
  /** Absent where only the province is known. */
  readonly commune?: Unit;
  readonly province: Unit;
}

/** The units of a province or commune code; `undefined` for a code that does not exist. */
export type Units = (code: string) => UnitsAt | undefined;

export function createUnits({ provinces, communes }: Pick<PlaceData, "provinces" | "communes">): Units {
  const provinceOf = new Map(provinces.provinces.map((province) => [province.code, province]));
  const communeOf = new Map(communes.map((commune) => [commune.code, commune]));
  return (code) => {
    const commune = communeOf.get(code);
    const province = provinceOf.get(commune?.province ?? code);
    if (province === undefined) return undefined;
    return commune === undefined ? { province } : { commune, province };
  };
}
