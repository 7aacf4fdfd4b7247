import { z } from "zod";
import { Slug, TOPICS } from "../flow/ids.ts";
import type { Campaign } from "./campaign.ts";
import { daysBetween } from "./vietnam-day.ts";

/** Whom a suggestion is for: the place of the authority tells which. */
export const LEVELS = ["ministry", "province", "commune"] as const;
export type Level = (typeof LEVELS)[number];

/** Days from the first or the last day of the month, such as `open-21` or `close+7`. */
const Moment = z.string().regex(/^(?:open|close)(?:[+-]\d{1,3})?$/, "write a day as open-21, open, close or close+7");
/** A time of the day in Viet Nam, `HH:mm`; between 07:00 and 21:00, when messages may leave. */
const At = z.string().regex(/^(?:0[7-9]|1\d|20):[0-5]\d$/, "write a time from 07:00 to 20:59");

/** A suggested message is read on a phone: one thought. */
const Message = z.strictObject({ vi: z.string().min(1).max(600), en: z.string().min(1).max(600) });
const Label = z.strictObject({ vi: z.string().min(1).max(40), en: z.string().min(1).max(40) });

/** A choice below a message: leads to a flow by the payload of its links, or to one quiz. */
const PlannedWay = z.union([
  z.strictObject({ payload: Slug, label: Label }),
  z.strictObject({ quiz: Slug, label: Label }),
]);

/** A message that is ready to be made a draft; `tip` and `quiz` are a series of every day. */
const Suggested = z.discriminatedUnion("as", [
  z.strictObject({
    as: z.literal("message"),
    at: At.default("08:00"),
    topic: z.enum(TOPICS),
    text: Message,
    /** Names of `ways`. */
    ways: z.array(Slug).max(4).default([]),
  }),
  z.strictObject({ as: z.literal("tip"), at: At.default("08:00") }),
  z.strictObject({ as: z.literal("quiz"), at: At.default("08:00"), intro: Message }),
]);
export type Suggested = z.infer<typeof Suggested>;

const ENTRY = {
  id: Slug,
  for: z
    .array(z.enum(LEVELS))
    .min(1)
    .default([...LEVELS]),
  from: Moment,
  to: Moment,
  /** What to do, for the team. */
  text: z.strictObject({ vi: z.string().min(1).max(220), en: z.string().min(1).max(220) }),
  source: z.string().min(3),
};

export const PlanEntry = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["task", "event"]), ...ENTRY }),
  z.strictObject({ kind: z.literal("broadcast"), ...ENTRY, send: Suggested }),
]);
export type PlanEntry = z.infer<typeof PlanEntry>;

/** `content/plan.yaml`: what a team does before, during and after every Action Month. */
export const Plan = z.strictObject({
  plan: z.literal(1),
  ways: z.record(Slug, PlannedWay),
  entries: z.array(PlanEntry).min(1),
});
export type Plan = z.infer<typeof Plan>;

/** A suggestion with its days in one campaign. */
export interface DatedEntry {
  readonly entry: PlanEntry;
  /** `-6` to `-1` before the month, `1` to `5` in it, `+1` and on after it. */
  readonly week: string;
  /** `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
}

type Days = Pick<Campaign, "from" | "to">;

/** The suggestions for a level, those that begin first come first. */
export function planFor({ entries }: Plan, level: Level, days: Days): readonly DatedEntry[] {
  return entries
    .filter((entry) => entry.for.includes(level))
    .map((entry) => {
      const from = dayOf(entry.from, days);
      return { entry, week: weekOf(from, days), from, to: dayOf(entry.to, days) };
    })
    .sort((one, other) => compare(one.from, other.from) || compare(one.to, other.to));
}

/** Ministries run a bot for the whole country, provinces have codes of two digits, communes of five. */
export function levelOf(place: string | undefined): Level {
  if (place === undefined) return "ministry";
  return place.length === 2 ? "province" : "commune";
}

/** The day that is `days` later, earlier if negative; `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, "YYYY-MM-DD".length);
}

function dayOf(moment: string, { from, to }: Days): string {
  const [, anchor, shift = "0"] = /^(open|close)(.*)$/.exec(moment) ?? [];
  return addDays(anchor === "open" ? from : to, Number(shift));
}

function weekOf(day: string, { from, to }: Days): string {
  if (day > to) return `+${Math.floor((daysBetween(to, day) - 1) / 7) + 1}`;
  const week = Math.floor(daysBetween(from, day) / 7);
  return String(week < 0 ? week : week + 1);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
