import { onTestFinished } from "vitest";
import type { HandleInbound, Inbound, Notice, PushChannel, PushDeps } from "../../src/channels/port.ts";
import type { Allowance } from "../../src/channels/zalo-bot/allowance.ts";
import { createZaloBot, type ZaloBotSettings } from "../../src/channels/zalo-bot/channel.ts";
import { startZaloBotNetwork, type ZaloBotNetwork } from "../support/networks/zalo-bot/network.ts";
import type { ZaloBotOptions } from "../support/networks/zalo-bot/state.ts";
import { startSite } from "./public-site.ts";

export const SECRET = "s".repeat(43);

export interface World {
  readonly network: ZaloBotNetwork;
  readonly bot: PushChannel;
  /** What the bot was given, in order. */
  readonly inbounds: Inbound[];
  readonly notices: Notice[];
  /** What the store holds of the allowance. */
  saved(): Allowance | null;
  /** Moves the bot's clock. */
  forward(ms: number): void;
}

interface Plan {
  readonly network?: ZaloBotOptions;
  readonly settings?: Partial<ZaloBotSettings>;
  /** A webhook where true; polling otherwise. */
  readonly webhook?: boolean;
  /** Runs before an inbound counts as taken. */
  readonly turn?: (inbound: Inbound) => Promise<void>;
  readonly files?: Readonly<Record<string, Buffer>>;
  readonly mediaFolder?: string;
  readonly allowance?: Allowance;
}

/** A bot and its network on this machine; both end with the test. The bot is not started. */
export async function startWorld(plan: Plan = {}): Promise<World> {
  const network = await startZaloBotNetwork(plan.network);
  return attach(network, plan);
}

/** One more bot on a network. */
export async function attach(network: ZaloBotNetwork, plan: Plan = {}): Promise<World> {
  const inbounds: Inbound[] = [];
  const notices: Notice[] = [];
  let saved = plan.allowance ?? null;
  let aheadMs = 0;
  const site = plan.webhook === true ? await startSite(plan.files ?? {}) : null;
  const handle: HandleInbound = async (inbound) => {
    await plan.turn?.(inbound);
    inbounds.push(inbound);
    return { duplicate: false, messages: [], flow: null, node: null, lang: "vi", keep: false, parting: false };
  };
  const deps: PushDeps = {
    handle,
    report: (notice) => void notices.push(notice),
    now: () => Date.now() + aheadMs,
    text: (key) => key,
    ...(site !== null && { publicUrl: site.url }),
    secret: SECRET,
    mediaFolder: plan.mediaFolder ?? import.meta.dirname,
  };
  const store = {
    read: async () => saved,
    write: async (allowance: Allowance) => {
      saved = allowance;
    },
  };
  const bot = createZaloBot(deps, {
    token: network.token,
    apiRoot: network.root,
    rate: 5,
    userCap: 50,
    monthlyMessages: 3_000,
    allowance: store,
    pollSeconds: 1,
    ...plan.settings,
  });
  site?.mount(bot);
  onTestFinished(async () => {
    await bot.stop();
    await network.close();
    await site?.close();
  });
  const forward = (ms: number) => {
    aheadMs += ms;
  };
  return { network, bot, inbounds, notices, saved: () => saved, forward };
}

/** Never aborted. */
export function unhurried(): AbortSignal {
  return new AbortController().signal;
}
