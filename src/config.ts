import { z } from "zod";
import { AppError } from "./errors.ts";

/** Where Telegram answers unless the operator runs a Bot API server of their own. */
export const TELEGRAM_ROOT = "https://api.telegram.org";
/** The documented host of the Zalo Bot Platform. */
export const ZALO_BOT_ROOT = "https://bot-api.zaloplatforms.com";

const Origins = z.union([
  z.literal("any"),
  z.string().transform((list) =>
    list
      .split(",")
      .map((origin) => origin.trim())
      .filter(Boolean),
  ),
]);

/** An address without a slash at its end. */
const Root = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ""));
/** Stands in an address or a header, so nothing in it may end one. */
const Token = z.string().regex(/^[^\s/?#]+$/, "must have no blanks and none of / ? #");
const Count = z.coerce.number().int().min(1);

/** Numbers, a colon, letters and digits: what BotFather gives out. */
const TELEGRAM_TOKEN = /^\d+:[\w-]{30,}$/;
/** Looks like 123456789:abc-xyz. */
const ZALO_BOT_TOKEN = /^[^:]+:.+$/;

const Env = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().min(1).default("127.0.0.1"),
  DATA_DIR: z.string().min(1).default("./data"),
  PUBLIC_URL: Root.optional(),
  EMBED_ORIGINS: Origins.default("any"),
  EXIT_URL: z.url({ protocol: /^https$/ }).optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
  METRICS_TOKEN: Token.min(16).optional(),
  TELEGRAM_BOT_TOKEN: Token.optional(),
  TELEGRAM_API_ROOT: Root.default(TELEGRAM_ROOT),
  TELEGRAM_RATE: z.coerce.number().int().min(1).max(1_000).default(30),
  ZALO_BOT_TOKEN: Token.optional(),
  ZALO_BOT_API_ROOT: Root.default(ZALO_BOT_ROOT),
  ZALO_BOT_RATE: z.coerce.number().positive().max(100).default(5),
  ZALO_BOT_PEOPLE: Count.default(50),
  ZALO_BOT_MESSAGES: Count.default(3_000),
  ZALO_OA_APP_ID: z.string().regex(/^\d+$/, "must be digits only").optional(),
  ZALO_OA_APP_SECRET: Token.optional(),
  ZALO_OA_SECRET_KEY: Token.optional(),
  ZALO_OA_API_ROOT: Root.default("https://openapi.zalo.me"),
  ZALO_OA_OAUTH_ROOT: Root.default("https://oauth.zaloapp.com"),
  ZALO_OA_BUTTONS: z
    .enum(["on", "off"])
    .default("off")
    .transform((word) => word === "on"),
});
type Env = z.infer<typeof Env>;

const TOGETHER = ["ZALO_OA_APP_ID", "ZALO_OA_APP_SECRET", "ZALO_OA_SECRET_KEY"] as const;

/** What can only be judged by looking at several settings. */
const Settings = Env.superRefine((env, { addIssue }) => {
  const wrong = (name: keyof Env, message: string) => addIssue({ code: "custom", path: [name], message });
  const { TELEGRAM_BOT_TOKEN: telegram, ZALO_BOT_TOKEN: zalo } = env;
  if (telegram !== undefined && env.TELEGRAM_API_ROOT === TELEGRAM_ROOT && !TELEGRAM_TOKEN.test(telegram)) {
    wrong("TELEGRAM_BOT_TOKEN", "is not a token as BotFather gives it, such as 123456789:AA… (45 characters or so)");
  }
  if (zalo !== undefined && env.ZALO_BOT_API_ROOT === ZALO_BOT_ROOT && !ZALO_BOT_TOKEN.test(zalo)) {
    wrong("ZALO_BOT_TOKEN", "is not a token as Zalo sends it, such as 123456789:abc-xyz");
  }
  const missing = TOGETHER.filter((name) => env[name] === undefined);
  if (missing.length === TOGETHER.length) return;
  for (const name of missing) wrong(name, `is missing: ${TOGETHER.join(", ")} go together, all three or none`);
});

/** Asked for by `src/channels/telegram`. */
export interface TelegramSettings {
  readonly token: string;
  readonly apiRoot: string;
  /** Messages a second. */
  readonly rate: number;
}

/** Asked for by `src/channels/zalo-bot`. */
export interface ZaloBotSettings {
  readonly token: string;
  readonly apiRoot: string;
  /** Messages a second. */
  readonly rate: number;
  /** How many different people the plan lets write to the bot. */
  readonly userCap: number;
  readonly monthlyMessages: number;
}

/** Asked for by `src/channels/zalo-oa`. */
export interface ZaloOaSettings {
  readonly appId: string;
  readonly appSecret: string;
  /** Signs webhooks; another value than the secret of the app. */
  readonly oaSecretKey: string;
  readonly apiRoot: string;
  readonly oauthRoot: string;
  readonly buttons: boolean;
}

type General = Pick<
  Env,
  "PORT" | "HOST" | "DATA_DIR" | "PUBLIC_URL" | "EMBED_ORIGINS" | "EXIT_URL" | "LOG_LEVEL" | "METRICS_TOKEN"
>;

/** A network whose settings are absent is off. */
export interface Config extends Readonly<General> {
  readonly telegram?: TelegramSettings;
  readonly zaloBot?: ZaloBotSettings;
  readonly zaloOa?: ZaloOaSettings;
}

/** Called once, by main.ts. Everything else is handed the values it needs. Empty variables count as absent. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Settings.safeParse(given);
  if (!parsed.success) {
    throw new AppError("config_invalid", `settings (see .env.example):\n${z.prettifyError(parsed.error)}`);
  }
  return Object.freeze(arranged(parsed.data));
}

function arranged(env: Env): Config {
  const { PORT, HOST, DATA_DIR, PUBLIC_URL, EMBED_ORIGINS, EXIT_URL, LOG_LEVEL, METRICS_TOKEN } = env;
  const telegram = telegramOf(env);
  const zaloBot = zaloBotOf(env);
  const zaloOa = zaloOaOf(env);
  return {
    ...{ PORT, HOST, DATA_DIR, PUBLIC_URL, EMBED_ORIGINS, EXIT_URL, LOG_LEVEL, METRICS_TOKEN },
    ...(telegram && { telegram }),
    ...(zaloBot && { zaloBot }),
    ...(zaloOa && { zaloOa }),
  };
}

function telegramOf(env: Env): TelegramSettings | undefined {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot, TELEGRAM_RATE: rate } = env;
  return token === undefined ? undefined : Object.freeze({ token, apiRoot, rate });
}

function zaloBotOf(env: Env): ZaloBotSettings | undefined {
  if (env.ZALO_BOT_TOKEN === undefined) return undefined;
  return Object.freeze({
    token: env.ZALO_BOT_TOKEN,
    apiRoot: env.ZALO_BOT_API_ROOT,
    rate: env.ZALO_BOT_RATE,
    userCap: env.ZALO_BOT_PEOPLE,
    monthlyMessages: env.ZALO_BOT_MESSAGES,
  });
}

function zaloOaOf(env: Env): ZaloOaSettings | undefined {
  const { ZALO_OA_APP_ID: appId, ZALO_OA_APP_SECRET: appSecret, ZALO_OA_SECRET_KEY: oaSecretKey } = env;
  if (appId === undefined || appSecret === undefined || oaSecretKey === undefined) return undefined;
  return Object.freeze({
    ...{ appId, appSecret, oaSecretKey },
    apiRoot: env.ZALO_OA_API_ROOT,
    oauthRoot: env.ZALO_OA_OAUTH_ROOT,
    buttons: env.ZALO_OA_BUTTONS,
  });
}
