import { z } from "zod";
import { WEBHOOK_PATH } from "../../channels/zalo-oa/webhook.ts";
import type { ZaloOaSettings } from "../../config.ts";
import { type Finding, found } from "./finding.ts";
import { probe } from "./probe.ts";
import type { NetworkWorld } from "./telegram.ts";
import { hostOf } from "./updates.ts";

/** The pair of tokens that a login left; times in milliseconds since 1970. */
export interface OaTokens {
  readonly accessToken: string;
  readonly accessUntil: number;
  readonly refreshUntil: number;
}

/** Asks the account who it is. Never refreshes: a refresh token works once, and it is the bot's to use. */
export async function zaloOaFindings(
  settings: ZaloOaSettings | undefined,
  world: NetworkWorld,
  tokens: OaTokens | "none" | "unreadable",
): Promise<readonly Finding[]> {
  if (settings === undefined) return [found("zalo-oa.off")];
  const console = consoleFinding(world);
  if (tokens === "none") return [found("login.needed"), ...console];
  if (tokens === "unreadable") return [found("login.unreadable"), ...console];
  return [loginFinding(tokens, world.now), await accountFinding(settings, tokens, world), ...console];
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** The first of the bot's own warnings comes at the same time. */
const SOON_DAYS = 21;

function loginFinding({ accessUntil, refreshUntil }: OaTokens, now: number): Finding {
  const days = Math.floor((refreshUntil - now) / DAY_MS);
  const hours = Math.max(0, Math.floor((accessUntil - now) / HOUR_MS));
  if (refreshUntil <= now) return found("login.dead", { days: -days });
  return found(days <= SOON_DAYS ? "login.soon" : "login.ok", { days, hours });
}

/** An error usually comes with HTTP 200; `error` is 0 for success. */
const Reply = z.looseObject({ error: z.number(), data: z.unknown().optional() });
const Account = z.looseObject({ name: z.string().optional(), is_verified: z.boolean().optional() });
/** The access token is wrong, over or withdrawn. */
const STALE = new Set([-216, -220]);
/** Sending too fast, or trouble on their side. */
const BUSY = new Set([-32, -200]);

async function accountFinding(
  { apiRoot }: ZaloOaSettings,
  { accessToken, accessUntil }: OaTokens,
  { running, now }: NetworkWorld,
): Promise<Finding> {
  if (accessUntil <= now) return found(running ? "account.stale" : "account.expired");
  const answer = await probe(`${apiRoot}/v2.0/oa/getoa`, { headers: { access_token: accessToken } });
  if (answer.kind !== "answer") return found("account.unreachable", { host: hostOf(apiRoot) });
  const reply = Reply.safeParse(answer.body).data;
  if (reply === undefined) return found("account.busy", { code: answer.status });
  if (STALE.has(reply.error)) return found("account.stale");
  if (reply.error !== 0)
    return found(BUSY.has(reply.error) ? "account.busy" : "account.refused", { code: reply.error });
  const account = Account.safeParse(reply.data).data;
  return found(account?.is_verified === false ? "account.unverified" : "account.ok", { name: account?.name ?? "?" });
}

/** What to enter in the app's console; nothing there can be read from here. */
function consoleFinding({ publicUrl }: NetworkWorld): readonly Finding[] {
  return publicUrl === undefined ? [] : [found("console.webhook", { url: publicUrl + WEBHOOK_PATH })];
}
