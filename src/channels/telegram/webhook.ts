import { createHmac, hash, timingSafeEqual } from "node:crypto";
import type { Api } from "grammy";
import type { PushDeps, Webhook, WebhookRequest } from "../port.ts";
import { apiSignal } from "./api-signal.ts";
import { ALLOWED_UPDATES, decode } from "./decode.ts";
import type { Inlet } from "./inlet.ts";

/** Where updates come in and what proves that Telegram sent them, both derived from the installation's key. */
export interface WebhookNames {
  readonly path: string;
  readonly token: string;
}

export function webhookNames(secret: string): WebhookNames {
  const derive = (use: string) => createHmac("sha256", secret).update(use).digest("base64url");
  return { path: `/webhooks/telegram/${derive("path").slice(0, PATH_LENGTH)}`, token: derive("token") };
}

export interface WebhookDeps extends Pick<PushDeps, "report" | "now"> {
  readonly names: WebhookNames;
  readonly inlet: Inlet;
  /** Takes the waiting mark off a pressed button by a call of its own. */
  press(query: string): void;
  /** Updates are taken now. */
  isOpen(): boolean;
}

/** The secret is compared before anything is parsed; what cannot be read is refused, what cannot be kept comes again. */
export function createWebhook(deps: WebhookDeps): Webhook {
  const expected = digest(deps.names.token);
  let reportedAt = Number.NEGATIVE_INFINITY;
  const reportWaiting = () => {
    if (deps.now() - reportedAt < REPORT_EVERY_MS) return;
    reportedAt = deps.now();
    deps.report({ channel: "telegram", level: "warn", code: "update-waits" });
  };
  return {
    path: deps.names.path,
    bodyLimit: BODY_MAX,
    async receive(request) {
      if (!deps.isOpen()) return 503;
      if (!isFromTelegram(request, expected)) return 401;
      const decoded = decode(parse(request.body), deps.now());
      if (decoded === null) return 400;
      try {
        await deps.inlet.take(decoded, pressIn(request, deps.press));
        return 200;
      } catch {
        reportWaiting();
        return 503;
      }
    },
  };
}

/** Tells Telegram where to report, unless it knows; gives whether that was news to it. Rejects as grammY does. */
export async function setWebhook(api: Api, url: string, token: string, signal: AbortSignal): Promise<boolean> {
  const now = await api.getWebhookInfo(apiSignal(signal));
  const asked = [...(now.allowed_updates ?? [])].sort().join();
  const wanted = [...ALLOWED_UPDATES].sort().join();
  if (now.url === url && asked === wanted && now.max_connections === CONNECTIONS) return false;
  const settings = { secret_token: token, allowed_updates: ALLOWED_UPDATES, max_connections: CONNECTIONS };
  await api.setWebhook(url, settings, apiSignal(signal));
  return true;
}

/** Gives whether there was one. Waiting updates stay. Rejects as grammY does. */
export async function removeWebhook(api: Api, signal: AbortSignal): Promise<boolean> {
  const { url = "" } = await api.getWebhookInfo(apiSignal(signal));
  if (url === "") return false;
  await api.deleteWebhook({ drop_pending_updates: false }, apiSignal(signal));
  return true;
}

/**
 * Telegram carries out a method that stands in the answer to its webhook: no call for each press, and none left out
 * when there are many.
 */
function pressIn({ reply }: WebhookRequest, press: WebhookDeps["press"]): WebhookDeps["press"] {
  if (reply === undefined) return press;
  return (query) => reply(JSON.stringify({ method: "answerCallbackQuery", callback_query_id: query }));
}

const PATH_LENGTH = 12;
const BODY_MAX = 256 * 1_024;
const CONNECTIONS = 40;
const REPORT_EVERY_MS = 60_000;

/** Of digests, so that neither length nor content of the secret shows in the time this takes. */
function isFromTelegram({ headers }: WebhookRequest, expected: Buffer): boolean {
  const given = headers["x-telegram-bot-api-secret-token"];
  return given !== undefined && timingSafeEqual(digest(given), expected);
}

function digest(text: string): Buffer {
  return hash("sha256", text, "buffer");
}

/** Undefined for what is not JSON. */
function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
