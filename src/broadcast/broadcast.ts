import { z } from "zod";
import { CHANNELS } from "../channels/port.ts";
import { LANGS, Localized, Slug, TOPICS } from "../flow/ids.ts";

/** A moment in Viet Nam, `YYYY-MM-DDTHH:mm`. */
export const LocalTime = z.iso.datetime({ local: true, precision: -1 }).length("YYYY-MM-DDTHH:mm".length);
/** A time of the day in Viet Nam, `HH:mm`. */
export const Clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
const Day = z.iso.date();

/** Channels a broadcast can go to: people in a terminal are not subscribers. */
export const SENT_CHANNELS = CHANNELS.filter((channel) => channel !== "terminal");

/** What a button or number below the message leads to: a flow by the payload of its links, or one quiz. */
export const Way = z.union([
  z.strictObject({ payload: Slug, label: Localized }),
  z.strictObject({ quiz: Slug, label: Localized }),
]);
export type Way = z.infer<typeof Way>;

export const Media = z.strictObject({
  kind: z.enum(["image", "voice"]),
  /** In the team's media folder. */
  file: z.string().regex(/^[a-z0-9-]+\.(?:jpg|png|mp3|m4a|ogg|aac)$/),
  /** What it shows or says, for whoever cannot see or hear it. */
  alt: Localized,
});
export type Media = z.infer<typeof Media>;

/** What is sent. A tip and a quiz of the day are looked up on the day they are sent. */
export const Content = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("message"),
    text: Localized,
    media: Media.optional(),
    ways: z.array(Way).max(4),
  }),
  z.strictObject({ kind: z.literal("tip"), topic: Slug.optional() }),
  /** `quiz` absent: another one each day. */
  z.strictObject({ kind: z.literal("quiz"), intro: Localized, quiz: Slug.optional() }),
]);
export type Content = z.infer<typeof Content>;

/** Places of one segment. */
export const PLACES_MOST = 20;

/** Whom a broadcast is for; whoever is meant several times gets it once. An empty list means all. */
export const Segment = z.strictObject({
  /** Who subscribed to one of these. */
  topics: once(z.array(z.enum(TOPICS)).min(1, "desk-broadcasts.invalid.topics")),
  channels: z.array(z.enum(CHANNELS)),
  langs: z.array(z.enum(LANGS)),
  /** Who lives in one of these, by province or commune code; empty: wherever people are, also those who did not say where. */
  places: once(z.array(z.string().regex(/^(?:\d{2}|\d{5})$/)).max(PLACES_MOST, "desk-broadcasts.invalid.places-most")),
});
export type Segment = z.infer<typeof Segment>;

/** A list without repetitions. */
function once<S extends z.ZodArray>(list: S): S {
  return list.refine((all) => new Set(all).size === all.length, "desk-broadcasts.invalid.twice");
}

/** When it is sent, in Viet Nam: once, or every day of a series. Nothing leaves from 21:00 to 07:00, nor after the end. */
export const Schedule = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("once"), at: LocalTime, notAfter: LocalTime }),
  z.strictObject({ kind: z.literal("daily"), from: Day, to: Day, at: Clock, notAfter: Clock }),
]);
export type Schedule = z.infer<typeof Schedule>;

/** What a person of the team decides; whether it is being sent is in the ledger. */
export const STATES = ["draft", "submitted", "released", "paused", "aborted"] as const;

export const Broadcast = z.strictObject({
  id: Slug,
  /** For the team. */
  title: z.string().min(1).max(120),
  content: Content,
  segment: Segment,
  schedule: Schedule,
  state: z.enum(STATES),
  /** Id of the member of staff who wrote it last; may not release it. */
  author: z.string(),
  /** All who ever changed what is sent since it was a draft; none of them may release it. */
  writers: z.array(z.string()),
  /** Id of whoever released it. */
  releasedBy: z.string().optional(),
  /** Milliseconds since 1970; days of a series that were over by then are none of it. */
  releasedAt: z.int().optional(),
  /** Why the approver sent it back. */
  remark: z.string().max(1_000).optional(),
  /** The local event that it reminds of. */
  event: Slug.optional(),
  /** Milliseconds since 1970. */
  changedAt: z.int(),
});
export type Broadcast = z.infer<typeof Broadcast>;

/** The team's document `broadcasts`, by id. */
export const BroadcastFile = z.record(z.string(), Broadcast);
