import type { Session } from "../../../src/flow/session.ts";
import {
  type SeededSubscriber,
  type SubscribedChannel,
  type SubscriberCounts,
  seedSubscribers,
} from "../../support/broadcast/subscribers.ts";
import type { Rig } from "../../support/networks/rig.ts";

/** How people stand to the broadcast. */
export type Kind =
  /** It is for them, by two of their topics. */
  | "usual"
  /** Wrote a moment ago: it waits until they have been silent for a while. */
  | "talking"
  /** Subscribed to something else. */
  | "other-topic"
  /** The network does not take messages for them any more, and the bot does not know. */
  | "left"
  /** Wrote too long ago for the network. */
  | "long-silent";

export interface Person extends SeededSubscriber {
  readonly kind: Kind;
}

/** A little less than the five minutes for which somebody who wrote is in a conversation. */
const TALKED_AGO_MS = 5 * 60_000 - 4_000;
const LONG_AGO_MS = 8 * 86_400_000;

/** Makes people of all kinds. No bot may run on the data folder. */
export async function makePeople(
  rig: Rig,
  dataDir: string,
  counts: SubscriberCounts,
  now: number,
): Promise<readonly Person[]> {
  const seeded = await seedSubscribers(dataDir, rig, counts, {
    now,
    person: (channel, index) => sessionOf(kindOf(channel, index), now),
  });
  const people = seeded.map((subscriber) => ({ ...subscriber, kind: kindOf(subscriber.channel, subscriber.index) }));
  const { webhook } = rig.zaloOa;
  rig.zaloOa.webhook = null;
  for (const person of people) if (person.kind === "left") leave(rig, person);
  rig.zaloOa.webhook = webhook;
  return people;
}

function kindOf(channel: SubscribedChannel, index: number): Kind {
  if (index % 29 === 5) return "talking";
  if (index % 23 === 7) return "other-topic";
  if (index % 31 === 11 && channel !== "web") return "left";
  return index % 37 === 13 && channel === "zalo-oa" ? "long-silent" : "usual";
}

function sessionOf(kind: Kind, now: number): Partial<Session> {
  if (kind === "other-topic") return { topics: ["tips"] };
  const topics: Session["topics"] = ["campaign", "quizzes"];
  if (kind === "talking") return { topics, at: now - TALKED_AGO_MS };
  return kind === "long-silent" ? { topics, at: now - LONG_AGO_MS } : { topics };
}

/** Without a webhook Zalo tells nobody; Telegram tells nobody when an account is deleted. */
function leave({ telegram }: Rig, { channel, name, phone }: Person): void {
  if (channel === "telegram") telegram.phone(name).deactivate();
  else phone?.block();
}
