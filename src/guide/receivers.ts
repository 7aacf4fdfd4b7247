import { z } from "zod";
import type { Unit, Units, UnitsAt } from "../directory/units.ts";
import { LANGS, type Lang, Localized, Slug } from "../flow/ids.ts";

/** Somebody who receives a report, as texts of guides name them by `{{id}}`. */
const Receiver = z.strictObject({
  id: Slug,
  /** Whose name it bears; absent: nobody's. */
  unit: z.enum(["commune", "province"]).optional(),
  /** With `{{unit}}`; in English `{{vi}}` is the whole Vietnamese name. */
  named: Localized.optional(),
  /** Where the place is not known. */
  plain: Localized,
});

/** `content/guides/receivers.yaml`. */
export const Receivers = z.strictObject({
  /** A unit in running text, by its type; `{{name}}` is its own name. */
  units: z.strictObject({
    commune: Localized,
    ward: Localized,
    "special-zone": Localized,
    province: Localized,
    city: Localized,
  }),
  /** Codes of provinces whose type word keeps its capital in running text. */
  capital: z.array(z.string()).default([]),
  here: Localized,
  home: Localized,
  receivers: z.array(Receiver).min(1),
});
export type Receivers = z.infer<typeof Receivers>;
type Receiver = z.infer<typeof Receiver>;

/** Fills the names of receivers into a text, with those of today's units where the place is known. */
export type NameReceivers = (text: Localized, place: string | undefined) => Localized;

/** Placeholders that a section of a guide may carry. */
export function receiverNames(file: Receivers): readonly string[] {
  return ["here", "home", ...file.receivers.map(({ id }) => id)];
}

/** A name that nobody knows stays as it is written; the check reports it. */
export function createReceivers(file: Receivers, units: Units): NameReceivers {
  const byId = new Map(file.receivers.map((receiver) => [receiver.id, receiver]));
  const nameOf = (id: string, at: UnitsAt | undefined): Localized | undefined => {
    if (id === "here" || id === "home") return at === undefined ? file[id] : wholePlace(file, at);
    const receiver = byId.get(id);
    return receiver && receiverName(file, receiver, at);
  };
  return (text, place) => {
    const at = place === undefined ? undefined : units(place);
    const fill = (lang: Lang) =>
      text[lang].replace(PLACEHOLDER, (written, id: string) => nameOf(id, at)?.[lang] ?? written);
    return { vi: fill("vi"), en: fill("en") };
  };
}

const PLACEHOLDER = /\{\{([a-z-]+)\}\}/g;

function receiverName(file: Receivers, { unit, named, plain }: Receiver, at: UnitsAt | undefined): Localized {
  const owner = unit && at?.[unit];
  if (owner === undefined || named === undefined) return plain;
  const name = unitName(file, owner);
  const vi = named.vi.replace("{{unit}}", name.vi);
  return { vi, en: named.en.replace("{{unit}}", name.en).replace("{{vi}}", vi) };
}

function wholePlace(file: Receivers, { commune, province }: UnitsAt): Localized {
  const names = [commune, province].filter((unit) => unit !== undefined).map((unit) => unitName(file, unit));
  const [vi = "", en = ""] = LANGS.map((lang) => names.map((name) => name[lang]).join(", "));
  return { vi, en };
}

/** “phường Bến Thành”, “Thành phố Hồ Chí Minh”: the type word has a capital only where it belongs to the name. */
function unitName(file: Receivers, { code, names, type }: Unit): Localized {
  const pattern = Object.entries(file.units).find(([key]) => key === type)?.[1] ?? { vi: "{{name}}", en: "{{name}}" };
  const vi = pattern.vi.replace("{{name}}", names.vi);
  const capital = file.capital.includes(code) || /^\d/.test(names.vi);
  const first = vi.charAt(0);
  return {
    vi: `${capital ? first.toUpperCase() : first}${vi.slice(1)}`,
    en: pattern.en.replace("{{name}}", names.en),
  };
}
