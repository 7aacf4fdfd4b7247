import { z } from "zod";
import { AppError } from "../errors.ts";
import { Localized } from "../flow/ids.ts";

const ProvinceCode = z.string().regex(/^\d{2}$/);
const Names = z.array(z.string().min(1));

/** A province of today with the former ones it took over. `towns` are approximate; the main town comes first. */
export const Province = z.strictObject({
  code: ProvinceCode,
  names: Localized,
  full_name: z.string(),
  type: z.enum(["city", "province"]),
  aliases: Names,
  /** Everyday syllables as well: only as the whole answer, or after another place name. */
  short_codes: Names,
  /** Former provincial cities and towns with a name that is unique in the country. */
  former_cities: Names,
  /** Nicknames, landmarks and parts that are in no list, with their marks. */
  known_as: Names.default([]),
  former: z.array(
    z.strictObject({ code: ProvinceCode, names: Localized, type: z.enum(["city", "province"]), aliases: Names }),
  ),
  towns: z.array(z.strictObject({ name: z.string(), latitude: z.number(), longitude: z.number() })).min(1),
});
export type Province = z.infer<typeof Province>;

/** `content/places/provinces.yaml`. */
export const ProvincesFile = z.strictObject({
  provinces: z.array(Province),
  /** `default: null`: the bot asks which one is meant. */
  ambiguous_aliases: z.array(
    z.strictObject({
      alias: z.string(),
      candidates: z.array(ProvinceCode).min(1),
      default: ProvinceCode.nullable(),
      note: z.string(),
    }),
  ),
  /** Names that several provinces share: provinces that were split before 2000, old names of a country. */
  divided: z.array(z.strictObject({ names: Names, provinces: z.array(ProvinceCode).min(2) })),
  regions: z.array(z.strictObject({ names: Names, provinces: z.array(ProvinceCode).min(2) })),
  abroad: Names,
  /** Phrases that are, or hold, the name of a place and hardly ever mean it. */
  everyday: Names,
});
export type ProvincesFile = z.infer<typeof ProvincesFile>;

/** One row of `content/places/communes.csv`. */
export interface Commune {
  readonly code: string;
  readonly names: Localized;
  readonly type: string;
  readonly province: string;
}

/** One row of `content/places/former-units.csv`: a former unit and one new unit that holds land of it. */
export interface FormerUnit {
  readonly level: string;
  readonly name: string;
  readonly type: string;
  readonly district: string;
  /** Code of the new commune; empty for a former province. */
  readonly commune: string;
  /** Code of the new province. */
  readonly province: string;
}

export interface PlaceData {
  readonly provinces: ProvincesFile;
  readonly communes: readonly Commune[];
  /** Read on the first call only: it takes some ten milliseconds. Throws `AppError` when the file is damaged. */
  formerUnits(): readonly FormerUnit[];
}

const COMMUNE_COLUMNS = "code,name_vi,name_en,type,province_code";
const FORMER_COLUMNS =
  "level,former_code,former_name_vi,former_type,former_district,former_province_code,new_commune_code,new_province_code,relation";

/** Throws `AppError` (`content_invalid`) that names the file and line. `provinces` is the parsed YAML. */
export function parsePlaces(files: { provinces: unknown; communes: string; former: string }): PlaceData {
  const provinces = ProvincesFile.safeParse(files.provinces);
  if (!provinces.success) {
    throw new AppError("content_invalid", `content/places/provinces.yaml: ${z.prettifyError(provinces.error)}`);
  }
  let former: readonly FormerUnit[] | undefined;
  return {
    provinces: provinces.data,
    communes: parseCommunes(files.communes),
    formerUnits() {
      former ??= parseFormerUnits(files.former);
      return former;
    },
  };
}

/** Throws `AppError` (`content_invalid`). */
export function parseCommunes(csv: string): Commune[] {
  return rows("communes.csv", csv, COMMUNE_COLUMNS).map(([code, vi, en, type, province]) => ({
    code,
    names: { vi, en },
    type,
    province,
  }));
}

/** Throws `AppError` (`content_invalid`). */
export function parseFormerUnits(csv: string): FormerUnit[] {
  return rows("former-units.csv", csv, FORMER_COLUMNS).map(([level, , name, type, district, , commune, province]) => ({
    level,
    name,
    type,
    district,
    commune,
    province,
  }));
}

type Row = readonly [string, string, string, string, string, string, string, string, string];

/** Simple CSV: no quotes and no commas inside values. Short rows are filled up with "". */
function rows(file: string, csv: string, columns: string): Row[] {
  const [head, ...lines] = csv.trimEnd().split(/\r?\n/);
  const width = columns.split(",").length;
  if (head !== columns) throw damaged(file, 1, `the first line must be ${columns}`);
  return lines.map((line, at) => {
    const cells = line.split(",");
    if (cells.length !== width) throw damaged(file, at + 2, `needs ${width} values, has ${cells.length}`);
    const [a = "", b = "", c = "", d = "", e = "", f = "", g = "", h = "", i = ""] = cells;
    return [a, b, c, d, e, f, g, h, i];
  });
}

function damaged(file: string, line: number, what: string): AppError {
  return new AppError("content_invalid", `content/places/${file}, line ${line}: ${what}`);
}
