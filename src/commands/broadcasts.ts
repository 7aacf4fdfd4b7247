import type { Bot } from "../bot/bot.ts";
import type { Broadcast } from "../broadcast/broadcast.ts";
import { type Compose, composeBroadcast } from "../broadcast/compose.ts";
import { Runner } from "../broadcast/runner.ts";
import type { Occurrence } from "../broadcast/schedule.ts";
import { isIn, topicFor } from "../broadcast/segment.ts";
import { createSources } from "../broadcast/sources.ts";
import { vietnamDay } from "../campaign/vietnam-day.ts";
import { limitsOf } from "../channels/limits.ts";
import type { OutMessage } from "../channels/message.ts";
import type { Book } from "../desk/broadcasts/book.ts";
import type { TestChat } from "../desk/testers.ts";
import { type Lang, TOPICS } from "../flow/ids.ts";
import type { LedgerRow } from "../stores/ledger-store.ts";
import type { SqliteStore } from "../stores/sqlite/store.ts";
import type { App } from "./app.ts";
import { deliveryCount } from "./delivery-count.ts";
import type { Networks } from "./networks.ts";

export interface BroadcastParts {
  readonly app: App;
  readonly bot: Bot;
  readonly store: SqliteStore;
  readonly networks: Networks;
  /** Whether networks can fetch files from this server. */
  readonly publicFiles: boolean;
  /** What went wrong, for the log. */
  failed(error: unknown): void;
}

/** What the team releases leaves through the networks that are on, and through the outboxes of the web chat. */
export function openRunner(parts: BroadcastParts, book: Pick<Book, "all">): Runner {
  const { store, networks, app, bot } = parts;
  return new Runner({
    ledger: store.ledger,
    broadcasts: async () => book.all().filter(({ state }) => state !== "draft" && state !== "submitted"),
    outlet: (channel) => networks.outlet(channel),
    handOut: (broadcast, occurrence, row) => handOut(parts, broadcast, occurrence, row),
    async settle({ key, channel }, run, to, messageIds) {
      const at = Date.now();
      const trail = limitsOf(channel).canClear ? messageIds : [];
      await store.settle(key, 0, { trail, at, counts: [deliveryCount(channel, to, at)], ledger: { run, to } });
    },
    async unreachable({ channel, address }) {
      if (address !== null) await bot.turn({ channel, chat: address, id: "", input: { kind: "left" } });
    },
    provinceOf: app.worlds.provinceOf,
    now: Date.now,
    failed: parts.failed,
  });
}

async function handOut(
  { bot, store, ...sources }: BroadcastParts,
  broadcast: Broadcast,
  { run, day }: Occurrence,
  { key, channel }: LedgerRow,
): Promise<OutMessage | null> {
  const { segment } = broadcast;
  const handed = await bot.handOut({
    ...{ run, key, channel, topics: segment.topics },
    isMeant: (person) => isIn(segment, person, sources.app.worlds.provinceOf),
    compose: composed(sources, broadcast, day),
  });
  if (handed.kind === "later") await store.ledger.postpone(run, key, handed.at);
  return handed.kind === "claimed" ? handed.message : null;
}

function composed(
  { app, publicFiles }: Pick<BroadcastParts, "app" | "publicFiles">,
  broadcast: Broadcast,
  day: string,
): Compose {
  const sources = createSources(app.bundle, app.program, app.say, publicFiles);
  return composeBroadcast({ content: broadcast.content, day }, sources);
}

/** As it will be, in one language, at once and past the ledger. Resolves with how many chats took it. */
export async function sendTest(
  parts: Pick<BroadcastParts, "app" | "publicFiles" | "networks">,
  broadcast: Broadcast,
  chats: readonly TestChat[],
  lang: Lang,
): Promise<number> {
  const compose = composed(parts, broadcast, vietnamDay(Date.now()));
  const topic = topicFor(broadcast.segment, TOPICS);
  if (topic === undefined) throw new TypeError("every segment has a topic");
  const results = await Promise.all(
    chats.map(async ({ channel, chat }) => {
      const message = compose(lang, limitsOf(channel), topic)?.message ?? null;
      return parts.networks.outlet(channel)?.send(chat, async () => message);
    }),
  );
  return results.filter((result) => result?.kind === "sent").length;
}
