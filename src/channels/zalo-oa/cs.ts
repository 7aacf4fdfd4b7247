import { z } from "zod";
import type { Call, Reply } from "./account.ts";
import { type Alert, DAY_MS } from "./alerts.ts";
import { failureOf } from "./failures.ts";
import type { CsMessage } from "./messages.ts";

/** Consultation messages to one person. */
export interface Cs {
  /** One message as it is; the network's refusal is in the reply. */
  try(message: CsMessage): Promise<Reply>;
  /** Resolves with the network's names for the texts. Rejects with `ChannelError` when one is refused. */
  send(texts: readonly string[]): Promise<readonly string[]>;
}

export function createCs(call: Call, alert: Alert, address: string, signal: AbortSignal): Cs {
  const attempt = async (message: CsMessage) => {
    const data = { recipient: { user_id: address }, message };
    const reply = await call({ method: "POST", url: "/v3.0/oa/message/cs", data, signal });
    if (reply.error === 0) watchQuota(reply, alert);
    return reply;
  };
  return {
    try: attempt,
    async send(texts) {
      const ids: string[] = [];
      for (const text of texts) ids.push(...idsOf(await attempt({ text }), alert));
      return ids;
    },
  };
}

/** The name of the message that was sent. Throws `ChannelError` for a refusal. */
export function idsOf(reply: Reply, alert: Alert): readonly string[] {
  if (reply.error !== 0) throw failureOf(reply.error, alert, reply.retryAfterMs);
  const sent = Sent.safeParse(reply.data);
  return sent.data?.message_id === undefined ? [] : [sent.data.message_id];
}

const Amount = z.union([
  z.int(),
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
]);
const Quota = z.object({
  remain: Amount,
  total: Amount.optional().catch(undefined),
  quota_type: z.unknown().optional(),
});

/** Nothing beside `message_id` is promised. */
const Sent = z.object({
  message_id: z.string().min(1).optional().catch(undefined),
  quota: Quota.optional().catch(undefined),
  cs_reply: Quota.optional().catch(undefined),
});

const QUOTA_TYPES: readonly unknown[] = ["sub_quota", "purchase_quota", "reward_quota"];
/** The free answers to one person: they run out in any longer conversation and come back with the next message. */
const FREE_REPLIES = "reply";

/** Tells the team, once a day for each kind, when a tenth of an allowance or less is left. */
function watchQuota({ data }: Reply, alert: Alert): void {
  const sent = Sent.safeParse(data).data;
  const quota = sent?.quota ?? sent?.cs_reply;
  if (quota === undefined || quota.quota_type === FREE_REPLIES || quota.remain > (quota.total ?? 10) / 10) return;
  const kind = QUOTA_TYPES.includes(quota.quota_type) ? String(quota.quota_type) : "other";
  alert({ level: "warn", code: "quota-low", facts: { kind, remain: quota.remain } }, kind, DAY_MS);
}
