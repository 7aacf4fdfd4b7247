import type { Localized } from "../flow/ids.ts";
import type { PlaceAnswer } from "../flow/world.ts";
import type { PlaceData, Province } from "./place-data.ts";
import type { Entry } from "./place-index.ts";
import { COMMUNE, indexPlaces, PROVINCE } from "./place-index.ts";
import type { Depth, Mention, Mentions } from "./place-mentions.ts";
import { isHome, isPart, isStreet, LONGEST_ANSWER, mentionsIn, rightAfter, standsClear } from "./place-mentions.ts";
import { NOISE, PARTS, PRESENT, wordsOf } from "./place-text.ts";

export interface Places {
  /** What somebody typed: a province (two digits), a commune (five digits), several provinces, or none. */
  resolve(text: string): PlaceAnswer;
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
    resolve(text) {
      for (const depth of DEPTHS) {
        const all = mentionsIn(index, text, depth);
        const kept = accepted(all);
        if (kept.length > 0 && (depth !== "provinces" || isComplete(all, kept))) return answer(decide(kept, all));
      }
      return answer(isNumberOnly(text) ? [...provinces.keys()] : []);
    },
    nearest: (latitude, longitude) => answer(nearestProvinces([...provinces.values()], latitude, longitude)),
    name,
    provinceOf: (code) => (provinces.has(code) ? code : communes.get(code)?.province),
  };
}

const DEPTHS: readonly Depth[] = ["provinces", "all", "misspelt"];

/** Provinces alone explain the text, so former districts and communes need not be read. */
function isComplete(all: Mentions, kept: readonly Mention[]): boolean {
  if (all.others > 0 || !kept.every((m) => m.exact)) return false;
  const covered = kept.reduce((sum, m) => sum + m.end - m.start, 0);
  const noise = all.words.filter((w) => NOISE.has(w.plain)).length;
  return covered + noise >= all.words.length && kept.every((m) => m.entries.every((e) => e.level === PROVINCE));
}

/** The mentions that count. */
function accepted(all: Mentions): Mention[] {
  const clear = all.found.filter((m) => standsClear(m, all) && !isStreet(m, all) && isBelievable(m, all));
  const areas = clear.filter((m) => !isPart(m, all));
  const named = areas.length > 0 ? areas : clear;
  const present = named.filter((m) => !isHome(m, all));
  return present.length > 0 ? present : named;
}

/** A name among many other words counts only where people say where they are. */
function isBelievable(mention: Mention, all: Mentions): boolean {
  const length = mention.end - mention.start;
  const placed = mention.typed || rightAfter(PRESENT, mention, all);
  const covered = all.found.reduce((sum, m) => sum + m.end - m.start, 0);
  const short = all.words.length <= covered * 3;
  if (!mention.exact)
    return all.others === 0 && short && all.words.length <= LONGEST_ANSWER && (length > 1 || isProvince(mention));
  if (isProvince(mention)) return placed || (all.others <= 3 && length > 1) || short;
  return mention.typed ? all.others <= 6 : short && all.others < covered;
}

function isProvince(mention: Mention): boolean {
  return mention.entries.some((e) => e.level === PROVINCE);
}

/** The codes that the mentions leave: one province or commune, or several provinces. */
function decide(mentions: readonly Mention[], all: Mentions): string[] {
  const agreed = common(mentions.map(decidingProvinces)) ?? common(mentions.map(allProvinces));
  if (agreed === undefined) {
    const now = mentions.filter((m) => rightAfter(PRESENT, m, all));
    if (now.length > 0 && now.length < mentions.length) return decide(now, all);
    return [...new Set(mentions.flatMap((m) => [...decidingProvinces(m)]))];
  }
  const [only, second] = agreed;
  if (only === undefined || second !== undefined) return agreed;
  return [communeOf(mentions, only) ?? only];
}

function common(sets: readonly ReadonlySet<string>[]): string[] | undefined {
  const [first, ...rest] = sets;
  const both = [...(first ?? [])].filter((code) => rest.every((set) => set.has(code)));
  return both.length > 0 ? both.sort() : undefined;
}

function decidingProvinces(mention: Mention): Set<string> {
  return new Set(highest(mention.entries).map((e) => e.province));
}

function allProvinces(mention: Mention): Set<string> {
  return new Set(mention.entries.map((e) => e.province));
}

function highest(entries: readonly Entry[]): readonly Entry[] {
  const level = Math.min(...entries.map((e) => e.level));
  return entries.filter((e) => e.level === level);
}

/** The one commune of this province that the mentions name; undefined when they name none or several. */
function communeOf(mentions: readonly Mention[], province: string): string | undefined {
  const named = mentions.map((m) => highest(m.entries.filter((e) => e.province === province)));
  const own = named.filter((entries) => entries.some((e) => e.level === COMMUNE));
  if (own.length === 0) return undefined;
  const sets = named.map((entries) => new Set(entries.flatMap((e) => e.communes))).filter((set) => set.size > 0);
  const codes = common(sets) ?? [];
  return codes.length === 1 ? codes[0] : undefined;
}

/** "Ấp 2": a place, but one of hundreds. */
function isNumberOnly(text: string): boolean {
  const words = wordsOf(text);
  const numbers = words.filter((w, at) => /^\d+$/.test(w.plain) && PARTS.has(words[at - 1]?.plain ?? ""));
  return numbers.length > 0 && words.every((w) => NOISE.has(w.plain) || PARTS.has(w.plain) || /^\d+$/.test(w.plain));
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
