import { z } from "zod";
import { Allowance, type AllowanceNow, allowanceNow } from "../../channels/zalo-bot/allowance.ts";
import type { ZaloBotSettings } from "../../config.ts";
import { type Finding, found } from "./finding.ts";
import { probe } from "./probe.ts";
import type { NetworkWorld } from "./telegram.ts";
import { hostOf, updateWay } from "./updates.ts";

/**
 * Asks Zalo's bot platform who the bot is and how updates are delivered; changes nothing there. `stored` is what the
 * bot counted of its plan, as the team store holds it.
 */
export async function zaloBotFindings(
  settings: ZaloBotSettings | undefined,
  world: NetworkWorld,
  stored: unknown,
): Promise<readonly Finding[]> {
  if (settings === undefined) return [found("zalo-bot.off")];
  const [me, webhook] = await Promise.all([call(settings, "getMe"), call(settings, "getWebhookInfo")]);
  const counted = Allowance.safeParse(stored).data;
  const allowance = allowanceFinding(settings, counted ? allowanceNow(counted, world.now) : null);
  if ("failure" in me) return [found(`zalo-bot.${me.failure}`, { host: hostOf(settings.apiRoot) }), allowance];
  const name = Me.safeParse(me.result).data?.account_name ?? "?";
  return [found("zalo-bot.ok", { name }), ...updateFindings(webhook, settings, world), allowance];
}

function updateFindings(webhook: Called, { apiRoot }: ZaloBotSettings, world: NetworkWorld): readonly Finding[] {
  if ("failure" in webhook && !webhook.unknown)
    return [found(`zalo-bot.${webhook.failure}`, { host: hostOf(apiRoot) })];
  const set = "failure" in webhook ? "" : (WebhookInfo.safeParse(webhook.result).data?.url ?? "");
  const expected = world.publicUrl === undefined ? undefined : `${world.publicUrl}/webhooks/zalo-bot/`;
  const way = updateWay({ set, expected, running: world.running });
  return [found(`zalo-bot-updates.${way}`, { host: hostOf(set) })];
}

/** `unknown`: the network says that there is no such thing, which a webhook that was never set may be. */
type Called =
  | { readonly result: unknown }
  | { readonly failure: "refused" | "busy" | "unreachable"; readonly unknown?: boolean };

/** An error may come with HTTP 200, and its code under either of two names. */
const Reply = z.union([
  z.looseObject({ ok: z.literal(true), result: z.unknown() }),
  z.looseObject({ ok: z.literal(false), error_code: z.number().optional(), errorCode: z.number().optional() }),
]);
/** The documents name these fields; nothing depends on them. */
const Me = z.looseObject({ account_name: z.string().optional() });
const WebhookInfo = z.looseObject({ url: z.string().optional() });

async function call({ token, apiRoot }: ZaloBotSettings, method: string): Promise<Called> {
  const answer = await probe(`${apiRoot}/bot${token}/${method}`, { method: "POST" });
  if (answer.kind !== "answer") return { failure: "unreachable" };
  const reply = Reply.safeParse(answer.body).data;
  if (reply === undefined) return { failure: "busy" };
  if (reply.ok) return { result: reply.result };
  const code = reply.error_code ?? reply.errorCode;
  return code === 401 ? { failure: "refused" } : { failure: "busy", unknown: code === 400 || code === 404 };
}

/** From this share on the operator should look for another way beside the bot. */
const NEAR = 0.8;

function allowanceFinding({ userCap, monthlyMessages }: ZaloBotSettings, used: AllowanceNow | null): Finding {
  const caps = { cap: userCap, monthly: monthlyMessages };
  if (used === null) return found("allowance.unknown", caps);
  const share = Math.max(used.people / userCap, used.sent / monthlyMessages);
  const outcome = share >= 1 ? "allowance.spent" : share >= NEAR ? "allowance.near" : "allowance.ok";
  return found(outcome, { ...caps, people: used.people, messages: used.sent });
}
