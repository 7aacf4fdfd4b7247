import { TOPICS, type Topic } from "../flow/ids.ts";
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
    topicFor(segment, topics) !== undefined &&
    (segment.channels.length === 0 || segment.channels.includes(channel)) &&
    (segment.langs.length === 0 || segment.langs.includes(lang ?? "vi")) &&
    (segment.places.length === 0 || isInside(segment.places, place, provinceOf))
  );
}

/**
 * Of a segment's topics the first, in the order of `TOPICS`, that somebody subscribed to: the one they are told how to
 * stop. Undefined when there is none.
 */
export function topicFor(
  { topics }: { readonly topics: readonly Topic[] },
  subscribed: readonly string[],
): Topic | undefined {
  return TOPICS.find((topic) => topics.includes(topic) && subscribed.includes(topic));
}

function isInside(outer: readonly string[], inner: string | undefined, provinceOf: ProvinceOf): boolean {
  return inner !== undefined && outer.some((one) => isWithin(one, inner, provinceOf));
}

/** Whether `inner` is the same place as `outer` or a commune of it. */
export function isWithin(outer: string, inner: string, provinceOf: ProvinceOf): boolean {
  return inner === outer || (outer.length === 2 && provinceOf(inner) === outer);
}
