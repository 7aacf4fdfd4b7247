import { join } from "node:path";
import { emptyCommit } from "../../../src/bot/empty-commit.ts";
import { expiresAt } from "../../../src/bot/retention.ts";
import type { ChannelName } from "../../../src/channels/port.ts";
import { DATABASE_FILE } from "../../../src/commands/app.ts";
import { freshState, type Session } from "../../../src/flow/session.ts";
import type { CitizenKey } from "../../../src/stores/citizen-store.ts";
import { openKeyring } from "../../../src/stores/keyring.ts";
import { openSqliteStore } from "../../../src/stores/sqlite/store.ts";
import type { Phone } from "../networks/network.ts";
import { NETWORKS, type Rig } from "../networks/rig.ts";
import { meet } from "./first-contact.ts";

/** Channels of people in broadcasts. */
export type SubscribedChannel = Exclude<ChannelName, "terminal">;
const CHANNELS: readonly SubscribedChannel[] = [...NETWORKS, "web"];

/** How many people to make; a channel that is not named has none. */
export type SubscriberCounts = Readonly<Partial<Record<SubscribedChannel, number>>>;

/** Somebody the bot knows. */
export interface SeededSubscriber {
  readonly channel: SubscribedChannel;
  /** Counted from 0 on each channel. */
  readonly index: number;
  /** Of the phone: `<channel> <index>`. */
  readonly name: string;
  readonly key: CitizenKey;
  /** Null on the web: what is sent waits in the outbox. */
  readonly phone: Phone | null;
}

export interface SeedingOptions {
  /** Milliseconds since 1970 on the clock of the bot; the machine's, if it is not given. */
  readonly now?: number;
  /** What is different about a person, counted from 0 on each channel. */
  readonly person?: (channel: SubscribedChannel, index: number) => Partial<Pick<Session, "me" | "topics" | "at">>;
}

/** When people wrote last, unless told: nobody is in a conversation, and no network's time for answers is over. */
const HOURS_AGO = 3;
const AT_ONCE = 500;

/**
 * Makes people who subscribed to tips and campaign, read Vietnamese and did not say where they live. Their networks have
 * heard of them, the bot has them on disk. No bot may run on the data folder meanwhile.
 */
export async function seedSubscribers(
  dataDir: string,
  networks: Pick<Rig, "telegram" | "zaloBot" | "zaloOa" | "phone">,
  counts: SubscriberCounts,
  { now = Date.now(), person = () => ({}) }: SeedingOptions = {},
): Promise<readonly SeededSubscriber[]> {
  const keyring = await openKeyring(dataDir);
  const people = CHANNELS.flatMap((channel) =>
    Array.from({ length: counts[channel] ?? 0 }, (_, index) => {
      const name = `${channel} ${index}`;
      const phone = channel === "web" ? null : networks.phone(channel, name);
      const key = keyring.citizenKey(channel, phone?.chat ?? name);
      return {
        subscriber: { channel, index, name, key, phone },
        session: { ...subscribed(now), ...person(channel, index) },
      };
    }),
  );
  const phones = people.flatMap(({ subscriber: { phone } }) => (phone === null ? [] : [phone]));
  await meet(networks, phones);
  const store = await openSqliteStore({ file: join(dataDir, DATABASE_FILE), keyring });
  for (let from = 0; from < people.length; from += AT_ONCE) {
    const some = people.slice(from, from + AT_ONCE);
    await Promise.all(some.map(({ subscriber, session }) => store.commit(turnOf(subscriber, session))));
  }
  await store.close();
  return people.map(({ subscriber }) => subscriber);
}

function subscribed(now: number): Session {
  const { session } = freshState(now - HOURS_AGO * 3_600_000, "vi");
  return { ...session, met: true, topics: ["tips", "campaign"] };
}

function turnOf({ channel, key, phone }: SeededSubscriber, session: Session) {
  const { at } = session;
  const turn = emptyCommit(key, channel, at);
  return { ...turn, session, address: phone?.chat ?? null, expiresAt: expiresAt(session, channel) };
}
