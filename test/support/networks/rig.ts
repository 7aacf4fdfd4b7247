import { once } from "node:events";
import { createServer } from "node:net";
import { type RunningServer, runCommand, startServer } from "../server.ts";
import type { Network, Phone } from "./network.ts";
import { startTelegramNetwork, type TelegramNetwork, type TelegramNetworkOptions } from "./telegram/network.ts";
import { startZaloBotNetwork, type ZaloBotNetwork } from "./zalo-bot/network.ts";
import type { ZaloBotOptions } from "./zalo-bot/state.ts";
import { startZaloOaNetwork, type ZaloOaNetwork } from "./zalo-oa/network.ts";
import type { ZaloOaOptions } from "./zalo-oa/state.ts";

export const NETWORKS = ["telegram", "zalo-bot", "zalo-oa"] as const;
export type NetworkName = (typeof NETWORKS)[number];

export interface RigOptions {
  readonly dataDir: string;
  /** False: Telegram and the Zalo bot are asked for updates; the OA knows webhooks only. */
  readonly webhooks?: boolean;
  readonly telegram?: TelegramNetworkOptions;
  readonly zaloBot?: ZaloBotOptions;
  readonly zaloOa?: ZaloOaOptions;
  /** Settings of the bot beside those that the networks need. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The real bot in a process of its own, and the three networks it is on. */
export interface Rig {
  readonly telegram: TelegramNetwork;
  readonly zaloBot: ZaloBotNetwork;
  readonly zaloOa: ZaloOaNetwork;
  readonly bot: RunningServer;
  readonly env: Readonly<Record<string, string>>;
  network(name: NetworkName): Network;
  phone(network: NetworkName, person: string): Phone;
  /** Starts the bot again on the same data and address, after it ended or was killed. */
  restart(): Promise<void>;
  /** Stops everything; resolves with the bot's exit status. */
  stop(): Promise<number | null>;
}

/** Local networks without people's limits, where only the rates are kept. */
export const ROOMY = {
  zaloBot: { users: 1_000_000, messagesPerMonth: 1_000_000, perSecond: 60, slack: 5 },
  env: { ZALO_BOT_RATE: "50", ZALO_BOT_PEOPLE: "1000000", ZALO_BOT_MESSAGES: "1000000" },
} as const;

/** Starts the networks, logs the account in as an operator would, and starts the bot. */
export async function startRig(options: RigOptions): Promise<Rig> {
  const telegram = await startTelegramNetwork(options.telegram);
  const zaloBot = await startZaloBotNetwork(options.zaloBot);
  const zaloOa = await startZaloOaNetwork(options.zaloOa);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const env = {
    ...(options.webhooks !== false && { PUBLIC_URL: address }),
    LOG_LEVEL: "warn",
    ...settingsOf(telegram, zaloBot, zaloOa),
    ...options.env,
  };
  await logIn(options.dataDir, zaloOa, { ...env, PUBLIC_URL: address });
  const start = () => startServer({ dataDir: options.dataDir, port, env });
  let bot = await start();
  await ready(address);
  await zaloOa.saveWebhook(`${address}/webhooks/zalo-oa`);
  const networks: Readonly<Record<NetworkName, Network>> = { telegram, "zalo-bot": zaloBot, "zalo-oa": zaloOa };
  return {
    telegram,
    zaloBot,
    zaloOa,
    get bot() {
      return bot;
    },
    env,
    network: (name) => networks[name],
    phone: (name, person) => networks[name].phone(person),
    async restart() {
      bot = await start();
    },
    async stop() {
      const code = await bot.stop();
      await Promise.all([telegram.close(), zaloBot.close(), zaloOa.close()]);
      return code;
    },
  };
}

/** The settings that put a bot on these networks. */
export function settingsOf(telegram: TelegramNetwork, zaloBot: ZaloBotNetwork, zaloOa: ZaloOaNetwork) {
  return {
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
    ZALO_BOT_TOKEN: zaloBot.token,
    ZALO_BOT_API_ROOT: zaloBot.root,
    ZALO_OA_APP_ID: zaloOa.appId,
    ZALO_OA_APP_SECRET: zaloOa.appSecret,
    ZALO_OA_SECRET_KEY: zaloOa.oaSecretKey,
    ZALO_OA_API_ROOT: zaloOa.root,
    ZALO_OA_OAUTH_ROOT: zaloOa.oauthRoot,
  };
}

async function logIn(dataDir: string, oa: ZaloOaNetwork, env: Readonly<Record<string, string>>): Promise<void> {
  const { accessToken, refreshToken } = oa.issuePair();
  const { code, stderr } = await runCommand(["zalo-oa", "login", "--tokens"], {
    input: `${accessToken} ${refreshToken}\n`,
    env: { ...env, DATA_DIR: dataDir },
  });
  if (code !== 0) throw new Error(`zalo-oa login ended with ${code}: ${stderr}`);
}

/** Resolves once the bot takes updates of every network. */
async function ready(address: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const response = await fetch(`${address}/readyz`).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("the bot is not ready for its networks");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
