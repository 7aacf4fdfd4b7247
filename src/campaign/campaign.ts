import { z } from "zod";
import { Localized, Slug } from "../flow/ids.ts";

/** A text in both languages with what a reader can look up. */
export const Sourced = z.strictObject({ vi: z.string().min(1), en: z.string().min(1), source: z.string().min(3) });
export type Sourced = z.infer<typeof Sourced>;
const Day = z.iso.date();

/** What depends on the year's guidance letter; absent until somebody fills it in from the letter itself. */
export const Theme = z.strictObject({
  /** Quoted exactly. */
  vi: z.string().min(1),
  en: z.string().min(1),
  /** `ours` when the English is our own translation. */
  en_by: z.enum(["official", "ours"]),
  document: z.string().min(3),
  source: z.string().min(3),
});
export type Theme = z.infer<typeof Theme>;

/** A file `content/campaigns/<year>-<place>.yaml`: one year's Action Month of one authority. */
export const Campaign = z.strictObject({
  campaign: Slug,
  year: z.int().min(2016).max(2100),
  /** Province code (two digits) whose authority runs it; absent for the whole country. */
  province: z
    .string()
    .regex(/^\d{2}$/)
    .optional(),
  title: Localized,
  authority: Localized,
  from: Day,
  to: Day,
  /** Absent: an open slot. Nothing that depends on the theme is shown. */
  theme: Theme.optional(),
  slogans: z.array(Sourced).default([]),
  activities: z.array(Sourced).default([]),
});
export type Campaign = z.infer<typeof Campaign>;

/** `content/campaigns/month.yaml`: what holds every year. */
export const Month = z.strictObject({
  month: z.literal(1),
  about: z.array(Sourced).min(1),
  /** What happens every year; shown for a campaign that lists no activities of its own. */
  activities: z.array(Sourced).default([]),
  days: z
    .array(
      z.strictObject({ day: z.string().regex(/^\d{2}-\d{2}$/), vi: z.string(), en: z.string(), source: z.string() }),
    )
    .min(1),
});
export type Month = z.infer<typeof Month>;
