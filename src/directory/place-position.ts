import { COMMUNE, PROVINCE } from "./place-entry.ts";
import type { Mention, Mentions } from "./place-mentions.ts";
import { LONGEST_ANSWER } from "./place-mentions.ts";
import type { Word } from "./place-text.ts";
import { isNumber, isWrittenSo } from "./place-text.ts";
import {
  AT,
  EITHER,
  HOME,
  NOISE,
  NOW,
  PARTS,
  POLITE,
  PRESENT,
  SITE_WORDS,
  SITES,
  STAY,
  STREET,
  typeWordAt,
} from "./place-words.ts";

/** How surely somebody is in a place that they name: the highest counts. */
const FROM = 0;
const NAMED = 1;
const STAYS = 2;
const IS_NOW = 3;

/** The mentions that count, by where they stand in the text. */
export function accepted(all: Mentions): Mention[] {
  const clear = all.found.filter(
    (m) => standsClear(m, all) && !isStreet(m, all) && isBelievable(m, all) && !isPerson(m, all),
  );
  const meant = clear.filter((m) => !isDenied(m, all));
  const areas = meant.filter((m) => !isPart(m, all));
  return areas.length > 0 ? areas : meant;
}

/** Those of the places where the person is now, if the text tells it from where they come from. */
export function present(mentions: readonly Mention[], all: Mentions): readonly Mention[] {
  let previous: { end: number; role: number } | undefined;
  const roles = mentions.map((mention) => {
    const lead = leadOf(mention, all, previous?.end ?? 0);
    const joins = previous !== undefined && (lead.every(isLink) || lead.some((w) => EITHER.has(w)));
    const role = joins && previous !== undefined ? previous.role : roleAfter(lead, mention, all);
    previous = { end: mention.end, role };
    return role;
  });
  const highest = Math.max(...roles);
  return mentions.filter((_, at) => roles[at] === highest);
}

/** True when two places are named beside each other: "Hà Nội hoặc Bắc Ninh". A province after a name narrows it instead. */
export function saysEither(mentions: readonly Mention[], all: Mentions): boolean {
  return mentions.some((m, at) => {
    const before = mentions[at - 1];
    if (before === undefined) return false;
    const lead = leadOf(m, all, before.end);
    return lead.some((w) => EITHER.has(w)) || (isProvince(before) && isProvince(m) && !lead.every(isLink));
  });
}

/** The words between the place named before and this one. */
function leadOf(mention: Mention, all: Mentions, from: number): string[] {
  return all.words.slice(from, mention.start).map((w) => w.plain);
}

/** Words that tie a name to the one before it: "xã X thuộc huyện Y". */
function isLink(word: string): boolean {
  return LINKS.has(word);
}

const LINKS = new Set(
  "xa phuong thi tran huyen quan tx tt q p h x thanh pho tp tinh thuoc cua o city province district".split(" "),
);

function roleAfter(lead: readonly string[], mention: Mention, all: Mentions): number {
  const last = lead.at(-1);
  const tail = all.words.slice(mention.end, mention.end + 2).map((w) => w.plain);
  if (tail[0] === "la" && tail[1] === "que") return FROM;
  if (lead.some((w) => NOW.has(w))) return IS_NOW;
  if (lead.some((w) => HOME.has(w)) || last === "tu" || last === "nguoi") return FROM;
  if (lead.includes("nha")) return NAMED;
  return lead.some((w) => STAY.has(w)) ? STAYS : NAMED;
}

function isDenied(mention: Mention, all: Mentions): boolean {
  const before = leadOf(mention, all, Math.max(0, mention.start - 4));
  return before.some((w, at) => (w === "phai" && NOT.has(before[at - 1] ?? "")) || w === "not");
}

const NOT = new Set(["khong", "ko", "k", "hong", "chang"]);

/** A name among many other words counts only where people say where they are. */
function isBelievable(mention: Mention, all: Mentions): boolean {
  const length = mention.end - mention.start;
  const placed = mention.typed > 0 || rightAfter(PRESENT, mention, all);
  const covered = all.found.reduce((sum, m) => sum + m.end - m.start, 0);
  const said = all.words.filter((w) => !SITE_WORDS.has(w.plain) && !POLITE.has(w.plain)).length;
  const short = said <= covered * 3;
  if (!mention.exact) return all.others === 0 && short && isLikely(mention, all);
  if (isProvince(mention)) return placed || (all.others <= 3 && length > 1) || short;
  return mention.typed > 0 ? all.others <= 6 : short && all.others < covered;
}

/** A misspelt name counts in a short answer: a commune's only where its type or another place is named as well. */
function isLikely(mention: Mention, all: Mentions): boolean {
  if (all.words.length > LONGEST_ANSWER) return false;
  return levelOf(mention) < COMMUNE || mention.typed > 0 || all.found.some((m) => m.exact && levelOf(m) < COMMUNE);
}

function levelOf(mention: Mention): number {
  return Math.min(...mention.entries.map((e) => e.level));
}

/** True for "Nguyễn Văn An", where Văn An is a commune as well. */
function isPerson(mention: Mention, all: Mentions): boolean {
  const before = all.words[mention.start - 1];
  const first = all.words[mention.start]?.plain ?? "";
  const surname = before !== undefined && !NOISE.has(before.plain) && !typeWordAt(all.words, mention.start - 1);
  return mention.typed === 0 && surname && MIDDLE_NAMES.has(first) && levelOf(mention) >= COMMUNE;
}

const MIDDLE_NAMES = new Set(["van", "thi"]);

function isProvince(mention: Mention): boolean {
  return mention.entries.some((e) => e.level === PROVINCE);
}

/** True when the word right before the mention, or before its type word, is one of these. */
function rightAfter(set: ReadonlySet<string>, mention: Mention, all: Mentions): boolean {
  return all.words.slice(Math.max(0, mention.start - 2), mention.start).some((w) => set.has(w.plain));
}

/** True for a name that stands on a street sign: "phố Huế" and "hẻm 45 Trần Hưng Đạo" are no places. */
function isStreet(mention: Mention, all: Mentions): boolean {
  let before = mention.start - 1;
  while (isNumber(all.words[before])) before -= 1;
  return STREET.has(freeWordAt(before, mention, all)) && mention.typed === 0;
}

/** The word there, if it is no part of another name or of a type word and no stop divides it from the mention. */
function freeWordAt(at: number, mention: Mention, all: Mentions): string {
  const named = all.found.some((m) => m.start <= at && at < m.end);
  const divided = all.words.slice(at + 1, mention.start + 1).some((w) => w.starts);
  if (named || divided || typeWordAt(all.words, at - 1)?.length === 2) return "";
  return all.words[at]?.plain ?? "";
}

/** True when the position is clear enough for a one-word name or an abbreviation. */
function standsClear(mention: Mention, all: Mentions): boolean {
  if (mention.weak === false || mention.typed > 0) return true;
  const around = all.words.filter((_, at) => at < mention.start || at >= mention.end);
  const before = all.words[mention.start - 1]?.plain ?? "";
  if (around.length === 0) return mention.weak === "abbreviation" || !isEveryday(all.words);
  if (AT.has(before)) return true;
  if (mention.weak === "abbreviation") {
    if (SITES.has(before)) return true;
    if (around.every((w) => POLITE.has(w.plain))) return true;
  }
  return all.found.some(
    (m) => m !== mention && m.exact && m.weak === false && (m.end === mention.start || m.start === mention.end),
  );
}

/** True for "hồ" and "chợ", and not for "Hồ" and "Chờ". */
function isEveryday([word, second]: readonly Word[]): boolean {
  if (word === undefined || second !== undefined || word.capital) return false;
  return [NOISE, PARTS, SITE_WORDS].some((set) => set.has(word.plain));
}

/** True for a village or hamlet name, which says little about where it is. */
function isPart(mention: Mention, all: Mentions): boolean {
  return PARTS.has(freeWordAt(mention.start - 1, mention, all)) && mention.typed === 0;
}

/** Provinces alone explain the text, so former districts and communes need not be read. */
export function isComplete(all: Mentions, kept: readonly Mention[]): boolean {
  if (all.others > 0 || !kept.every((m) => isSure(m, all))) return false;
  const covered = kept.reduce((sum, m) => sum + m.end - m.start, 0);
  const noise = all.words.filter((w) => NOISE.has(w.plain)).length;
  const provinces = new Set(kept.flatMap((m) => m.entries.map((e) => e.province)));
  const agreed = kept.length === 1 || provinces.size === 1;
  return (
    agreed && covered + noise >= all.words.length && kept.every((m) => m.entries.every((e) => e.level === PROVINCE))
  );
}

/** No lower name can fit the typed words better. */
function isSure({ start, end, exact, weak, entries }: Mention, all: Mentions): boolean {
  const words = all.words.slice(start, end);
  const written = entries.some((e) => e.toned === undefined || isWrittenSo(words, e.toned));
  return exact && weak === false && (written || words.every((w) => !w.marked));
}

/** True when not only everyday words or abbreviations were taken for places; others may be a misspelt name. */
export function isFirm(kept: readonly Mention[], all: Mentions): boolean {
  return kept.some((m) => m.weak === false || m.typed > 0 || m.end - m.start === all.words.length);
}
