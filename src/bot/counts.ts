import { vietnamDay } from "../campaign/vietnam-day.ts";
import type { ChannelName } from "../channels/port.ts";
import type { Effect } from "../flow/screen.ts";
import type { State } from "../flow/session.ts";
import type { CountKey } from "../stores/citizen-store.ts";

/** One turn, as the counts see it. */
interface Counted {
  readonly channel: ChannelName;
  /** The person blocked the bot or unfollowed. */
  readonly left: boolean;
  readonly before: State;
  readonly after: State;
  readonly effects: readonly Effect[];
  readonly now: number;
}

/** What the flow counts, and one "start" for a flow that was not the innermost before. */
export function countsOf(
  { channel, left, before, after, effects, now }: Counted,
  provinceOfPlace: (place: string) => string | undefined,
): CountKey[] {
  const provinceOf = (code: string | undefined) => (code === undefined ? "" : (provinceOfPlace(code) ?? ""));
  const rest = { day: vietnamDay(now), channel, province: provinceOf(after.session.me.place) };
  const counted = effects.flatMap((effect) => {
    if (effect.kind !== "count") return [];
    const { flow, node, count } = effect;
    return [{ ...rest, flow, node, count, ...(effect.place !== undefined && { province: provinceOf(effect.place) }) }];
  });
  if (left && before.session.met) counted.push({ ...rest, flow: "delivery", node: "", count: "left" });
  const flow = after.session.frames.at(-1)?.flow;
  const started = flow !== undefined && flow !== before.session.frames.at(-1)?.flow;
  return started ? [...counted, { ...rest, flow, node: "", count: "start" }] : counted;
}
