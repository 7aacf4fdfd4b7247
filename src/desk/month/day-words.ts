import type { Lang, Localized } from "../../flow/ids.ts";
import type { LocalEvent } from "./month.ts";

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: "UTC" });
const WEEKDAY = {
  vi: new Intl.DateTimeFormat("vi-VN", { weekday: "long", timeZone: "UTC" }),
  en: new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" }),
} as const;

/** `25/11` or `25 November`, of `YYYY-MM-DD`. */
export function shortDay(day: string, lang: Lang): string {
  const [, month = "", date = ""] = day.split("-");
  return lang === "vi" ? `${date}/${month}` : `${Number(date)} ${MONTH.format(dateOf(day))}`;
}

/** `25/11/2026` or `25 November 2026`. */
export function fullDay(day: string, lang: Lang): string {
  return `${shortDay(day, lang)}${lang === "vi" ? "/" : " "}${day.slice(0, 4)}`;
}

/** `Thứ Tư` or `Wednesday`. */
export function weekday(day: string, lang: Lang): string {
  return WEEKDAY[lang].format(dateOf(day));
}

/** From when until when, in Viet Nam. */
export function eventTime({ from, until }: Pick<LocalEvent, "from" | "until">): Localized {
  const [begins, ends] = [partsOf(from), partsOf(until)];
  const words = (lang: Lang) =>
    begins.day === ends.day
      ? `${begins.clock}–${ends.clock}, ${weekday(begins.day, lang)}, ${fullDay(begins.day, lang)}`
      : `${begins.clock} ${shortDay(begins.day, lang)} – ${ends.clock} ${fullDay(ends.day, lang)}`;
  return { vi: words("vi"), en: words("en") };
}

/** Day and time of `YYYY-MM-DDTHH:mm`. */
export function partsOf(local: string): { readonly day: string; readonly clock: string } {
  const [day = "", clock = ""] = local.split("T");
  return { day, clock };
}

function dateOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
