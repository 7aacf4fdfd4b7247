import { QUIET, vietnamTime } from "../../broadcast/schedule.ts";
import { daysBetween } from "../../campaign/vietnam-day.ts";
import type { Lang } from "../../flow/ids.ts";
import { eventTime, partsOf, shortDay } from "./day-words.ts";
import type { BroadcastDraft } from "./event-broadcasts.ts";
import type { LocalEvent } from "./month.ts";
import type { MonthDeps } from "./month-parts.ts";

/** Letters of a broadcast's title. */
export const TITLE_MOST = 120;

type Words = Pick<MonthDeps, "say" | "publicUrl">;

/** A broadcast for each reminder to come, to those who want news of the campaign in the event's place. */
export function remindersOf(event: LocalEvent, deps: Words & Pick<MonthDeps, "now">): readonly BroadcastDraft[] {
  const title = deps.say({ key: "desk-month.remind.title", params: { title: event.title } }, "vi");
  const toCome = event.reminders.filter((at) => vietnamTime(at) > deps.now());
  return toCome.map((at) => ({
    title: shortened(title, TITLE_MOST),
    content: {
      kind: "message",
      text: { vi: words(event, at, "vi", deps), en: words(event, at, "en", deps) },
      ways: [],
    },
    segment: { topics: ["campaign"], channels: [], langs: [], places: [event.place] },
    schedule: { kind: "once", at, notAfter: lastMoment(event, at) },
  }));
}

/** Where anybody gets the event for their own calendar; undefined without a public address. */
export function calendarLink(id: string, publicUrl: string | undefined): string | undefined {
  return publicUrl === undefined ? undefined : `${publicUrl.replace(/\/$/, "")}/events/${id}.ics`;
}

/** At most `most` letters, the last of them saying that something is missing. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

/** "Tomorrow" is true on one day only; and nobody is reminded of what has begun. */
function lastMoment({ from }: LocalEvent, at: string): string {
  const evening = `${partsOf(at).day}T${QUIET.from}`;
  return from < evening ? from : evening;
}

/** The first line names the day alone: lock screens show it. */
function words(event: LocalEvent, at: string, lang: Lang, { say, publicUrl }: Words): string {
  const { id, title, about, venue, organiser } = event;
  const day = partsOf(event.from).day;
  const ahead = daysBetween(partsOf(at).day, day);
  const first = ahead === 0 ? "today" : ahead === 1 ? "tomorrow" : "later";
  const params = { title, about, venue, organiser, time: eventTime(event), day: shortDay(day, lang) };
  const url = calendarLink(id, publicUrl);
  return [
    say({ key: `desk-month.remind.${first}`, params }, lang),
    say({ key: "desk-month.remind.what", params }, lang),
    say({ key: "desk-month.remind.where", params }, lang),
    ...(url === undefined ? [] : [say({ key: "desk-month.remind.calendar", params: { url } }, lang)]),
  ].join("\n\n");
}
