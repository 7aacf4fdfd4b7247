import { z } from "zod";
import { Localized, Need, Slug } from "../flow/ids.ts";

const Day = z.iso.date();

/** A province (two digits) or a commune (five). */
export const PlaceCode = z.string().regex(/^(?:\d{2}|\d{5})$/);

/** What a service is. A kind may serve some needs only. */
export const SERVICE_KINDS = [
  "hotline",
  "police",
  "emergency-medical",
  "shelter",
  "one-stop-centre",
  "legal-aid",
  "women's-union",
  "child-protection",
  "mental-health",
  "cyber-reporting",
  "trafficking",
  "social-work-centre",
  "lgbt",
  "disability",
  "platform-takedown",
] as const;

export const COSTS = ["free", "standard", "charged", "unknown"] as const;

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Round the clock; `HH:MM-HH:MM` spans on some weekdays; or unknown when nobody could say. */
export const Hours = z.union([
  z.literal("24/7"),
  z.strictObject({
    days: z.array(z.enum(WEEKDAYS)).min(1),
    spans: z.array(z.string().regex(/^\d{2}:\d{2}-\d{2}:\d{2}$/)).min(1),
  }),
  z.literal("unknown"),
]);
export type Hours = z.infer<typeof Hours>;

export const Phone = z.strictObject({
  /** As people read it. */
  number: z.string().min(3),
  /** For a `tel:` link: digits, optionally a leading +. */
  tel: z.string().regex(/^\+?\d{3,15}$/),
  cost: z.enum(COSTS),
  hours: Hours,
});

/** An entry of the directory. Facts carry over from the sourced list with its ids. */
export const Service = z.strictObject({
  id: Slug,
  names: Localized,
  kind: z.enum(SERVICE_KINDS),
  needs: z.array(z.string()).min(1),
  /** `national`, or codes of provinces (two digits) and communes (five). */
  coverage: z.union([z.literal("national"), z.array(PlaceCode).min(1)]),
  phones: z.array(Phone).default([]),
  url: z.url().nullable().default(null),
  address: z.string().nullable().default(null),
  note: Localized.nullable().default(null),
  recorded: z.boolean().default(false),
  languages: z.array(z.string()).default(["vi"]),
  sources: z
    .array(z.strictObject({ url: z.string().nullable(), title: z.string(), published: z.string().nullable() }))
    .min(1),
  confidence: z.enum(["high", "medium", "low"]),
  conflict: z.boolean().default(false),
  show: z.enum(["default", "after-check", "reference-only"]),
  /** The day somebody last confirmed it: read in a source, or called. */
  verified: Day.nullable(),
  /** From this day on the entry has lapsed: never the only or the first thing shown. */
  lapses: Day,
});
export type Service = z.infer<typeof Service>;
export type Phone = z.infer<typeof Phone>;

/** An entry as the running directory has it, with what the team found out. */
export interface Listed extends Service {
  /** Shown because the team called it; hidden again when that check lapses. */
  readonly byCall?: true;
}

/** A file of `content/services/`. */
export const ServiceFile = z.strictObject({ services: z.array(Service) });

/** `content/services/needs.yaml`: finer needs of the directory onto the eleven needs of the product. */
export const NeedMap = z.strictObject({ needs: z.record(Need, z.array(z.string()).min(1)) });

/** `content/services/do-not-use.yaml`: numbers that must appear in no text, compared digits only. */
export const DoNotUse = z.strictObject({
  numbers: z.array(z.strictObject({ digits: z.string().regex(/^\d{3,}$/), why: z.string() })),
});
