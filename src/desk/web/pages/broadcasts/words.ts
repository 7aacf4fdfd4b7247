import {
  type Broadcast,
  type Content,
  type Schedule,
  SENT_CHANNELS,
  type Segment,
} from "../../../../broadcast/broadcast.ts";
import { vietnamTime } from "../../../../broadcast/schedule.ts";
import type { ChannelName } from "../../../../channels/port.ts";
import type { Html } from "../../../../server/html.ts";
import type { BroadcastView, Standing } from "../../../broadcasts/broadcasts.ts";
import { FEW, isFew } from "../../../few.ts";
import { badge } from "../../parts.ts";
import type { Here } from "../../route.ts";
import { placeWords } from "../../words.ts";

/** A text of the namespace `desk-broadcasts`. */
export function text(here: Here, key: string, params?: Readonly<Record<string, string | number>>): string {
  return here.say(`desk-broadcasts.${key}`, params);
}

export function channelName(here: Here, channel: ChannelName): string {
  return text(here, `channel.${channel}`);
}

/** A number of people, never a small one. */
export function people(here: Here, n: number): string {
  return isFew(n) ? text(here, "few", { n: FEW }) : count(here, n);
}

/** Any other number, with thousands set apart as the reader is used to. */
export function count(here: Here, n: number): string {
  return new Intl.NumberFormat(LOCALES[here.lang]).format(n);
}

const LOCALES = { vi: "vi-VN", en: "en-GB" } as const;
const ZONE = "Asia/Ho_Chi_Minh";

/** Day and time in Viet Nam of a moment in milliseconds since 1970. */
export function moment(here: Here, ms: number): string {
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" }).format(ms);
  return text(here, "when.moment", { time, day: dayOf(here, ms) });
}

/** A day of Viet Nam, `YYYY-MM-DD`, in words. */
export function day(here: Here, date: string): string {
  return dayOf(here, vietnamTime(`${date}T12:00`));
}

function dayOf({ lang }: Here, ms: number): string {
  const parts = { timeZone: ZONE, weekday: "long", day: "numeric", month: MONTHS[lang], year: "numeric" } as const;
  const written = new Intl.DateTimeFormat(LOCALES[lang], parts).format(ms);
  // As in a sentence: “thứ Hai”.
  return lang === "vi" ? written.replace("Thứ", "thứ") : written;
}

const MONTHS = { vi: "numeric", en: "long" } as const;

export function scheduleWords(here: Here, schedule: Schedule): string {
  if (schedule.kind === "once") return moment(here, vietnamTime(schedule.at));
  const { from, to, at } = schedule;
  return text(here, "when.daily", { at, from: day(here, from), to: day(here, to) });
}

export function endWords(here: Here, schedule: Schedule): string {
  if (schedule.kind === "once") return moment(here, vietnamTime(schedule.notAfter));
  return text(here, "when.each-day", { time: schedule.notAfter });
}

/** What it is, in a few words. */
export function contentWords(here: Here, content: Content): string {
  if (content.kind !== "message") return text(here, `kind.${content.kind}`);
  return text(here, content.media === undefined ? "kind.message" : `kind.${content.media.kind}`);
}

/** Topics, channels, languages, places: for whom it is. Of more than `most` places the others are counted. */
export function segmentWords(here: Here, { topics, channels, langs, places }: Segment, most: number): string {
  const sent = SENT_CHANNELS.filter((channel) => channels.length === 0 || channels.includes(channel));
  return [
    topics.map((topic) => text(here, `topic.${topic}`)).join(", "),
    channels.length === 0 ? text(here, "all-channels") : sent.map((channel) => channelName(here, channel)).join(", "),
    langs.length === 1 ? text(here, `lang.${langs.join("")}`) : "",
    placesWords(here, places, most),
  ]
    .filter(Boolean)
    .join(" · ");
}

function placesWords(here: Here, places: readonly string[], most: number): string {
  if (places.length === 0) return text(here, "everywhere");
  const named = places.slice(0, most).map((place) => placeWords(here, place));
  const others = places.length - named.length;
  return others === 0 ? named.join(", ") : text(here, "places-more", { places: named.join(", "), n: others });
}

/** How long something takes, rounded up to what a person plans with. */
export function duration(here: Here, seconds: number): string {
  if (seconds === 0) return text(here, "takes.none");
  if (seconds < 60) return text(here, "takes.minute");
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return text(here, "takes.minutes", { n: minutes });
  return text(here, "takes.hours", { n: count(here, Math.ceil(minutes / 6) / 10) });
}

const TONES = {
  draft: "plain",
  submitted: "wait",
  scheduled: "good",
  sending: "good",
  quiet: "wait",
  paused: "wait",
  done: "good",
  expired: "bad",
  aborted: "bad",
} as const satisfies Record<Standing, "plain" | "good" | "wait" | "bad">;

export function standingBadge(here: Here, standing: Standing): Html {
  return badge(text(here, `standing.${standing}`), TONES[standing]);
}

/** The address of one broadcast below `/desk`. */
export function pathOf({ id }: Pick<Broadcast, "id">, step?: string): string {
  return `/broadcasts/${id}${step === undefined ? "" : `/${step}`}`;
}

/** When the next, else the last part of it is sent. */
export function whenWords(here: Here, { broadcast, nextAt }: BroadcastView): string {
  if (nextAt !== null && broadcast.schedule.kind === "daily") {
    return text(here, "when.next", { when: moment(here, nextAt) });
  }
  return scheduleWords(here, broadcast.schedule);
}
