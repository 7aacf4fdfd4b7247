import { onTestFinished } from "vitest";
import type { Inbound, Notice, Outgoing, PushChannel, PushDeps } from "../../src/channels/port.ts";
import { createZaloOa, type ZaloOaSettings } from "../../src/channels/zalo-oa/channel.ts";
import { pairByHand, type TokenPair } from "../../src/channels/zalo-oa/token-pair.ts";
import { startZaloOaNetwork, type ZaloOaNetwork } from "../support/networks/zalo-oa/network.ts";
import type { ZaloOaOptions } from "../support/networks/zalo-oa/state.ts";
import { outgoing } from "./outgoing.ts";
import { startSite } from "./public-site.ts";

export interface World {
  readonly network: ZaloOaNetwork;
  readonly channel: PushChannel;
  /** What the bot was given, in order. */
  readonly inbounds: Inbound[];
  readonly notices: Notice[];
  /** What the token store holds. */
  readonly kept: { pair: TokenPair | null };
  /** Moves the clocks of bot and network. */
  forward(ms: number): void;
  /** Posts a body to the webhook as the HTTP server would. */
  post(body: Buffer | string, headers?: Readonly<Record<string, string>>): Promise<number>;
  send(phone: { readonly chat: string }, parts: Partial<Outgoing>): Promise<readonly string[]>;
  /** Codes of the notices so far. */
  codes(): readonly string[];
}

export interface Plan {
  readonly network?: ZaloOaOptions;
  readonly settings?: Partial<ZaloOaSettings>;
  /** Nobody has logged in. */
  readonly loggedOut?: true;
  /** Runs before an inbound counts as taken. */
  readonly turn?: (inbound: Inbound) => Promise<void>;
  /** Rejects while it says so. */
  readonly diskFull?: () => boolean;
  readonly files?: Readonly<Record<string, Buffer>>;
  readonly mediaFolder?: string;
  readonly reachable?: boolean;
}

/** A channel, its network and its public address on this machine; all end with the test. Not started. */
export async function startWorld(plan: Plan = {}): Promise<World> {
  const network = await startZaloOaNetwork(plan.network);
  const inbounds: Inbound[] = [];
  const notices: Notice[] = [];
  const clock = { aheadMs: 0 };
  const now = () => Date.now() + clock.aheadMs;
  const kept = { pair: plan.loggedOut ? null : pairOf(network, now()) };
  const site = await startSite(plan.files ?? {});
  const deps: PushDeps = {
    handle: async (inbound) => {
      await plan.turn?.(inbound);
      inbounds.push(inbound);
      return { duplicate: false, messages: [], flow: null, node: null, lang: "vi", keep: false, parting: false };
    },
    report: (notice) => void notices.push(notice),
    now,
    text: (key) => key,
    ...(plan.reachable !== false && { publicUrl: site.url }),
    secret: "s".repeat(43),
    mediaFolder: plan.mediaFolder ?? import.meta.dirname,
  };
  const channel = createZaloOa(deps, { ...settingsOf(network, kept, plan), ...plan.settings });
  site.mount(channel);
  network.webhook = `${site.url}/webhooks/zalo-oa`;
  onTestFinished(async () => {
    await channel.stop();
    await network.close();
    await site.close();
  });
  const [webhook] = channel.webhooks;
  return {
    ...{ network, channel, inbounds, notices, kept },
    forward: (ms) => {
      clock.aheadMs += ms;
      network.forward(ms);
    },
    post: async (body, headers = {}) => (await webhook?.receive({ headers, body: Buffer.from(body) })) ?? 0,
    send: async ({ chat }, parts) => (await channel.send(chat, outgoing(parts), unhurried())).messageIds,
    codes: () => notices.map(({ code }) => code),
  };
}

/** The same, started, with a person who has written. */
export async function startedWorld(plan: Plan = {}) {
  const world = await startWorld(plan);
  await world.channel.start();
  const phone = world.network.phone("Lan");
  phone.type("xin chào");
  return { ...world, phone };
}

function settingsOf(network: ZaloOaNetwork, kept: World["kept"], plan: Plan): ZaloOaSettings {
  const { appId, appSecret, oaSecretKey, root: apiRoot, oauthRoot } = network;
  const tokens = {
    read: async () => kept.pair,
    write: async (pair: TokenPair) => {
      if (plan.diskFull?.()) throw new Error("no space left");
      kept.pair = pair;
    },
  };
  return { appId, appSecret, oaSecretKey, apiRoot, oauthRoot, buttons: false, tokens };
}

function pairOf(network: ZaloOaNetwork, now: number): TokenPair {
  const { accessToken, refreshToken } = network.issuePair();
  return pairByHand(accessToken, refreshToken, now);
}

/** Never aborted. */
function unhurried(): AbortSignal {
  return new AbortController().signal;
}
