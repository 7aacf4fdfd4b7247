import { Api, GrammyError } from "grammy";
import type { UserFromGetMe, WebhookInfo } from "grammy/types";
import { ALLOWED_UPDATES } from "../../channels/telegram/decode.ts";
import { webhookNames } from "../../channels/telegram/webhook.ts";
import type { TelegramSettings } from "../../config.ts";
import type { Keyring } from "../../stores/keyring.ts";
import { type Finding, found } from "./finding.ts";
import { PROBE_MS } from "./probe.ts";
import { hostOf, updateWay } from "./updates.ts";

export interface NetworkWorld {
  readonly publicUrl: string | undefined;
  /** Whether a bot has the data folder now. */
  readonly running: boolean;
  /** The keys of this installation; null while there are none, or none that can be read. */
  readonly keyring: Keyring | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Asks Telegram who the bot is and how updates are delivered; changes nothing there. */
export async function telegramFindings(
  settings: TelegramSettings | undefined,
  world: NetworkWorld,
): Promise<readonly Finding[]> {
  if (settings === undefined) return [found("telegram.off")];
  const api = new Api(settings.token, { apiRoot: settings.apiRoot, timeoutSeconds: PROBE_MS / 1_000 });
  try {
    const [me, webhook] = await Promise.all([api.getMe(), api.getWebhookInfo()]);
    return [...botFindings(me), ...webhookFindings(webhook, world, settings.token)];
  } catch (error) {
    return [failureOf(error, new URL(settings.apiRoot).host)];
  }
}

const MANY_WAITING = 100;
const MINUTE_MS = 60_000;
const RECENT_MINUTES = 60;
const ERROR_LENGTH = 120;

function botFindings(me: UserFromGetMe): readonly Finding[] {
  const known = found("telegram.ok", { name: me.username, link: `https://t.me/${me.username}` });
  return me.can_read_all_group_messages ? [known, found("groups.everything")] : [known];
}

function webhookFindings(info: WebhookInfo, world: NetworkWorld, token: string): readonly Finding[] {
  const set = info.url ?? "";
  const expected = world.publicUrl === undefined ? undefined : world.publicUrl + pathOf(world.keyring);
  const way = updateWay({ set, expected, running: world.running });
  const waiting = info.pending_update_count;
  return [
    found(`telegram-updates.${way}`, { host: hostOf(set) }),
    ...(way === "webhook" && !sameKinds(info.allowed_updates) ? [found("telegram-updates.kinds")] : []),
    ...(waiting > MANY_WAITING ? [found("telegram-waiting.many", { count: waiting })] : []),
    ...(way === "webhook" ? errorFindings(info, world.now, token) : []),
  ];
}

/** Other keys lead to another address. */
function pathOf(keyring: Keyring | null): string {
  return keyring === null ? "/webhooks/telegram/" : webhookNames(keyring.secretFor("telegram")).path;
}

function sameKinds(allowed: readonly string[] = []): boolean {
  return [...allowed].sort().join() === [...ALLOWED_UPDATES].sort().join();
}

/** Telegram's own words for what went wrong at our address. */
function errorFindings(info: WebhookInfo, now: number, token: string): readonly Finding[] {
  if (info.last_error_date === undefined) return [];
  const minutes = Math.max(0, Math.floor((now - info.last_error_date * 1_000) / MINUTE_MS));
  const said = (info.last_error_message ?? "?").replaceAll(token, "…").slice(0, ERROR_LENGTH);
  return [found(minutes < RECENT_MINUTES ? "telegram-error.recent" : "telegram-error.old", { minutes, said })];
}

function failureOf(error: unknown, host: string): Finding {
  if (!(error instanceof GrammyError)) return found("telegram.unreachable", { host });
  const refused = error.error_code === 401 || error.error_code === 404;
  return found(refused ? "telegram.refused" : "telegram.busy", { code: error.error_code });
}
