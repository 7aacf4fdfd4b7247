import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { HoursWords } from "../../src/directory/hours.ts";
import type { PlaceData } from "../../src/directory/place-data.ts";
import { parsePlaces } from "../../src/directory/place-data.ts";
import { DoNotUse, NeedMap, ServiceFile } from "../../src/directory/service.ts";

function text(path: string): string {
  return readFileSync(new URL(`../../content/${path}`, import.meta.url), "utf8");
}

function yaml(path: string): unknown {
  return parse(text(path));
}

/** The places as shipped. */
export function shippedPlaces(): PlaceData {
  return parsePlaces({
    provinces: yaml("places/provinces.yaml"),
    communes: text("places/communes.csv"),
    former: text("places/former-units.csv"),
  });
}

export const SERVICES = ["national", "platforms", "provinces"].flatMap(
  (file) => ServiceFile.parse(yaml(`services/${file}.yaml`)).services,
);
export const NEED_MAP = NeedMap.parse(yaml("services/needs.yaml"));
export const WORDS = HoursWords.parse(yaml("services/words.yaml"));
export const DO_NOT_USE = DoNotUse.parse(yaml("services/do-not-use.yaml")).numbers;
/** Every file with services, word for word. */
export const SERVICE_TEXTS = ["national", "platforms", "provinces"].map((file) => text(`services/${file}.yaml`));
