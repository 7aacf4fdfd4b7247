import type { Localized } from "../flow/ids.ts";
import type { PlaceAnswer } from "../flow/world.ts";
import { decide } from "./place-choice.ts";
import type { PlaceData, Province } from "./place-data.ts";
import type { PlaceIndex } from "./place-index.ts";
import { indexPlaces } from "./place-index.ts";
import type { Depth } from "./place-mentions.ts";
import { mentionsIn } from "./place-mentions.ts";
import { accepted, isComplete, isFirm } from "./place-position.ts";
import type { Word } from "./place-text.ts";
import { isNumber, wordsOf } from "./place-text.ts";
import { NOISE, PARTS, typeBefore, typeWordAt } from "./place-words.ts";

export interface Places {
  /**
   * What somebody typed: a province (two digits), a commune (five digits), one code for each province that may be
   * meant, or none. `among` are the codes that a name before could mean: a province picks the one inside it.
   */
  resolve(text: string, among?: readonly string[]): PlaceAnswer;
  /** The province around a shared position, from approximate positions of towns; near a border, both. */
  nearest(latitude: number, longitude: number): PlaceAnswer;
  /** The name of a province, or of a commune with its province; undefined for a code that does not exist. */
  name(code: string): Localized | undefined;
  /** The province of a province or commune code. */
  provinceOf(code: string): string | undefined;
}

export function createPlaces(data: PlaceData): Places {
  const index = indexPlaces(data);
  const provinces = new Map(data.provinces.provinces.map((p) => [p.code, p]));
  const communes = new Map(data.communes.map((c) => [c.code, c]));

  function name(code: string): Localized | undefined {
    const province = provinces.get(code);
    if (province !== undefined) return province.names;
    const commune = communes.get(code);
    const around = commune === undefined ? undefined : provinces.get(commune.province);
    if (commune === undefined || around === undefined) return undefined;
    const inside = (lang: "vi" | "en") => `${commune.names[lang]} (${around.names[lang]})`;
    return { vi: inside("vi"), en: inside("en") };
  }

  const provinceOf = (code: string) => (provinces.has(code) ? code : communes.get(code)?.province);

  function answer(codes: readonly string[]): PlaceAnswer {
    const named = codes.flatMap((code) => {
      const found = name(code);
      return found === undefined ? [] : [{ code, name: found }];
    });
    const [first, second] = named;
    if (first === undefined) return { kind: "none" };
    return second === undefined ? { kind: "found", ...first } : { kind: "ambiguous", candidates: named };
  }

  return {
    resolve(text, among = []) {
      const codes = codesOf(index, wordsOf(text));
      return answer(narrowed(codes ?? [...provinces.keys()], among, provinceOf));
    },
    nearest: (latitude, longitude) => answer(nearestProvinces([...provinces.values()], latitude, longitude)),
    name,
    provinceOf,
  };
}

const DEPTHS: readonly Depth[] = ["provinces", "all", "misspelt"];

/** The codes that a text can mean; undefined for a number alone, which can be anywhere. */
function codesOf(index: PlaceIndex, words: readonly Word[]): readonly string[] | undefined {
  let doubtful: readonly string[] | undefined;
  for (const depth of DEPTHS) {
    const all = mentionsIn(index, words, depth);
    const kept = accepted(all);
    if (kept.length === 0 || (depth === "provinces" && !isComplete(all, kept))) continue;
    const codes = decide(kept, all);
    if (isFirm(kept, all)) return codes;
    doubtful ??= codes;
  }
  return doubtful ?? (isNumberOnly(words) ? undefined : []);
}

/** Codes inside the provinces that both answers leave; the later answer alone where they have none in common. */
function narrowed(
  codes: readonly string[],
  among: readonly string[],
  provinceOf: Places["provinceOf"],
): readonly string[] {
  const finer = codes.flatMap((code) => {
    const before = among.find((other) => provinceOf(other) === provinceOf(code));
    return before === undefined ? [] : [code.length > before.length ? code : before];
  });
  return finer.length > 0 ? finer : codes;
}

/** "Ấp 2": a place, but one of hundreds. */
function isNumberOnly(words: readonly Word[]): boolean {
  const numbers = words.filter(
    (w, at) => isNumber(w) && (PARTS.has(words[at - 1]?.plain ?? "") || typeBefore(words, at)),
  );
  return (
    numbers.length > 0 &&
    words.every((w, at) => isNumber(w) || PARTS.has(w.plain) || NOISE.has(w.plain) || typeWordAt(words, at))
  );
}

/** Farther from every town: outside Việt Nam. */
const FARTHEST_KM = 100;
/** Positions of towns are rounded, so a second province as near as this may be the right one. */
const DOUBT_KM = 10;

function nearestProvinces(provinces: readonly Province[], latitude: number, longitude: number): string[] {
  const byDistance = provinces
    .map((p) => ({ code: p.code, km: Math.min(...p.towns.map((t) => kilometres(t, { latitude, longitude }))) }))
    .sort((a, b) => a.km - b.km);
  const [first] = byDistance;
  if (first === undefined || !(first.km <= FARTHEST_KM)) return [];
  return byDistance.filter((p) => p.km <= first.km + DOUBT_KM).map((p) => p.code);
}

interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** Distance on the ground between near points. */
function kilometres(a: Point, b: Point): number {
  const perDegree = 111.2;
  const middle = ((a.latitude + b.latitude) / 2) * (Math.PI / 180);
  return Math.hypot((a.latitude - b.latitude) * perDegree, (a.longitude - b.longitude) * perDegree * Math.cos(middle));
}
