import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { parseExactly } from "../exact-json.ts";
import type { Webhook, WebhookRequest } from "../port.ts";
import { isProbe } from "./decode.ts";
import type { Take } from "./intake.ts";

/** A webhook that can be shut: while it is, it answers 503 to everything but the network's probe. */
export interface ZaloBotWebhook extends Webhook {
  /** What the network has to send along with every update; 43 characters. */
  readonly secretToken: string;
  open(): void;
  /** Takes no more updates; resolves once the running ones have finished. */
  shut(): Promise<void>;
}

/** The address and its secret are made from `secret`, so that another key leads to another address. */
export function createWebhook(secret: string, take: Take): ZaloBotWebhook {
  const secretToken = derived(secret, "zalo-bot webhook secret");
  const expected = digest(secretToken);
  const running = new Set<Promise<number>>();
  let isOpen = false;

  async function receive({ headers, body }: WebhookRequest): Promise<number> {
    if (body.length === 0) return 200;
    const given = headers["x-bot-api-secret-token"];
    const known = given !== undefined && timingSafeEqual(digest(given), expected);
    if (!known) return isBareProbe(body) ? 200 : 401;
    if (!isOpen) return isBareProbe(body) ? 200 : 503;
    const update = parseExactly(body.toString("utf8"));
    if (update === undefined) return 400;
    const status = take(update).then(
      (taken) => (taken ? 200 : 400),
      () => 503,
    );
    running.add(status);
    void status.finally(() => running.delete(status));
    return inTime(status);
  }

  return {
    path: `/webhooks/zalo-bot/${derived(secret, "zalo-bot webhook path").slice(0, PATH_LENGTH)}`,
    bodyLimit: BODY_BYTES,
    secretToken,
    receive,
    open() {
      isOpen = true;
    },
    async shut() {
      isOpen = false;
      await Promise.all(running);
    },
  };
}

/** Updates are a few hundred bytes beside what a person can type into one message. */
const BODY_BYTES = 64 * 1_024;
const PROBE_BYTES = 1_024;
/** Of base64url: 96 bits. */
const PATH_LENGTH = 16;
/** The network wants an answer within 2 s. A turn that takes longer goes on; if the update is repeated, its id tells. */
const ANSWER_WITHIN_MS = 1_700;

function isBareProbe(body: Buffer): boolean {
  return body.length <= PROBE_BYTES && isProbe(parseExactly(body.toString("utf8")));
}

function inTime(status: Promise<number>): Promise<number> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, ANSWER_WITHIN_MS, 503);
    void status.then((value) => {
      clearTimeout(late);
      resolve(value);
    });
  });
}

function derived(secret: string, purpose: string): string {
  return createHmac("sha256", secret).update(purpose).digest("base64url");
}

/** Digests have one length, and comparing them tells nothing about the secret itself. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
