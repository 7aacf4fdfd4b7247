import { z } from "zod";

/** The eleven needs of the design's vocabulary. Finer needs of the directory map onto these as data. */
export const NEEDS = [
  "domestic-violence",
  "sexual-violence",
  "child-abuse",
  "online-abuse",
  "image-abuse",
  "trafficking",
  "self-harm",
  "workplace-harassment",
  "legal",
  "shelter",
  "talk-to-person",
] as const;
export const Need = z.enum(NEEDS);
export type Need = z.infer<typeof Need>;

export const LANGS = ["vi", "en"] as const;
export const Lang = z.enum(LANGS);
export type Lang = z.infer<typeof Lang>;

/** A text written in both languages, as content files carry it. */
export const Localized = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });
export type Localized = z.infer<typeof Localized>;

/** Ids of flows, nodes, choices, content entries: lower case, digits, hyphens. */
export const Slug = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "use lower-case letters, digits and single hyphens");

/** `namespace.path.to.text`; the namespace is a file of `locales/<lang>/`. */
export const TextKey = z.string().regex(/^[a-z0-9-]+(?:\.[a-z0-9_-]+)+$/, "write a text key as <file>.<name>");

/**
 * A variable. `name` lives in the frame of the flow that set it; `me.name` is kept with the citizen and
 * must be one of `ME_VARS`; `here.name` is one of `HERE_VARS` and can only be read.
 */
export const VarName = z
  .string()
  .regex(/^(?:me\.|here\.)?[a-z][a-z0-9_]*$/, "write a variable as name, me.name or here.name");
/** Everything the product may keep about a citizen. Nothing else can be stored, whatever a flow says. */
export const ME_VARS = ["lang", "place", "keep", "pledged", "tip_number", "safe_word", "left"] as const;

/** What a flow may read about where the person writes: `here.channel` is the name of the network. */
export const HERE_VARS = ["channel"] as const;

/** What a person can subscribe to. */
export const TOPICS = ["tips", "campaign", "quizzes"] as const;
export type Topic = (typeof TOPICS)[number];

/** What a condition may ask about a person beside that: whether they subscribed to a topic, `me.topic_<topic>`. */
export const ME_TOPICS = TOPICS.map((topic) => `topic_${topic}` as const);

/** Where to go: a node of this flow, `@flow` (leave for another flow), or `$end` (end; return to the caller). */
export const Target = z
  .string()
  .regex(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*|@[a-z0-9]+(?:-[a-z0-9]+)*|\$end)$/, "a target is a node id, @flow, or $end");

/** A literal, or `$name` / `$me.name` for the value of a variable. */
export const Value = z.union([z.string(), z.number(), z.boolean()]);
export type Value = z.infer<typeof Value>;
export type Vars = Readonly<Record<string, Value>>;

/** `15m`, `24h`, `30d`, `8s`. */
export const Duration = z.string().regex(/^[1-9]\d*[smhd]$/, "write a time as 8s, 15m, 24h or 30d");
const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** Milliseconds of a `Duration`. */
export function durationMs(duration: string): number {
  const unit = duration.at(-1) as keyof typeof UNIT_MS;
  return Number(duration.slice(0, -1)) * UNIT_MS[unit];
}

/** Content lists that a question can offer as choices. */
export const LISTS = [
  "needs",
  "languages",
  "quizzes",
  "campaigns",
  "tip-topics",
  "report-guides",
  "safety-guides",
  "forms",
] as const;
export type ListName = (typeof LISTS)[number];

/** Sections of a guide, in the order they are read. A response card has five; a report guide has them all. */
export const GUIDE_SECTIONS = [
  "now",
  "who",
  "say",
  "say-for",
  "keep",
  "bring",
  "clock",
  "silent",
  "aid",
  "next",
  "limits",
] as const;
export type GuideSection = (typeof GUIDE_SECTIONS)[number];

/** Parts of a campaign that a flow can show. `theme` and `slogans` depend on the year's theme. */
export const CAMPAIGN_PARTS = ["theme", "slogans", "activities", "month", "days"] as const;
export type CampaignPart = (typeof CAMPAIGN_PARTS)[number];
