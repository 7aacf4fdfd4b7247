import { type Api, GrammyError } from "grammy";
import { AppError } from "../../errors.ts";
import type { PushDeps } from "../port.ts";
import { apiSignal } from "./api-signal.ts";
import { isTokenRefused, pauseAskedMs } from "./failures.ts";
import type { Outage } from "./outage.ts";
import { removeWebhook, setWebhook, type WebhookNames } from "./webhook.ts";

export interface ConnectDeps extends Pick<PushDeps, "report" | "publicUrl"> {
  readonly api: Api;
  readonly names: WebhookNames;
  readonly outage: Outage;
  /** Hears what the bot is called. */
  named(username: string): void;
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

/**
 * Checks the token and settles how updates arrive. Rejects with `AppError` network_refused when Telegram does not
 * accept the settings. `connected` resolves once all is settled: at once, or in the background while Telegram cannot
 * be reached, or when the signal aborts.
 */
export async function connect(deps: ConnectDeps, signal: AbortSignal): Promise<{ readonly connected: Promise<void> }> {
  try {
    await settle(deps, AbortSignal.any([signal, AbortSignal.timeout(FIRST_TRY_MS)]));
    return { connected: Promise.resolve() };
  } catch (error) {
    if (isTokenRefused(error)) throw new AppError("network_refused", TOKEN_ADVICE);
    if (isAddressRefused(error)) throw new AppError("network_refused", ADDRESS_ADVICE);
    return { connected: keepTrying(deps, pauseAskedMs(error) ?? deps.outage.pauseMs(), signal) };
  }
}

/** Starting must not hang where Telegram is blocked. */
const FIRST_TRY_MS = 10_000;
const REFUSED_PAUSE_MS = 30_000;
const TOKEN_ADVICE = "Telegram does not accept the bot's token. Copy it from @BotFather into TELEGRAM_BOT_TOKEN again.";
const ADDRESS_ADVICE =
  "Telegram does not accept the public address for its webhook. PUBLIC_URL must be https and reachable from the internet, on port 443, 80, 88 or 8443.";

async function settle({ api, names, publicUrl, report, named }: ConnectDeps, signal: AbortSignal): Promise<void> {
  named((await api.getMe(apiSignal(signal))).username);
  if (publicUrl === undefined) {
    if (await removeWebhook(api, signal)) report({ channel: "telegram", level: "warn", code: "webhook-removed" });
  } else if (await setWebhook(api, publicUrl + names.path, names.token, signal)) {
    report({ channel: "telegram", level: "info", code: "webhook-set" });
  }
}

async function keepTrying(deps: ConnectDeps, firstPauseMs: number, signal: AbortSignal): Promise<void> {
  let pauseMs = firstPauseMs;
  while (!signal.aborted) {
    await deps.pause(pauseMs, signal);
    try {
      if (!signal.aborted) await settle(deps, signal);
      return signal.aborted ? undefined : deps.outage.over();
    } catch (error) {
      pauseMs = pauseAfter(deps, error);
    }
  }
}

function pauseAfter({ outage, report }: ConnectDeps, error: unknown): number {
  if (isTokenRefused(error)) {
    outage.tokenRefused();
    return REFUSED_PAUSE_MS;
  }
  if (isAddressRefused(error)) {
    report({ channel: "telegram", level: "error", code: "webhook-refused" });
    return REFUSED_PAUSE_MS;
  }
  return pauseAskedMs(error) ?? outage.pauseMs();
}

function isAddressRefused(error: unknown): boolean {
  return error instanceof GrammyError && error.method === "setWebhook" && error.error_code === 400;
}
