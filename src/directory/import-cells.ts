import { z } from "zod";
import { NEEDS, type Need } from "../flow/ids.ts";
import { fold } from "../language/fold.ts";
import { monthsAfter } from "./days.ts";
import { COSTS, type Hours, SERVICE_KINDS, WEEKDAYS, type Weekday } from "./service.ts";
import { CHECK_HOLDS_MONTHS } from "./team-services.ts";

/** What can be wrong with a cell or a row; each has a text `directory.bad.<code>` that says how to mend it. */
export const PROBLEMS = [
  "missing",
  "too-long",
  "other-language",
  "kind",
  "needs",
  "place-code",
  "place-unknown",
  "place-several",
  "place-wide",
  "phone-zero",
  "phone-form",
  "cost",
  "cost-1900",
  "hours",
  "url",
  "languages",
  "day-form",
  "day-future",
  "day-old",
  "number-in-text",
  "banned",
  "no-way-in",
  "shelter-address",
  "same-row",
  "number-listed",
  "number-twice",
  "cells",
] as const;
export type ProblemCode = (typeof PROBLEMS)[number];

/** The value of a cell, or what is wrong with it. */
export type Read<T> =
  | { readonly good: true; readonly value: T }
  | { readonly good: false; readonly code: ProblemCode; readonly params: Readonly<Record<string, string>> };

export function good<T>(value: T): Read<T> {
  return { good: true, value };
}

export function bad(code: ProblemCode, params: Readonly<Record<string, string>> = {}): Read<never> {
  return { good: false, code, params };
}

export interface NumberRead {
  readonly number: string;
  readonly tel: string;
}

/** Numbers apart by `/`, `,` or `;`; none for an empty cell. */
export function readPhones(cell: string): Read<readonly NumberRead[]> {
  const numbers: NumberRead[] = [];
  for (const part of partsOf(cell, /[/,;\n]+/)) {
    const read = readNumber(part);
    if (!read.good) return read;
    numbers.push(read.value);
  }
  return good(numbers);
}

/** Emergency and short lines; 1800 and 1900 lines; fixed and mobile numbers with 0 or +84 before them. */
function readNumber(number: string): Read<NumberRead> {
  const digits = number.replace(/[ .()-]/g, "");
  if (/^(?:[1-9]\d{2,3}|1[89]00\d{4,6})$/.test(digits)) return good({ number, tel: digits });
  if (/^0[2-9]\d{8,9}$/.test(digits)) return good({ number, tel: `+84${digits.slice(1)}` });
  if (/^\+84[2-9]\d{8,9}$/.test(digits)) return good({ number, tel: digits });
  if (/^[2-9]\d{8,9}$/.test(digits)) return bad("phone-zero", { value: number, zero: `0${digits}` });
  return bad("phone-form", { value: number });
}

export function readCost(cell: string): Read<(typeof COSTS)[number]> {
  const cost = cell === "" ? "unknown" : COSTS.find((one) => one === cell.toLowerCase());
  return cost === undefined ? bad("cost", { value: cell, known: COSTS.join(", ") }) : good(cost);
}

/** `24/7`, `unknown`, or days and times: `T2-T6 08:00-11:30, 13:30-17:00`, `mon-fri 8h-17h`, `daily 7h30-21h`. */
export function readHours(cell: string): Read<Hours> {
  const plain = fold(cell).replace(/[–—]/g, "-");
  if (plain === "" || plain === "unknown") return good("unknown");
  if (plain === "24/7") return good("24/7");
  const [, dayPart = "", timePart = ""] = /^([a-z2-7,\- ]*?[a-z2-7]) +(\d.*)$/.exec(plain) ?? [];
  const days = readDays(dayPart);
  const spans = partsOf(timePart, /,/).map(readSpan);
  if (days.length === 0 || spans.length === 0 || spans.includes(undefined)) return bad("hours", { value: cell });
  return good({ days, spans: spans.flatMap((span) => span ?? []) });
}

export function readKind(cell: string): Read<(typeof SERVICE_KINDS)[number]> {
  const kind = SERVICE_KINDS.find((one) => one === cell.toLowerCase().replace("’", "'"));
  return kind === undefined ? bad("kind", { value: cell, known: SERVICE_KINDS.join(", ") }) : good(kind);
}

/** Needs of the product, apart by blanks, commas, semicolons or `|`; the first is the main one. */
export function readNeeds(cell: string): Read<Need[]> {
  const words = partsOf(cell.toLowerCase(), /[\s,;|]+/);
  const unknown = words.filter((word) => !isNeed(word));
  if (unknown.length > 0) return bad("needs", { value: unknown.join(", "), known: NEEDS.join(", ") });
  return good([...new Set(words.filter(isNeed))]);
}

/** Language codes; an empty cell is Vietnamese. */
export function readLanguages(cell: string): Read<string[]> {
  const codes = partsOf(cell.toLowerCase(), /[\s,;|/]+/);
  const odd = codes.find((code) => !/^[a-z]{2,3}$/.test(code));
  if (odd !== undefined) return bad("languages", { value: odd });
  return good(codes.length === 0 ? ["vi"] : [...new Set(codes)]);
}

export function readUrl(cell: string): Read<string | null> {
  if (cell === "") return good(null);
  const url = z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).safeParse(cell);
  return url.success ? good(url.data) : bad("url", { value: cell });
}

/** The day of a call, `2026-11-20` or `20/11/2026`: not after `today`, and not so long ago that it has lapsed. */
export function readCallDay(cell: string, today: string): Read<string> {
  const [, d = "", m = "", y = ""] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(cell) ?? [];
  const day = z.iso.date().safeParse(y === "" ? cell : `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`);
  if (!day.success) return bad("day-form", { value: cell });
  if (day.data > today) return bad("day-future", { value: cell });
  if (monthsAfter(day.data, CHECK_HOLDS_MONTHS) <= today) {
    return bad("day-old", { value: cell, months: String(CHECK_HOLDS_MONTHS) });
  }
  return good(day.data);
}

/** Composed, on one line, without blanks around it. */
export function tidy(cell: string): string {
  return cell.normalize("NFC").replace(/\s+/g, " ").trim();
}

const DAY_NAMES: Readonly<Record<string, Weekday>> = {
  ...Object.fromEntries(WEEKDAYS.map((day) => [day, day])),
  ...Object.fromEntries(WEEKDAYS.slice(0, -1).map((day, at) => [`t${at + 2}`, day])),
  cn: "sun",
};

/** Empty for what is no list of days. */
function readDays(text: string): Weekday[] {
  if (text === "daily") return [...WEEKDAYS];
  const days = new Set<Weekday>();
  for (const part of partsOf(text, /,/)) {
    const [first, last = first, ...more] = part.split("-").map((name) => DAY_NAMES[name.trim()]);
    if (first === undefined || last === undefined || more.length > 0) return [];
    for (let at = WEEKDAYS.indexOf(first); ; at = (at + 1) % WEEKDAYS.length) {
      const day: Weekday = WEEKDAYS[at] ?? last;
      days.add(day);
      if (day === last) break;
    }
  }
  return WEEKDAYS.filter((day) => days.has(day));
}

/** `08:00-17:00` from `8h-17h`, `8:00-17:00`, `7h30 - 17g`; undefined for anything else. */
function readSpan(text: string): string | undefined {
  const times = text.split("-").map((time) => {
    const [, hour = "", minute = ""] = /^(\d{1,2})(?:[:hg](\d{2})?)$/.exec(time.trim()) ?? [];
    const valid = hour !== "" && Number(hour) < 24 && Number(minute) < 60;
    return valid ? `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}` : undefined;
  });
  const [from, to] = times;
  return times.length !== 2 || from === undefined || to === undefined || from === to ? undefined : `${from}-${to}`;
}

function isNeed(word: string): word is Need {
  return NEEDS.some((need) => need === word);
}

function partsOf(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean);
}
