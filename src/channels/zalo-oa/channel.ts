import { AppError } from "../../errors.ts";
import { ChannelError } from "../channel-error.ts";
import { limitsOf } from "../limits.ts";
import type { PushChannel, PushDeps } from "../port.ts";
import { type AccessSettings, createAccess, whoIs } from "./access.ts";
import type { Call } from "./account.ts";
import { type Alert, createAlerts } from "./alerts.ts";
import { failureOf } from "./failures.ts";
import { createSend } from "./send.ts";
import type { TokenStore } from "./token-pair.ts";
import { createUploads } from "./uploads.ts";
import { createWebhook } from "./webhook.ts";

export interface ZaloOaSettings extends AccessSettings {
  /** Signs webhooks; another value than the secret of the app. */
  readonly oaSecretKey: string;
  readonly buttons: boolean;
  readonly tokens: TokenStore;
}

const LOOK_EVERY_MS = 60_000;

/** A Zalo Official Account: webhook in, consultation messages out, both by the account's OpenAPI v3. */
export function createZaloOa(deps: PushDeps, settings: ZaloOaSettings): PushChannel {
  const { now, mediaFolder, publicUrl } = deps;
  const alert = createAlerts(deps);
  const { tokens, call } = createAccess(settings, settings.tokens, alert, now);
  const uploads = createUploads({ call, mediaFolder, now });
  let timer: NodeJS.Timeout | undefined;
  let open = false;
  const webhook = createWebhook({ ...deps, keys: settings, alert, open: () => open });
  return {
    limits: limitsOf("zalo-oa"),
    webhooks: [webhook],
    send: createSend({
      call,
      uploads,
      alert,
      buttons: settings.buttons,
      ...(publicUrl !== undefined && { publicUrl }),
    }),
    async start() {
      await tokens.load();
      open = true;
      await checkAccount(call, alert);
      await tokens.look();
      if (open) timer = setInterval(() => void tokens.look(), LOOK_EVERY_MS).unref();
    },
    async stop() {
      open = false;
      clearInterval(timer);
      await Promise.all([webhook.idle(), tokens.idle()]);
    },
  };
}

/** The app was removed by its owner: no login and no waiting brings it back. */
const APP_REMOVED = -219;
const REMOVED =
  "Zalo has no app with ZALO_OA_APP_ID any more. Make a new app and log in, or take the ZALO_OA_ settings out.";

/** Trouble is reported and no reason not to start: the webhook works without a token too. */
async function checkAccount(call: Call, alert: Alert): Promise<void> {
  const { error } = await whoIs(call).catch(withoutAnswer);
  if (error !== 0) failureOf(error, alert);
  if (error === APP_REMOVED) throw new AppError("network_refused", REMOVED);
}

function withoutAnswer(error: unknown): { readonly error: 0 } {
  if (error instanceof ChannelError) return { error: 0 };
  throw error;
}
