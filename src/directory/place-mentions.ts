import type { Entry, PlaceIndex, Reading } from "./place-index.ts";
import { COMMUNE, PROVINCE, REGION, read, readMisspelt } from "./place-index.ts";
import type { UnitType, Word } from "./place-text.ts";
import { HOME, joined, NOISE, NOT_PLACES, PARTS, PRESENT, STREET, typeWordAt, wordsOf } from "./place-text.ts";

/** A place named in a text. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly entries: readonly Entry[];
  /** False when the typed marks say something else. */
  readonly exact: boolean;
  /** A type word before it fits its meanings. */
  readonly typed: boolean;
  /** One word that is an everyday word too: counts only in a clear position. */
  readonly weak: boolean;
}

export interface Mentions {
  readonly words: readonly Word[];
  readonly found: readonly Mention[];
  /** Words that belong to no place and are not noise. */
  readonly others: number;
}

/** How deep to look: provinces only, all names, or misspelt names as well. */
export type Depth = "provinces" | "all" | "misspelt";

const LONGEST_NAME = 6;
/** Of an answer in which misspelt names are looked for, in words; longer ones are stories, not places. */
export const LONGEST_ANSWER = 8;

/** Cuts a text into place names and the rest, so that as much as possible is explained by as few names as possible. */
export function mentionsIn(index: PlaceIndex, text: string, depth: Depth): Mentions {
  const words = wordsOf(text);
  const best: { score: number; found: readonly Mention[]; others: number }[] = [{ score: 0, found: [], others: 0 }];
  for (let end = 1; end <= words.length; end += 1) {
    const before = best[end - 1];
    if (before === undefined) break;
    const other = isRest(words, end - 1) ? 0 : 1;
    let choice = { score: before.score - other, found: before.found, others: before.others + other };
    for (let start = Math.max(0, end - LONGEST_NAME); start < end; start += 1) {
      const from = best[start];
      const step = from === undefined ? undefined : stepOver(index, words, start, end, depth);
      if (from === undefined || step === undefined || from.score + step.score <= choice.score) continue;
      const found = step.mention === undefined ? from.found : [...from.found, step.mention];
      choice = { score: from.score + step.score, found, others: from.others };
    }
    best.push(choice);
  }
  const last = best.at(-1);
  return { words, found: last?.found ?? [], others: last?.others ?? 0 };
}

/** True when one of these words stands in the two words before the mention, or between it and the name before. */
function follows(set: ReadonlySet<string>, mention: Mention, all: Mentions): boolean {
  const previous = all.found.filter((m) => m.end <= mention.start).at(-1)?.end ?? 0;
  return all.words.slice(previous, mention.start).some((w) => set.has(w.plain));
}

/** True when the word right before the mention, or before its type word, is one of these. */
export function rightAfter(set: ReadonlySet<string>, mention: Mention, all: Mentions): boolean {
  return all.words.slice(Math.max(0, mention.start - 2), mention.start).some((w) => set.has(w.plain));
}

function isRest(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (word === undefined || NOISE.has(word.plain) || PARTS.has(word.plain)) return true;
  if (typeWordAt(words, at) !== undefined || (at > 0 && typeWordAt(words, at - 1)?.length === 2)) return true;
  return /^\d+$/.test(word.plain) && PARTS.has(words[at - 1]?.plain ?? "");
}

interface StepOver {
  readonly score: number;
  readonly mention: Mention | undefined;
}

function stepOver(
  index: PlaceIndex,
  words: readonly Word[],
  start: number,
  end: number,
  depth: Depth,
): StepOver | undefined {
  const part = words.slice(start, end);
  if (part.some((w, at) => at > 0 && w.starts)) return undefined;
  const length = end - start;
  const type = typeBefore(words, start);
  if (index.abroad.has(joined(part)) || (NOT_PLACES.has(joined(part)) && type === undefined)) {
    return { score: length * 2 - 0.3, mention: undefined };
  }
  const reading = readAt(index, part, type, depth, words.length);
  if (reading === undefined || (reading.weak && leavesOutMarks(part, words, reading.entries))) return undefined;
  const kept = type === undefined ? [] : reading.entries.filter((e) => isOfType(e, type));
  const entries = kept.length > 0 ? kept : reading.entries;
  const mention = {
    start,
    end,
    entries,
    exact: reading.exact,
    typed: kept.length > 0,
    weak: reading.weak,
  };
  return { score: worth(mention), mention };
}

/** Who types marks elsewhere means "cho" and not "Chờ". */
function leavesOutMarks(part: readonly Word[], words: readonly Word[], entries: readonly Entry[]): boolean {
  const careful = words.some((w) => w.marked) && part.every((w) => !w.marked);
  return careful && entries.every((e) => e.name !== undefined && wordsOf(e.name).some((w) => w.marked));
}

function worth(mention: Mention): number {
  const each = mention.exact ? 2 : 1;
  const level = Math.min(...mention.entries.map((e) => e.level));
  return (mention.end - mention.start) * each - 0.4 - level * 0.1 + (mention.typed ? 0.3 : 0);
}

function readAt(
  index: PlaceIndex,
  part: readonly Word[],
  type: UnitType | undefined,
  depth: Depth,
  all: number,
): (Reading & { weak: boolean }) | undefined {
  const key = joined(part);
  const plain = part.every((w) => !w.marked);
  const asked = plain ? index.ambiguous.get(key) : undefined;
  if (asked !== undefined) return { entries: asked, exact: true, weak: part.length === 1 };
  const names = depth === "provinces" ? index.provinces : index.all();
  const numbered = type !== undefined && /^\d+$/.test(key) ? `${type.replace("-", "")}${key}` : key;
  const reading = read(names, part, numbered);
  if (reading !== undefined) return { ...reading, weak: isWeak(part, reading.entries) && numbered === key };
  const code = plain ? index.codes.get(key) : undefined;
  if (code !== undefined) return { entries: code, exact: true, weak: true };
  const misspelt = depth === "misspelt" && all <= LONGEST_ANSWER ? readMisspelt(index, part) : undefined;
  return misspelt === undefined || isWeak(part, misspelt.entries) ? undefined : { ...misspelt, weak: false };
}

/** One word, or everyday words only, as the name of a commune. */
function isWeak(part: readonly Word[], entries: readonly Entry[]): boolean {
  const small = entries.every((e) => e.level === COMMUNE || e.level === REGION);
  return small && (part.length === 1 || part.every((w) => NOISE.has(w.plain)));
}

function typeBefore(words: readonly Word[], start: number): UnitType | undefined {
  for (const length of [2, 1]) {
    const type = start >= length ? typeWordAt(words, start - length) : undefined;
    if (type?.length === length) return type.type;
  }
  return undefined;
}

function isOfType(entry: Entry, type: UnitType): boolean {
  if (type === "tinh") return entry.level === PROVINCE;
  if (entry.level === PROVINCE) return type === "thanh-pho" && entry.type === "thanh-pho";
  if (entry.type === "") return type === "xa" || type === "phuong" || type === "thi-tran";
  return entry.type === type || (type === "thi-xa" && entry.type === "thanh-pho");
}

/** True for a name that stands on a street sign: "phố Huế" is no place. */
export function isStreet(mention: Mention, all: Mentions): boolean {
  const before = all.words[mention.start - 1]?.plain ?? "";
  return STREET.has(before) && !mention.typed;
}

/** True when the position is clear enough for a one-word name or an abbreviation. */
export function standsClear(mention: Mention, all: Mentions): boolean {
  if (!mention.weak || mention.typed || mention.end - mention.start === all.words.length) return true;
  if (PRESENT.has(all.words[mention.start - 1]?.plain ?? "")) return true;
  return all.found.some(
    (m) => m !== mention && m.exact && !m.weak && (m.end === mention.start || m.start === mention.end),
  );
}

/** True for the name of the place somebody comes from. */
export function isHome(mention: Mention, all: Mentions): boolean {
  if (follows(HOME, mention, all)) return true;
  const words = all.words.slice(0, mention.start).map((w) => w.plain);
  return words.at(-1) === "tu" || (words.at(-1) === "thi" && words.at(-2) === "nha");
}

/** True for a village or hamlet name, which says little about where it is. */
export function isPart(mention: Mention, all: Mentions): boolean {
  return PARTS.has(all.words[mention.start - 1]?.plain ?? "") && !mention.typed;
}
