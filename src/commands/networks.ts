import type { Bot, DueCitizen } from "../bot/bot.ts";
import type { ChannelStanding } from "../broadcast/reach.ts";
import type { Outlet } from "../broadcast/runner.ts";
import type { Undelivered } from "../channels/channel-error.ts";
import { limitsOf } from "../channels/limits.ts";
import type {
  ChannelName,
  HandleInbound,
  Inbound,
  PushChannel,
  PushDeps,
  Report,
  SentMessages,
} from "../channels/port.ts";
import type { Config } from "../config.ts";
import { Bulk } from "../delivery/bulk.ts";
import { Delivery } from "../delivery/delivery.ts";
import { AppError } from "../errors.ts";
import type { Meter } from "../server/meter.ts";
import type { WebhookMount } from "../server/webhooks.ts";
import type { CitizenStore, Settled } from "../stores/citizen-store.ts";
import type { Keyring } from "../stores/keyring.ts";
import type { App } from "./app.ts";
import { deliveryCount } from "./delivery-count.ts";

export interface NetworkParts {
  readonly config: Config;
  readonly app: App;
  readonly bot: Bot;
  readonly store: CitizenStore;
  readonly keyring: Keyring;
  readonly report: Report;
  readonly meter: Meter;
  readonly mediaFolder: string;
  /** Whether an input is a code by which a member of staff names this chat for test messages. */
  isTesterCode(inbound: Inbound): Promise<boolean>;
}

/** Makes the adapter of one network. */
export type CreateChannel = (deps: PushDeps) => PushChannel;

/** How long messages on their way may take when the bot stops. */
const DRAIN_MS = 5_000;

interface Network {
  readonly channel: PushChannel;
  readonly delivery: Delivery;
  readonly bulk: Bulk;
  ready: boolean;
}

/** Of a broadcast, as many people are at hand as the network takes in so many seconds. */
const AHEAD_SECONDS = 0.5;
/** And at least so many, because each waits for an answer. */
const AHEAD_LEAST = 8;

/** The networks that are on, each with a delivery of its own, so that a slow one never holds up another. */
export class Networks {
  readonly #parts: NetworkParts;
  readonly #networks: ReadonlyMap<ChannelName, Network>;

  constructor(parts: NetworkParts, create: ReadonlyMap<ChannelName, CreateChannel>) {
    this.#parts = parts;
    this.#networks = new Map([...create].map(([name, make]) => [name, openNetwork(name, parts, make)]));
  }

  /** The addresses at which networks report updates. */
  get mounts(): readonly WebhookMount[] {
    return [...this.#networks].map(
      ([
        channel,
        {
          channel: { webhooks },
        },
      ]) => ({ channel, webhooks }),
    );
  }

  /** Whether each network takes updates now. */
  get ready(): Readonly<Record<string, () => boolean>> {
    return Object.fromEntries([...this.#networks].map(([name, network]) => [name, () => network.ready]));
  }

  /**
   * Begins to take updates and sends what waited since the last stop. A network that refuses its settings stays off
   * and is reported: the others, and the web chat, go on without it.
   */
  async start(): Promise<void> {
    const backlog = Map.groupBy(await this.#parts.store.backlog(), ({ channel }) => channel);
    await Promise.all(
      [...this.#networks].map(async ([name, network]) => {
        await this.#startOne(name, network);
        for (const { address, at } of backlog.get(name) ?? []) network.delivery.resume(address, at);
      }),
    );
  }

  /** The clock led to messages for these citizens. */
  async wake(due: readonly DueCitizen[]): Promise<void> {
    for (const { key, channel } of due) {
      const network = this.#networks.get(channel);
      const reached = network === undefined ? null : await this.#parts.store.addressee(key);
      if (reached !== null) network?.delivery.wake(reached.address, "bulk", { heardAt: reached.at });
    }
  }

  /** Where broadcasts leave; null for a network that is off. */
  outlet(name: ChannelName): Outlet | null {
    const network = this.#networks.get(name);
    if (network === undefined) return null;
    const { bulk, channel } = network;
    const ahead = Math.ceil(Math.max(AHEAD_LEAST, (channel.limits.rate?.perSecond ?? 0) * AHEAD_SECONDS));
    return { ahead, send: (chat, claim) => bulk.send(chat, claim) };
  }

  /** What a network is like now, for whoever plans a broadcast. */
  standing(name: ChannelName): ChannelStanding {
    const { channel } = this.#networks.get(name) ?? {};
    const limits = channel?.limits ?? limitsOf(name);
    return {
      on: channel !== undefined || !limits.pushed,
      windowMs: limits.messageWindowMs,
      allowance: channel?.allowance?.() ?? null,
      perSecond: limits.rate?.perSecond ?? null,
    };
  }

  /** Takes no more updates; running ones finish. */
  async stop(): Promise<void> {
    for (const network of this.#networks.values()) network.ready = false;
    await Promise.all([...this.#networks.values()].map(({ channel }) => channel.stop()));
  }

  /** Lets what is on its way arrive, for a few seconds; the rest stays in the outbox. */
  async drain(): Promise<void> {
    await Promise.all(
      [...this.#networks.values()].map(({ delivery, bulk }) => Promise.all([bulk.close(), delivery.close(DRAIN_MS)])),
    );
  }

  async #startOne(name: ChannelName, network: Network): Promise<void> {
    try {
      await network.channel.start();
      network.ready = true;
    } catch (error) {
      const detail = error instanceof AppError ? error.code : "unknown";
      this.#parts.report({ channel: name, level: "error", code: "network-off", facts: { detail } });
    }
  }
}

function openNetwork(name: ChannelName, parts: NetworkParts, create: CreateChannel): Network {
  const { bot, store, keyring, report, meter } = parts;
  const keyOf = (chat: string) => keyring.citizenKey(name, chat);
  const handle: HandleInbound = async (inbound) => {
    const began = performance.now();
    meter.inbound(name);
    const receipt = await bot.turn(await readTester(inbound, parts));
    meter.turn(name, (performance.now() - began) / 1_000, receipt.duplicate);
    if (receipt.parting) delivery.part(inbound.chat, receipt.messages);
    else if (receipt.messages.length > 0) delivery.wake(inbound.chat);
    return receipt;
  };
  const channel = create(depsOf(name, parts, handle));
  const delivery = new Delivery({
    channel,
    next: async (chat) => (await bot.pending(name, chat, 0, 1))[0],
    trail: (chat) => store.trail(keyOf(chat), Date.now() - channel.limits.clearMs),
    settle: (chat, seq, result) => store.settle(keyOf(chat), seq, settled(channel, result, Date.now())),
    unreachable: async (chat) => {
      await bot.turn({ channel: name, chat, id: "", input: { kind: "left" } });
    },
    file: (chat, id, format) => bot.file(name, chat, id, format),
    letter: (chat, id) => bot.letter(name, chat, id),
    report,
    meter,
    now: Date.now,
    random: Math.random,
  });
  const bulk = new Bulk({ channel, pacer: delivery.pacer, report, meter });
  return { channel, delivery, bulk, ready: false };
}

/** Whoever typed such a code reads that the chat can get test messages; nothing else of it is kept. */
async function readTester(inbound: Inbound, { isTesterCode }: Pick<NetworkParts, "isTesterCode">): Promise<Inbound> {
  if (!(await isTesterCode(inbound))) return inbound;
  return { ...inbound, input: { kind: "start", payload: TESTER } };
}

/** Payload of the flow `tester`. */
const TESTER = "tester";

function depsOf(
  name: ChannelName,
  { config, app, keyring, report, mediaFolder }: NetworkParts,
  handle: HandleInbound,
): PushDeps {
  return {
    handle,
    report,
    now: Date.now,
    text: (key, lang, params) => app.say({ key: `networks.${key}`, ...(params && { params }) }, lang),
    ...(config.PUBLIC_URL !== undefined && { publicUrl: config.PUBLIC_URL }),
    secret: keyring.secretFor(name),
    mediaFolder,
  };
}

function settled({ limits }: PushChannel, result: SentMessages | Undelivered, at: number): Settled {
  const failed = typeof result === "string";
  const to = failed ? { state: "failed", why: result } : { state: "sent" };
  return {
    trail: failed || !limits.canClear ? [] : result.messageIds,
    at,
    counts: [deliveryCount(limits.channel, to, at)],
  };
}
