import type { ChannelName } from "../channels/port.ts";
import type { LedgerStore, Subscriber } from "../stores/ledger-store.ts";
import { SENT_CHANNELS, type Segment } from "./broadcast.ts";
import { isIn, type ProvinceOf } from "./segment.ts";

/** Who can be reached on one channel at this moment. */
export interface ChannelReach {
  readonly channel: ChannelName;
  /** Whether the channel is switched on. */
  readonly on: boolean;
  /** People in the segment. */
  readonly subscribed: number;
  /** Of these, those who wrote too long ago for the network's window. */
  readonly outsideWindow: number;
  /** Messages that the network still allows, as far as is known; null: no limit known. */
  readonly allowance: number | null;
  /** Of those subscribed, how many a broadcast would reach now. */
  readonly reachable: number;
  /** People who blocked the bot or unfollowed in the last 30 days; they are not among those subscribed. */
  readonly blocked: number;
  /** How long it takes at the permitted rate; 0 where people fetch their messages. */
  readonly seconds: number;
}

export interface Reach {
  readonly channels: readonly ChannelReach[];
  readonly subscribed: number;
  readonly reachable: number;
  /** The longest of the channels: they go side by side. */
  readonly seconds: number;
}

/** What a channel is like now. */
export interface ChannelStanding {
  readonly on: boolean;
  /** How long after a person's last input messages are taken; null: always. */
  readonly windowMs: number | null;
  readonly allowance: number | null;
  /** Messages a second; null where people fetch them. */
  readonly perSecond: number | null;
}

export interface ReachDeps {
  readonly ledger: Pick<LedgerStore, "subscribers">;
  standing(channel: ChannelName): ChannelStanding;
  /** People who left in the last 30 days. */
  blocked(channel: ChannelName): Promise<number>;
  readonly provinceOf: ProvinceOf;
  now(): number;
}

/** People looked at in one go: the bot answers others in between. */
const STEP = 1_000;

/** Counts everybody whom a broadcast to this segment would reach now. */
export async function reachOf(segment: Segment, deps: ReachDeps): Promise<Reach> {
  const meant = await meantBy(segment, deps);
  const wanted = SENT_CHANNELS.filter((name) => segment.channels.length === 0 || segment.channels.includes(name));
  const channels = await Promise.all(
    wanted.map(async (channel) => {
      const people = meant.get(channel) ?? { subscribed: 0, outsideWindow: 0 };
      return channelReach(channel, people, deps.standing(channel), await deps.blocked(channel));
    }),
  );
  return {
    channels,
    subscribed: channels.reduce((sum, { subscribed }) => sum + subscribed, 0),
    reachable: channels.reduce((sum, { reachable }) => sum + reachable, 0),
    seconds: Math.max(0, ...channels.map(({ seconds }) => seconds)),
  };
}

interface Meant {
  readonly subscribed: number;
  readonly outsideWindow: number;
}

async function meantBy(segment: Segment, deps: ReachDeps): Promise<ReadonlyMap<ChannelName, Meant>> {
  const meant = new Map<ChannelName, Meant>();
  const now = deps.now();
  const count = (person: Subscriber) => {
    const { subscribed, outsideWindow } = meant.get(person.channel) ?? { subscribed: 0, outsideWindow: 0 };
    const { windowMs } = deps.standing(person.channel);
    const late = windowMs !== null && now - person.at > windowMs;
    meant.set(person.channel, { subscribed: subscribed + 1, outsideWindow: outsideWindow + (late ? 1 : 0) });
  };
  for (let cursor: number | null = 0; cursor !== null; ) {
    const { people, next }: Awaited<ReturnType<LedgerStore["subscribers"]>> = await deps.ledger.subscribers(
      cursor,
      STEP,
    );
    for (const person of people) if (isIn(segment, person, deps.provinceOf)) count(person);
    cursor = next;
  }
  return meant;
}

function channelReach(
  channel: ChannelName,
  { subscribed, outsideWindow }: Meant,
  { on, allowance, perSecond }: ChannelStanding,
  blocked: number,
): ChannelReach {
  const reachable = on ? Math.min(subscribed - outsideWindow, allowance ?? Number.POSITIVE_INFINITY) : 0;
  const seconds = perSecond === null ? 0 : Math.ceil(reachable / perSecond);
  return { channel, on, subscribed, outsideWindow, allowance, reachable, blocked, seconds };
}
