import type { Entry } from "./place-entry.ts";
import { COMMUNE, PROVINCE, REGION } from "./place-entry.ts";
import type { PlaceIndex, Reading } from "./place-index.ts";
import { isElsewhere, read, readShort } from "./place-index.ts";
import type { Word } from "./place-text.ts";
import { isNumber, isWrittenSo, joined } from "./place-text.ts";
import type { UnitType } from "./place-words.ts";
import { NOISE, PARTS, SITE_WORDS, typeBefore, typeWordAt } from "./place-words.ts";

/** A place named in a text. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly entries: readonly Entry[];
  /** False when the typed marks or letters say something else. */
  readonly exact: boolean;
  /** How many words before it say its type; 0 when none fits its meanings. */
  readonly typed: number;
  /** An abbreviation, or a word that is an everyday word too: counts only in a clear position. */
  readonly weak: "abbreviation" | "word" | false;
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

interface Cut {
  readonly score: number;
  readonly found: readonly Mention[];
  readonly others: number;
}

/** What is cut: the words, and before which of them a type word stands. */
interface Typed {
  readonly words: readonly Word[];
  readonly types: readonly ReturnType<typeof typeBefore>[];
  /** Some words carry marks. */
  readonly careful: boolean;
}

/** Cuts a text into place names and the rest, so that as much as possible is explained by as few names as possible. */
export function mentionsIn(index: PlaceIndex, words: readonly Word[], depth: Depth): Mentions {
  const types = words.map((_, start) => typeBefore(words, start));
  const typed = { words, types, careful: words.some((w) => w.marked) };
  const best: Cut[] = [{ score: 0, found: [], others: 0 }];
  for (let end = 1; end <= words.length; end += 1) {
    const before = best[end - 1];
    if (before === undefined) break;
    const other = isRest(words, end - 1) ? 0 : 1;
    let choice: Cut = { score: before.score - other, found: before.found, others: before.others + other };
    for (let start = end - 1; start >= Math.max(0, end - LONGEST_NAME); start -= 1) {
      const from = best[start];
      const step = from === undefined ? undefined : stepOver(index, typed, start, end, depth);
      if (from !== undefined && step !== undefined && from.score + step.score > choice.score) {
        const found = step.mention === undefined ? from.found : [...from.found, step.mention];
        choice = { score: from.score + step.score, found, others: from.others };
      }
      if (words[start]?.starts === true) break;
    }
    best.push(choice);
  }
  const last = best.at(-1);
  return { words, found: last?.found ?? [], others: last?.others ?? 0 };
}

function isRest(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (word === undefined || NOISE.has(word.plain) || PARTS.has(word.plain) || SITE_WORDS.has(word.plain)) return true;
  if (typeWordAt(words, at) !== undefined || (at > 0 && typeWordAt(words, at - 1)?.length === 2)) return true;
  return isNumber(word);
}

interface StepOver {
  readonly score: number;
  readonly mention: Mention | undefined;
}

function stepOver(index: PlaceIndex, typed: Typed, start: number, end: number, depth: Depth): StepOver | undefined {
  const part = typed.words.slice(start, end);
  const key = joined(part);
  const type = typed.types[start];
  if (type === undefined && isElsewhere(index, part, key)) return { score: part.length * 2 - 0.5, mention: undefined };
  const near = depth === "misspelt" && typed.words.length <= LONGEST_ANSWER;
  const reading = readAt(index, part, key, type?.type, depth) ?? (near ? readMisspelt(index, part, typed) : undefined);
  if (reading === undefined) return undefined;
  if (reading.weak !== false && typed.careful && leavesOutMarks(part, reading.entries)) return undefined;
  const kept = type === undefined ? [] : reading.entries.filter((e) => isOfType(e, type.type));
  const mention = {
    start,
    end,
    entries: kept.length > 0 ? kept : reading.entries,
    exact: reading.exact,
    typed: kept.length > 0 || reading.weak === "abbreviation" ? (type?.length ?? 0) : 0,
    weak: reading.weak,
  };
  return { score: worth(mention), mention };
}

/** Who types marks elsewhere means "cho" and not "Chờ". */
function leavesOutMarks(part: readonly Word[], entries: readonly Entry[]): boolean {
  const bare = part.every((w) => !w.marked);
  return bare && entries.every((e) => e.toned !== undefined && !isWrittenSo(part, e.toned));
}

/** Names of several words beat the same words read apart; a type word counts as explained by the name after it. */
function worth(mention: Mention): number {
  const each = mention.exact ? 2 : 1;
  const level = Math.min(...mention.entries.map((e) => e.level));
  const doubt = 0.4 + level * 0.1 + (mention.weak === false ? 0 : 0.8);
  return (mention.end - mention.start) * each - doubt + mention.typed * 1.3;
}

type WeighedReading = Reading & Pick<Mention, "weak">;

function readAt(
  index: PlaceIndex,
  part: readonly Word[],
  key: string,
  type: UnitType | undefined,
  depth: Depth,
): WeighedReading | undefined {
  const usual = readShort(index.asked, part, key);
  if (usual !== undefined) return abbreviation(part, usual);
  const names = depth === "provinces" ? index.provinces : index.all();
  const numbered = type !== undefined && /^\d+$/.test(key) ? `${type.replace("-", "")}${key}` : key;
  const reading = read(names, part, numbered);
  const weighed = reading && {
    ...reading,
    weak: numbered === key && isWeak(part, reading.entries) && ("word" as const),
  };
  if (weighed?.exact === true) return weighed;
  const short = readShort(index.short, part, key);
  return short === undefined ? weighed : abbreviation(part, short);
}

function abbreviation(part: readonly Word[], entries: readonly Entry[]): WeighedReading {
  return { entries, exact: true, weak: part.length === 1 && "abbreviation" };
}

/** Everyday words in a longer text are what they are, and no slips. */
function readMisspelt(index: PlaceIndex, part: readonly Word[], typed: Typed): WeighedReading | undefined {
  if (part.length < typed.words.length && part.every((w) => NOISE.has(w.plain))) return undefined;
  const entries = index.misspelt().find(part);
  return entries.length === 0 || isWeak(part, entries) ? undefined : { entries, exact: false, weak: false };
}

/** One word, or everyday words only, as the name of a commune; a very short word also as that of a district. */
function isWeak(part: readonly Word[], entries: readonly Entry[]): boolean {
  const [only] = part;
  if (part.length === 1 && only !== undefined && only.plain.length <= 3 && entries.every((e) => e.level > PROVINCE))
    return true;
  const small = entries.every((e) => e.level === COMMUNE || e.level === REGION);
  return small && (part.length === 1 || part.every((w) => NOISE.has(w.plain)));
}

function isOfType(entry: Entry, type: UnitType): boolean {
  if (type === "tinh") return entry.level === PROVINCE;
  if (entry.level === PROVINCE) return type === "thanh-pho" && entry.type === "thanh-pho";
  if (entry.type === "") return type === "xa" || type === "phuong" || type === "thi-tran";
  return entry.type === type || (type === "thi-xa" && entry.type === "thanh-pho");
}
