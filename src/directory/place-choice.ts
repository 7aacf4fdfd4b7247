import type { Entry } from "./place-entry.ts";
import { COMMUNE, DISTRICT, highest } from "./place-entry.ts";
import type { Mention, Mentions } from "./place-mentions.ts";
import { present, saysEither } from "./place-position.ts";

/** The codes that the mentions leave: one province or commune, or one code for each province that may be meant. */
export function decide(mentions: readonly Mention[], all: Mentions): string[] {
  const near = present(mentions, all);
  const codes = choose(near, all);
  if (codes.length === 1 || near.length === mentions.length) return codes;
  const narrowed = agreed(mentions);
  return narrowed?.length === 1 ? named(mentions, narrowed) : codes;
}

function choose(mentions: readonly Mention[], all: Mentions): string[] {
  if (saysEither(mentions, all)) return named(mentions, union(mentions));
  return named(mentions, agreed(mentions) ?? agreed(widest(mentions)) ?? union(mentions));
}

/** The provinces that all mentions allow, and of these the ones that fit best; undefined when there are none. */
function agreed(mentions: readonly Mention[]): readonly string[] | undefined {
  const [first, ...rest] = mentions.map((m) => new Set(m.entries.map((e) => e.province)));
  const shared = [...(first ?? [])].filter((code) => rest.every((set) => set.has(code))).sort();
  const ranked = shared.map((code) => ({ code, doubt: doubt(mentions, code) }));
  const least = Math.min(...ranked.map((r) => r.doubt));
  return shared.length === 0 ? undefined : ranked.filter((r) => r.doubt === least).map((r) => r.code);
}

/** What tells against the last name being less than it could be: addresses end with the largest place. */
const LAST_LOWERED = 0.5;

/** How far this province is from what the names mean at their highest levels, and whether they can lie in each other. */
function doubt(mentions: readonly Mention[], province: string): number {
  const inside = mentions.map((m) => highest(m.entries.filter((e) => e.province === province)));
  const lower = mentions.map((m, at) => levelOf(inside[at] ?? []) - levelOf(m.entries));
  const sets = inside.map(communesOf).filter((set) => set.size > 0);
  const apart = sets.length > 1 && shared(sets).length === 0 ? 1 : 0;
  const last = (lower.at(-1) ?? 0) > 0 ? LAST_LOWERED : 0;
  return lower.reduce((sum, each) => sum + each, apart + last);
}

function levelOf(entries: readonly Entry[]): number {
  return Math.min(...entries.map((e) => e.level));
}

/** The mentions of the highest level: of a house's address and its city, the city. */
function widest(mentions: readonly Mention[]): readonly Mention[] {
  const level = Math.min(...mentions.map((m) => levelOf(m.entries)));
  return mentions.filter((m) => levelOf(m.entries) === level);
}

function union(mentions: readonly Mention[]): string[] {
  return [...new Set(mentions.flatMap((m) => highest(m.entries).map((e) => e.province)))];
}

/** Each province, or the one commune of it that the mentions name. */
function named(mentions: readonly Mention[], provinces: readonly string[]): string[] {
  return provinces.map((province) => communeOf(mentions, province) ?? province);
}

function communeOf(mentions: readonly Mention[], province: string): string | undefined {
  const inside = mentions.map((m) => highest(m.entries.filter((e) => e.province === province)));
  if (!inside.some((entries) => entries.some((e) => e.level === COMMUNE))) return undefined;
  const [only, second] = shared(inside.map(communesOf).filter((set) => set.size > 0));
  return second === undefined ? only : undefined;
}

function communesOf(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(entries.filter((e) => e.level === COMMUNE || e.level === DISTRICT).flatMap((e) => e.communes));
}

function shared(sets: readonly ReadonlySet<string>[]): string[] {
  const [first, ...rest] = sets;
  return [...(first ?? [])].filter((code) => rest.every((set) => set.has(code)));
}
