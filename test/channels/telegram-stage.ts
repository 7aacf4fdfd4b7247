import { setTimeout as wait } from "node:timers/promises";
import { afterEach } from "vitest";
import type {
  Inbound,
  Notice,
  Outgoing,
  PushChannel,
  PushDeps,
  TurnReceipt,
  Webhook,
} from "../../src/channels/port.ts";
import { createTelegram } from "../../src/channels/telegram/channel.ts";
import { startTelegramNetwork, type TelegramNetwork } from "../support/networks/telegram/network.ts";
import { outgoing } from "./outgoing.ts";
import { startSite } from "./public-site.ts";

/** A local Telegram, the channel on it, and what the channel handed in and reported. */
export interface Stage {
  readonly network: TelegramNetwork;
  readonly channel: PushChannel;
  readonly inbounds: Inbound[];
  readonly notices: Notice[];
  /** Takes what comes in after it was noted; may be replaced. */
  turn: (inbound: Inbound) => Promise<Partial<TurnReceipt>>;
  /** Moves the channel's clock. */
  clock: { ms: number };
  send(chat: string, message: Partial<Outgoing>): Promise<readonly string[]>;
  /** Another channel with the same token, as a second process on another machine would have. */
  second(): PushChannel;
  /** The same without a public address. */
  polling(): PushChannel;
}

const SECRET = "x".repeat(43);
const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Options {
  readonly token?: string;
  readonly publicUrl?: string;
  readonly mediaFolder?: string;
}

export async function openStage(options: Options = {}): Promise<Stage> {
  const network = await startTelegramNetwork();
  ends.push(() => network.close());
  return stageOn(network, options);
}

/** The same over a webhook: a plain server in the place of the real one. */
export async function openWebhookStage(): Promise<Stage & { readonly webhook: Webhook; readonly publicUrl: string }> {
  const site = await startSite();
  ends.push(() => site.close());
  const publicUrl = site.url;
  const stage = await openStage({ publicUrl });
  const [webhook] = stage.channel.webhooks;
  if (webhook === undefined) throw new Error("no webhook");
  site.mount(stage.channel);
  return Object.assign(stage, { webhook, publicUrl });
}

export function choices(...labels: string[]): Outgoing["choices"] {
  return labels.map((label, index) => ({ id: `c${index}`, label, token: `f:n:c${index}` }));
}

/** Resolves once this holds; rejects after `ms`. */
export async function until(holds: () => boolean, ms = 4_000): Promise<void> {
  const deadline = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`never held: ${holds.toString()}`);
    await wait(5);
  }
}

/** Each channel as if it ran on a machine of its own: only Telegram tells that there are two. */
const onAnyMachine = () => ({ release: () => undefined });

function stageOn(network: TelegramNetwork, options: Options): Stage {
  const inbounds: Inbound[] = [];
  const notices: Notice[] = [];
  const clock = { ms: 0 };
  const deps: PushDeps = {
    handle: async (inbound) => {
      inbounds.push(inbound);
      return { ...RECEIPT, ...(await stage.turn(inbound)) };
    },
    report: (notice) => notices.push(notice),
    now: () => Date.now() + clock.ms,
    text: (key, lang, params) => [`${key}:${lang}`, ...Object.values(params ?? {})].join(" "),
    secret: SECRET,
    mediaFolder: options.mediaFolder ?? "/nowhere",
  };
  const here = options.publicUrl === undefined ? deps : { ...deps, publicUrl: options.publicUrl };
  const open = (how: PushDeps) => {
    const settings = { token: options.token ?? network.token, apiRoot: network.root };
    const channel = createTelegram(how, settings, onAnyMachine);
    ends.push(() => channel.stop());
    return channel;
  };
  const channel = open(here);
  const stage: Stage = {
    network,
    channel,
    inbounds,
    notices,
    clock,
    turn: async () => ({}),
    second: () => open(here),
    polling: () => open(deps),
    async send(chat, parts) {
      const { messageIds } = await channel.send(chat, outgoing(parts), new AbortController().signal);
      return messageIds;
    },
  };
  return stage;
}

const RECEIPT: TurnReceipt = {
  duplicate: false,
  messages: [],
  flow: null,
  node: null,
  lang: "vi",
  keep: false,
  parting: false,
};
