import { z } from "zod";
import { badRequest, outrun } from "../api-error.ts";
import type { UpdateKind } from "../update-queue.ts";
import type { World } from "../world.ts";
import { type Call, type Method, method } from "./method.ts";

const LONGEST_POLL_S = 50;
const DEFAULT_CONNECTIONS = 40;
const NO_POLL =
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";

/** Complete by its type: an update that grammY knows and this list does not would not compile. */
const KINDS = {
  message: true,
  edited_message: true,
  channel_post: true,
  edited_channel_post: true,
  business_connection: true,
  business_message: true,
  edited_business_message: true,
  deleted_business_messages: true,
  guest_message: true,
  stopped_message_generation: true,
  message_reaction: true,
  message_reaction_count: true,
  inline_query: true,
  chosen_inline_result: true,
  callback_query: true,
  shipping_query: true,
  pre_checkout_query: true,
  purchased_paid_media: true,
  poll: true,
  poll_answer: true,
  my_chat_member: true,
  chat_member: true,
  chat_join_request: true,
  chat_boost: true,
  removed_chat_boost: true,
  managed_bot: true,
  subscription: true,
} satisfies Record<UpdateKind, true>;
const allowedParam = z.array(z.string()).optional();

export const updateMethods: Readonly<Record<string, Method>> = {
  getupdates: method(
    {
      offset: z.int().optional(),
      limit: z.int().optional(),
      timeout: z.int().optional(),
      allowed_updates: allowedParam,
    },
    ({ offset = 0, limit = 100, timeout = 0, allowed_updates }, call) => {
      if (call.world.webhook !== null) throw outrun(409, NO_POLL);
      allow(allowed_updates, call);
      const timeoutMs = Math.min(LONGEST_POLL_S, Math.max(0, timeout)) * 1_000;
      return call.world.updates.poll({ offset, limit: Math.min(100, Math.max(1, limit)), timeoutMs }, call.gone);
    },
  ),
  setwebhook: method(
    {
      url: z.string(),
      ip_address: z.string().optional(),
      max_connections: z.int().optional(),
      allowed_updates: allowedParam,
      drop_pending_updates: z.boolean().optional(),
      secret_token: z.string().optional(),
    },
    (params, call) => {
      const { world } = call;
      if (params.url !== "") checkWebhook(params.url, params.secret_token);
      if (params.drop_pending_updates === true) world.updates.drop();
      allow(params.allowed_updates, call);
      const maxConnections = Math.min(100, Math.max(1, params.max_connections ?? DEFAULT_CONNECTIONS));
      const hook = { url: params.url, secret: params.secret_token, maxConnections, ipAddress: params.ip_address };
      world.setWebhook(params.url === "" ? null : hook);
      return true;
    },
  ),
  deletewebhook: method({ drop_pending_updates: z.boolean().optional() }, ({ drop_pending_updates }, { world }) => {
    if (drop_pending_updates === true) world.updates.drop();
    if (world.webhook !== null) world.setWebhook(null);
    return true;
  }),
  getwebhookinfo: method({}, (_, { world }) => webhookInfo(world)),
};

/** Stays as it is when a call does not name it. */
function allow(kinds: readonly string[] | undefined, { world, blame }: Call): void {
  if (kinds === undefined) return;
  for (const kind of kinds) if (!(kind in KINDS)) blame(`unknown kind of update ${kind}`);
  world.updates.allowed = kinds;
}

/** The real one takes https only; here addresses of this machine are as good. */
function checkWebhook(url: string, secret: string | undefined): void {
  if (!URL.canParse(url)) throw badRequest("bad webhook: invalid URL specified");
  const { protocol, hostname } = new URL(url);
  const local = hostname === "127.0.0.1" || hostname === "localhost";
  if (protocol !== "https:" && !(protocol === "http:" && local)) {
    throw badRequest("bad webhook: An HTTPS URL must be provided for webhook");
  }
  if (secret === undefined) return;
  if (secret.length > 256) throw badRequest("secret token is too long");
  if (!/^[A-Za-z0-9_-]+$/.test(secret)) throw badRequest("secret token contains unallowed characters");
}

function webhookInfo({ webhook, updates, lastWebhookError }: World) {
  return {
    url: webhook?.url ?? "",
    has_custom_certificate: false,
    pending_update_count: updates.waiting(),
    ...(webhook === null
      ? {}
      : { max_connections: webhook.maxConnections, ip_address: webhook.ipAddress ?? "127.0.0.1" }),
    ...(updates.allowed.length === 0 ? {} : { allowed_updates: updates.allowed }),
    ...(lastWebhookError === null
      ? {}
      : { last_error_date: Math.floor(lastWebhookError.at / 1_000), last_error_message: lastWebhookError.why }),
  };
}
