import { createHash } from "node:crypto";
import { webhookNames } from "../../../src/channels/telegram/webhook.ts";
import { openKeyring } from "../../../src/stores/keyring.ts";
import type { NetworkName } from "../../support/networks/rig.ts";
import type { Stage } from "./stage.ts";

/** One of the bot's webhooks, and what its network sends along with a body to prove itself. */
export interface Door {
  readonly url: string;
  proof(body: Buffer): Readonly<Record<string, string>>;
}
export type Doors = Readonly<Record<NetworkName, Door>>;

/** The webhooks of the running bot with their secrets, as somebody who has stolen everything knows them. */
export async function doorsOf(stage: Stage): Promise<Doors> {
  const keyring = await openKeyring(stage.dataDir);
  const names = webhookNames(keyring.secretFor("telegram"));
  const hook = stage.zaloBot.webhook();
  if (hook === null) throw new Error("the Zalo bot has no webhook");
  return {
    telegram: {
      url: stage.bot.address + names.path,
      proof: () => ({ "x-telegram-bot-api-secret-token": names.token }),
    },
    "zalo-bot": { url: hook.url, proof: () => ({ "x-bot-api-secret-token": hook.secret }) },
    "zalo-oa": {
      url: `${stage.bot.address}/webhooks/zalo-oa`,
      proof: (body) => signatureOf(stage, body, Date.now()),
    },
  };
}

/** The signature of an Official Account that puts the time (milliseconds since 1970) into a header. */
export function signatureOf({ zaloOa }: Stage, body: Buffer, at: number): Readonly<Record<string, string>> {
  const time = String(at);
  const hash = createHash("sha256").update(zaloOa.appId).update(body).update(time).update(zaloOa.oaSecretKey);
  return { "x-zevent-signature": `mac=${hash.digest("hex")}`, "x-zevent-timestamp": time };
}

/** Posts this to a webhook; resolves with the status. */
export async function post(url: string, body: Buffer, headers: Readonly<Record<string, string>>): Promise<number> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: new Uint8Array(body),
    signal: AbortSignal.timeout(30_000),
  });
  await response.arrayBuffer();
  return response.status;
}
