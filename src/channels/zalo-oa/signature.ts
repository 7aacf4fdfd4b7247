import { createHash, timingSafeEqual } from "node:crypto";
import type { WebhookRequest } from "../port.ts";
import type { EventBody } from "./decode.ts";

/** How the network signed: the reference leaves open which of the accounts' ids and which of two times it uses. */
export interface Signed {
  readonly id: "app" | "oa";
  readonly time: "body" | "header";
  /** The signed time; milliseconds since 1970. */
  readonly at: number;
}

export interface SigningKeys {
  readonly appId: string;
  /** The OA Secret Key of the webhook settings, not the secret of the app. */
  readonly oaSecretKey: string;
}

/**
 * Checks `X-ZEvent-Signature`: SHA-256 of id, exact body, time and key, in any variant. Null for what is not signed
 * with this key. `event` is what the body holds, null where it cannot be read.
 */
export function verify(keys: SigningKeys, request: WebhookRequest, event: EventBody | null): Signed | null {
  const given = digestOf(request.headers["x-zevent-signature"]);
  if (given === null) return null;
  const ids = [{ id: "app" as const, value: keys.appId }, ...accountIds(event)];
  const times = [
    { time: "body" as const, value: event?.timestamp },
    { time: "header" as const, value: request.headers["x-zevent-timestamp"] },
  ];
  for (const { id, value } of ids) {
    for (const { time, value: stamp } of times) {
      const at = millisecondsOf(stamp);
      if (stamp === undefined || at === null) continue;
      const digest = createHash("sha256").update(value).update(request.body).update(stamp).update(keys.oaSecretKey);
      if (timingSafeEqual(digest.digest(), given)) return { id, time, at };
    }
  }
  return null;
}

function digestOf(header: string | undefined): Buffer | null {
  const hex = /^(?:mac=)?([0-9a-f]{64})$/i.exec(header ?? "")?.[1];
  return hex === undefined ? null : Buffer.from(hex, "hex");
}

/** The account is the recipient of what people do, the sender of its own echoes, and named in some events. */
function accountIds(event: EventBody | null): readonly { readonly id: "oa"; readonly value: string }[] {
  const values = new Set([event?.oa_id, event?.recipient?.id, event?.sender?.id]);
  return [...values].flatMap((value) => (value === undefined ? [] : [{ id: "oa" as const, value }]));
}

/** Below this a time is in seconds: as milliseconds it would be March 1973. */
const SECONDS_BELOW = 1e11;

function millisecondsOf(stamp: string | undefined): number | null {
  if (stamp === undefined || !/^\d{1,15}$/.test(stamp)) return null;
  const value = Number(stamp);
  return value < SECONDS_BELOW ? value * 1_000 : value;
}
