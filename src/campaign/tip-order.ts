import type { Tip, TipTopic } from "./tip.ts";
import { daysBetween } from "./vietnam-day.ts";

/** The first day of the bot's first Action Month gets the first tip. */
export const FIRST_DAY = "2026-11-15";

/**
 * Every tip once: the first of each topic in the topics' order, then the second of each, and so on, so that two days
 * in a row seldom have the same topic. With `topic`, only that topic's tips; none when there is no such topic.
 */
export function tipsInOrder(topics: readonly TipTopic[], topic?: string): readonly Tip[] {
  const chosen = topics.filter((one) => topic === undefined || one.topic === topic).sort(byOrder);
  const rounds = Math.max(0, ...chosen.map(({ tips }) => tips.length));
  return Array.from({ length: rounds }, (_, round) =>
    chosen.flatMap(({ tips }) => tips.slice(round, round + 1)),
  ).flat();
}

/** The tip with this number, from 0; after the last the first again. Undefined when there are no tips. */
export function numberedTip(topics: readonly TipTopic[], number: number, topic?: string): Tip | undefined {
  const tips = tipsInOrder(topics, topic);
  return tips[((number % tips.length) + tips.length) % tips.length];
}

/**
 * The tip of a day (`YYYY-MM-DD` in Viet Nam): the same for everybody, none twice before all have had their day.
 * Undefined when there are no tips.
 */
export function dayOfTip(topics: readonly TipTopic[], day: string, topic?: string): Tip | undefined {
  return numberedTip(topics, daysBetween(FIRST_DAY, day), topic);
}

function byOrder(one: TipTopic, other: TipTopic): number {
  return one.order - other.order || (one.topic < other.topic ? -1 : 1);
}
