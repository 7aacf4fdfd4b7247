import { vietnamDay } from "../campaign/vietnam-day.ts";
import type { ChannelName } from "../channels/port.ts";
import type { CountKey } from "../stores/citizen-store.ts";

/** What networks took and did not take is counted by day and network, never by person. */
export function deliveryCount(
  channel: ChannelName,
  { state, why }: { readonly state: string; readonly why?: string },
  at: number,
): CountKey {
  const count = why === undefined ? state : `${state}-${why}`;
  return { day: vietnamDay(at), flow: "delivery", node: "", count, channel, province: "" };
}
