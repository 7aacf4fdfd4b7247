import { z } from "zod";
import { ChannelError } from "../channel-error.ts";
import type { Report } from "../port.ts";
import type { ZaloBotClient } from "./client.ts";

/** Rejects with `ChannelError` when the network cannot be reached or refuses the token. */
export async function checkToken(client: ZaloBotClient): Promise<void> {
  await client.call("getMe");
}

/**
 * Sets the webhook unless it is set: the network permits few changes a day. Whether the network could reach the address is
 * reported; the address is kept either way.
 */
export async function ensureWebhook(
  { client, report }: { readonly client: ZaloBotClient; readonly report: Report },
  { url, secretToken }: { readonly url: string; readonly secretToken: string },
): Promise<void> {
  if ((await currentWebhook(client)) === url) return;
  const result = WebhookSet.safeParse(await client.call("setWebhook", { params: { url, secret_token: secretToken } }));
  const verification = result.data?.verification;
  const outcome = (verification?.outcome ?? "none").replace(/[^\w.-]/g, "_").slice(0, OUTCOME_LENGTH);
  if (verification?.ok === false) {
    report({ channel: "zalo-bot", level: "warn", code: "webhook-unverified", facts: { outcome } });
  } else report({ channel: "zalo-bot", level: "info", code: "webhook-set", facts: { outcome } });
}

/** The network answers no poll while a webhook is set. */
export async function removeWebhook(client: ZaloBotClient, report: Report): Promise<void> {
  if ((await currentWebhook(client)) === "") return;
  await client.call("deleteWebhook");
  report({ channel: "zalo-bot", level: "warn", code: "webhook-removed" });
}

const OUTCOME_LENGTH = 64;

const WebhookInfo = z.object({ url: z.string().catch("") });
const WebhookSet = z.object({
  verification: z.object({ ok: z.boolean().optional(), outcome: z.string().optional() }).optional().catch(undefined),
});

/** Some APIs answer "not found" where no webhook is set: then there is none. */
async function currentWebhook(client: ZaloBotClient): Promise<string> {
  try {
    return WebhookInfo.safeParse(await client.call("getWebhookInfo")).data?.url ?? "";
  } catch (error) {
    if (error instanceof ChannelError && error.failure === "refused") return "";
    throw error;
  }
}
