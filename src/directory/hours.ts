import { z } from "zod";
import type { Lang } from "../flow/ids.ts";
import { LANGS, Localized } from "../flow/ids.ts";
import { type Hours, WEEKDAYS, type Weekday } from "./service.ts";

type Table = Exclude<Hours, string>;

/** `content/services/words.yaml`: how opening hours are read out. */
export const HoursWords = z.strictObject({
  every_day: Localized,
  /** Between the first and the last day of a run. */
  to: Localized,
  today: Localized,
  tomorrow: Localized,
  days: z.strictObject({
    mon: Localized,
    tue: Localized,
    wed: Localized,
    thu: Localized,
    fri: Localized,
    sat: Localized,
    sun: Localized,
  }),
});
export type HoursWords = z.infer<typeof HoursWords>;

export type Openness = "always" | "open" | "closed" | "unknown";

/** Whether somebody should answer at `now` (milliseconds since 1970), by the clock of Việt Nam. */
export function opennessAt(hours: Hours, now: number): Openness {
  if (hours === "24/7") return "always";
  if (hours === "unknown") return "unknown";
  const { day, minute } = weekMinute(now);
  const today = WEEKDAYS[day];
  const yesterday = WEEKDAYS[(day + 6) % 7];
  const open = hours.spans.map(minutesOf).some(({ from, to }) => {
    if (from < to) return listed(hours, today) && minute >= from && minute < to;
    return (listed(hours, today) && minute >= from) || (listed(hours, yesterday) && minute < to);
  });
  return open ? "open" : "closed";
}

/** "thứ Hai – thứ Sáu, 08:00–17:00"; undefined when there is no timetable. */
export function readOut(hours: Hours, words: HoursWords): Localized | undefined {
  if (typeof hours === "string") return undefined;
  const [vi, en] = LANGS.map((lang) => `${daysIn(hours, words, lang)}, ${spansOf(hours)}`);
  return vi === undefined || en === undefined ? undefined : { vi, en };
}

/**
 * When it opens next, as people say it: "08:00 ngày mai", "08:00 thứ Hai". Undefined while it is open, and when there
 * is no timetable.
 */
export function opensNext(hours: Hours, now: number, words: HoursWords): Localized | undefined {
  if (typeof hours === "string" || opennessAt(hours, now) !== "closed") return undefined;
  const { day, minute } = weekMinute(now);
  for (let ahead = 0; ahead <= WEEKDAYS.length; ahead++) {
    const weekday = WEEKDAYS[(day + ahead) % WEEKDAYS.length];
    if (weekday === undefined || !listed(hours, weekday)) continue;
    const start = firstStart(hours, ahead === 0 ? minute : 0);
    if (start !== undefined) return sayStart(start, ahead, weekday, words);
  }
  return undefined;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** Asia/Ho_Chi_Minh is UTC+7 all year. */
const OFFSET_MINUTES = 420;
/** 1 January 1970 was a Thursday. */
const FIRST_DAY = 3;

function weekMinute(now: number): { day: number; minute: number } {
  const minutes = Math.floor(now / MINUTE_MS) + OFFSET_MINUTES;
  const days = Math.floor(minutes / DAY_MINUTES);
  return { day: (((days + FIRST_DAY) % 7) + 7) % 7, minute: minutes - days * DAY_MINUTES };
}

function minutesOf(span: string): { from: number; to: number } {
  const [from = 0, to = 0] = span.split("-").map((time) => {
    const [hour = 0, minute = 0] = time.split(":").map(Number);
    return hour * 60 + minute;
  });
  return { from, to };
}

/** The first "HH:MM" of a day at or after a minute of it. */
function firstStart(hours: Table, from: number): string | undefined {
  return hours.spans
    .filter((span) => minutesOf(span).from >= from)
    .map((span) => span.slice(0, "HH:MM".length))
    .sort()[0];
}

function sayStart(start: string, ahead: number, weekday: Weekday, words: HoursWords): Localized {
  const day = ahead === 0 ? words.today : ahead === 1 ? words.tomorrow : words.days[weekday];
  return { vi: `${start} ${day.vi}`, en: `${start} ${day.en}` };
}

function listed(hours: Table, day: Weekday | undefined): boolean {
  return day !== undefined && hours.days.includes(day);
}

function spansOf(hours: Table): string {
  return hours.spans.map((span) => span.replace("-", "–")).join(", ");
}

function daysIn(hours: Table, words: HoursWords, lang: Lang): string {
  const runs = runsOf(hours.days);
  if (runs.length === 1 && runs[0]?.length === WEEKDAYS.length) return words.every_day[lang];
  return runs.map((run) => namesOf(run, words, lang)).join(", ");
}

function namesOf(run: readonly Weekday[], words: HoursWords, lang: Lang): string {
  const names = run.map((day) => words.days[day][lang]);
  return names.length > 2 ? `${names[0]}${words.to[lang]}${names.at(-1)}` : names.join(", ");
}

/** Days that follow one another, Monday first. */
function runsOf(days: readonly Weekday[]): Weekday[][] {
  const runs: Weekday[][] = [];
  for (const [at, day] of WEEKDAYS.entries()) {
    if (!days.includes(day)) continue;
    const last = runs.at(-1);
    const before = WEEKDAYS[at - 1];
    if (last !== undefined && before !== undefined && last.at(-1) === before) last.push(day);
    else runs.push([day]);
  }
  return runs;
}
