import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import { vietnamTime } from "../../broadcast/schedule.ts";
import { addDays } from "../../campaign/plan.ts";
import type { Lang } from "../../flow/ids.ts";
import type { CalendarEntry, LocalEvent } from "./month.ts";

/** The type of what these functions make. */
export const ICS_TYPE = "text/calendar; charset=utf-8";

const PRODUCT = { company: "An Tam", product: "calendar", language: "VI" };

/** One event for anybody's calendar program, in both languages. `host`: of this installation, to tell its events apart. */
export function eventIcs(event: LocalEvent, host: string): string {
  const { id, title, about, venue, organiser, from, until, state, revision, changedAt } = event;
  const calendar = ical({ prodId: PRODUCT, method: ICalCalendarMethod.PUBLISH });
  calendar.createEvent({
    id: `${id}@${host}`,
    stamp: new Date(changedAt),
    sequence: revision,
    start: new Date(vietnamTime(from)),
    end: new Date(vietnamTime(until)),
    summary: title.vi,
    description: [about.vi, organiser.vi, title.en, about.en, organiser.en].join("\n"),
    location: venue.vi === venue.en ? venue.vi : `${venue.vi} (${venue.en})`,
    status: state === "cancelled" ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString();
}

/** The team's calendar, for the program in which the team keeps its own. `words`: what stands before a title. */
export function calendarIcs(
  entries: readonly CalendarEntry[],
  { host, lang, stamp, words }: { host: string; lang: Lang; stamp: number; words(entry: CalendarEntry): string },
): string {
  const calendar = ical({ prodId: PRODUCT, method: ICalCalendarMethod.PUBLISH });
  for (const entry of entries) {
    const { day, at, kind, title, href = "" } = entry;
    calendar.createEvent({
      id: `${day}-${kind}${href.replace(/[^a-z0-9]+/g, "-")}${href === "" ? `-${day}` : ""}@${host}`,
      stamp: new Date(stamp),
      summary: `${words(entry)}${title[lang]}`,
      ...(at === undefined
        ? {
            allDay: true,
            start: new Date(`${day}T00:00:00Z`),
            end: new Date(`${addDays(day, 1)}T00:00:00Z`),
            timezone: "UTC",
          }
        : { start: new Date(vietnamTime(`${day}T${at}`)), end: new Date(vietnamTime(`${day}T${at}`) + HALF_HOUR_MS) }),
    });
  }
  return calendar.toString();
}

/** How long the entry of a message is in a calendar program. */
const HALF_HOUR_MS = 1_800_000;
