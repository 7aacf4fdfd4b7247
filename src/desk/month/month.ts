import { z } from "zod";
import { LocalTime } from "../../broadcast/broadcast.ts";
import { Sourced, Theme } from "../../campaign/campaign.ts";
import type { CampaignSlots } from "../../campaign/slots.ts";
import { Localized, Slug } from "../../flow/ids.ts";
import type { Actor } from "../access.ts";

/** What the team fills into an open campaign, before a second person releases it to citizens. */
export const SlotDraft = z.strictObject({
  campaign: z.string(),
  theme: Theme,
  slogans: z.array(Sourced).max(40),
  state: z.enum(["draft", "submitted", "released"]),
  author: z.string(),
  /** All who changed it since it was released last; none of them may release it. */
  writers: z.array(z.string()),
  releasedBy: z.string().optional(),
  remark: z.string().max(1_000).optional(),
  changedAt: z.int(),
});
export type SlotDraft = z.infer<typeof SlotDraft>;

/** Something that people can go to. Shown to citizens once released. */
export const LocalEvent = z.strictObject({
  id: Slug,
  title: Localized,
  about: Localized,
  /** Code of the commune or province where it is, and whose subscribers are reminded. */
  place: z.string().regex(/^(?:\d{2}|\d{5})$/),
  /** Where exactly, in the words of the place. */
  venue: Localized,
  organiser: Localized,
  from: LocalTime,
  until: LocalTime,
  /** When subscribers are reminded, in Viet Nam; each becomes a broadcast when the event is released. */
  reminders: z.array(LocalTime).max(3),
  state: z.enum(["draft", "submitted", "released", "cancelled"]),
  author: z.string(),
  writers: z.array(z.string()),
  releasedBy: z.string().optional(),
  remark: z.string().max(1_000).optional(),
  /** How often it was released or called off: calendar programs take the higher one. */
  revision: z.int().nonnegative(),
  changedAt: z.int(),
});
export type LocalEvent = z.infer<typeof LocalEvent>;

/** The team's document `month`. */
export const MonthFile = z.strictObject({
  slots: z.record(z.string(), SlotDraft),
  events: z.record(z.string(), LocalEvent),
  /** Events as they were released last, which citizens see while a change waits; cancelled ones stay. */
  published: z.record(z.string(), LocalEvent),
  /** Ids of plan items that are done, by campaign. */
  ticked: z.record(z.string(), z.array(z.string())),
});
export type MonthFile = z.infer<typeof MonthFile>;

/** One suggestion of the plan, with its days in this campaign's year. */
export interface PlanItem {
  readonly id: string;
  /** `-6` to `-1` before the month, `1` to `5` in it, `+1` and on after it. */
  readonly week: string;
  readonly from: string;
  readonly to: string;
  readonly text: Localized;
  readonly source: string;
  /** `broadcast`: a draft can be made of it. */
  readonly kind: "task" | "event" | "broadcast";
  readonly done: boolean;
}

/** One entry of the calendar. */
export interface CalendarEntry {
  /** `YYYY-MM-DD` in Viet Nam. */
  readonly day: string;
  /** `HH:mm`; absent: the whole day. */
  readonly at?: string;
  readonly kind: "day" | "plan" | "event" | "broadcast";
  readonly title: Localized;
  /** A text `desk-month.state.<state>`; absent for days of the year. */
  readonly state?: "due" | "draft" | "submitted" | "scheduled" | "sending" | "sent" | "stopped" | "done";
  /** Below `/desk`. */
  readonly href?: string;
}

/** What a second look at a draft should be about; a text `desk-month.warning.<name>`. */
export interface SlotWarning {
  /** `same-theme`: an earlier year had these words. `other-year`: the document does not name the campaign's year. */
  readonly name: "same-theme" | "other-year";
  /** The earlier campaign. */
  readonly campaign?: Localized;
}

export interface Slot {
  readonly campaign: string;
  readonly year: number;
  readonly title: Localized;
  /** Whose campaign it is: a province code; undefined: the country's. */
  readonly place: string | undefined;
  readonly draft: SlotDraft | null;
  /** Whether citizens see it now as it is in the draft. */
  readonly released: boolean;
  /** What citizens see now; null: nobody has released anything. */
  readonly shown: CampaignSlots[string] | null;
  readonly warnings: readonly SlotWarning[];
  /** Whether it is this person's business: see `demandEverybody`. */
  readonly mine: boolean;
}

/** The campaign that runs, comes next, or was the last. */
export interface CurrentCampaign {
  readonly campaign: string;
  readonly year: number;
  readonly title: Localized;
  /** `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
  /** Whether this person may tick the plan. */
  readonly mine: boolean;
}

export interface MonthQueries {
  /** Null where the content has no campaign. */
  current(by: Actor): CurrentCampaign | null;
  /** Open campaigns that the team fills in. */
  slots(by: Actor): Promise<readonly Slot[]>;
  /** For the level of the authority. Rejects with `DeskProblem` not-found. */
  plan(campaign: string, by: Actor): Promise<readonly PlanItem[]>;
  /** Everything of the days from `from` to `to` (`YYYY-MM-DD`) that concerns this person, in order. */
  calendar(from: string, to: string, by: Actor): Promise<readonly CalendarEntry[]>;
  /** Those that concern this person's place, the next ones first, those that were last. */
  events(by: Actor): Promise<readonly LocalEvent[]>;
  /** Rejects with `DeskProblem` not-found, outside-place. */
  event(id: string, by: Actor): Promise<LocalEvent>;
  /** An event as it was released last, cancelled or not, for everybody; null for any other. */
  publicEvent(id: string): Promise<LocalEvent | null>;
}
