import { type Occurrence, occurrences } from "../../broadcast/schedule.ts";
import type { Month } from "../../campaign/campaign.ts";
import { addDays } from "../../campaign/plan.ts";
import { daysBetween } from "../../campaign/vietnam-day.ts";
import type { Localized } from "../../flow/ids.ts";
import type { BroadcastView } from "../broadcasts/broadcasts.ts";
import { partsOf } from "./day-words.ts";
import type { CalendarEntry, LocalEvent, PlanItem } from "./month.ts";

export interface CalendarParts {
  readonly days: Month["days"];
  readonly plan: readonly PlanItem[];
  readonly events: readonly LocalEvent[];
  readonly broadcasts: readonly BroadcastView[];
  /** The moment in Viet Nam, `YYYY-MM-DDTHH:mm`, and in milliseconds since 1970. */
  readonly nowLocal: string;
  readonly now: number;
}

/** Everything of the days from `from` to `to` (`YYYY-MM-DD`), by day and time; what lasts the whole day goes first. */
export function calendarOf(parts: CalendarParts, from: string, to: string): readonly CalendarEntry[] {
  const all = [
    ...daysBetweenBoth(from, to).flatMap((day) => dayEntries(parts.days, day)),
    ...parts.plan.map((item) => planEntry(item, parts.nowLocal)),
    ...parts.events.flatMap((event) => eventEntries(event, parts.nowLocal)),
    ...parts.broadcasts.flatMap((view) => broadcastEntries(view, parts.now)),
  ];
  const place = ({ day, at = "" }: CalendarEntry) => `${day} ${at}`;
  return all
    .filter(({ day }) => from <= day && day <= to)
    .sort((one, other) => (place(one) < place(other) ? -1 : place(one) > place(other) ? 1 : 0));
}

/** All days from the first to the last. */
export function daysBetweenBoth(from: string, to: string): readonly string[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, n) => addDays(from, n));
}

function dayEntries(days: Month["days"], day: string): readonly CalendarEntry[] {
  const found = days.filter((one) => one.day === day.slice("YYYY-".length));
  return found.map(({ vi, en }) => ({ day, kind: "day", title: { vi: nameOf(vi), en: nameOf(en) } }));
}

/** Of “20/11 – Ngày Trẻ em thế giới: dịp để …” the name alone. */
function nameOf(text: string): string {
  return text.replace(/^[^–]*–\s*/, "").replace(/[:.].*$/s, "");
}

/** On the last day that is left for it. */
/** A task stands on its last day, a message or series on the day it begins. */
function planEntry({ id, from, to, kind, text, done }: PlanItem, nowLocal: string): CalendarEntry {
  const state = done ? "done" : to <= nowLocal.slice(0, to.length) ? "due" : undefined;
  const day = kind === "broadcast" ? from : to;
  return { day, kind: "plan", title: text, href: `/plan#${id}`, ...(state !== undefined && { state }) };
}

/** On each of its days; the time on the first. */
function eventEntries(event: LocalEvent, nowLocal: string): readonly CalendarEntry[] {
  const [begins, ends] = [partsOf(event.from), partsOf(event.until)];
  const entry = {
    kind: "event",
    title: event.title,
    state: eventState(event, nowLocal),
    href: `/events/${event.id}`,
  } as const;
  return daysBetweenBoth(begins.day, ends.day).map((day, n) => ({
    ...entry,
    day,
    ...(n === 0 && { at: begins.clock }),
  }));
}

function eventState({ state, until }: LocalEvent, nowLocal: string): NonNullable<CalendarEntry["state"]> {
  if (state === "cancelled") return "stopped";
  if (state !== "released") return state;
  return until < nowLocal ? "done" : "scheduled";
}

function broadcastEntries(view: BroadcastView, now: number): readonly CalendarEntry[] {
  const { id, title, schedule } = view.broadcast;
  const at = schedule.kind === "once" ? partsOf(schedule.at).clock : schedule.at;
  const both: Localized = { vi: title, en: title };
  return occurrences(view.broadcast).map((occurrence) => ({
    ...{ day: occurrence.day, at, kind: "broadcast", title: both, href: `/broadcasts/${id}` },
    state: sendingState(view, occurrence, now),
  }));
}

/** How one day of a broadcast stands. */
function sendingState(
  { broadcast: { state }, runs }: BroadcastView,
  { run, from, until }: Occurrence,
  now: number,
): NonNullable<CalendarEntry["state"]> {
  if (state === "draft" || state === "submitted") return state;
  const closed = runs.find((one) => one.run.run === run)?.run.closed ?? null;
  if (closed !== null) return closed.as === "done" ? "sent" : "stopped";
  if (state !== "released" || until <= now) return "stopped";
  return from <= now ? "sending" : "scheduled";
}
