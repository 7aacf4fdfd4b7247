import type { Subscriber } from "../stores/ledger-store.ts";
import type { Segment } from "./broadcast.ts";

/** Of a place code, itself if it is a province. */
export type ProvinceOf = (place: string) => string | undefined;

/** Whether somebody is meant. People who never chose a language read `defaultLang`. */
export function isIn(
  segment: Segment,
  { topics, channel, lang, place }: Pick<Subscriber, "topics" | "channel" | "lang" | "place">,
  provinceOf: ProvinceOf,
): boolean {
  return (
    topics.includes(segment.topic) &&
    (segment.channels.length === 0 || segment.channels.includes(channel)) &&
    (segment.langs.length === 0 || segment.langs.includes(lang ?? "vi")) &&
    (segment.place === undefined || (place !== undefined && isWithin(segment.place, place, provinceOf)))
  );
}

/** Whether `inner` is the same place as `outer` or a commune of it. */
export function isWithin(outer: string, inner: string, provinceOf: ProvinceOf): boolean {
  return inner === outer || (outer.length === 2 && provinceOf(inner) === outer);
}
