import { createHash } from "node:crypto";
import { createPostman, type Envelope } from "../shared/postman.ts";
import type { OaState } from "./state.ts";

const DEADLINE_MS = 2_000;

/** An event with its signature over the exact bytes. */
export interface SignedEvent {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Events on their way to the webhook. */
export interface Outbox {
  /** Events of one person keep their order. Without a webhook they are lost. */
  emit(user: string, event: Readonly<Record<string, unknown>>): void;
  waiting(): number;
  close(): void;
}

export function createOutbox(state: OaState): Outbox {
  const postman = createPostman<SignedEvent>({
    envelope: (event, attempt) => envelopeOf(state, event, attempt),
    accepts: (status) => status === 200,
    retryMs: state.options.retryMs,
    endless: !state.options.givesUp,
    returned: (_event, why) => {
      if (why === "given up") state.webhook = null;
    },
    deadlineMs: DEADLINE_MS,
    ...state,
  });
  return {
    emit: (user, event) => {
      if (state.webhook !== null) postman.post(user, sign(state, stamped(state, event)));
    },
    waiting: postman.waiting,
    close: postman.close,
  };
}

/** Signs a body as §2.9 says, by the variant of the options. */
export function sign({ options, now }: OaState, event: Readonly<Record<string, unknown>>): SignedEvent {
  const body = Buffer.from(options.ids === "string" ? JSON.stringify(event) : withNumbers(JSON.stringify(event)));
  const written = String(event["timestamp"]);
  const timestamp = options.signWith === "body" ? written : String(now() + 17);
  const id = options.signId === "app" ? options.appId : options.oaId;
  const hex = createHash("sha256")
    .update(id)
    .update(body)
    .update(timestamp + options.oaSecretKey)
    .digest("hex");
  return {
    body,
    headers: {
      "content-type": "application/json",
      "x-zevent-signature": options.prefix ? `mac=${hex}` : hex,
      ...(options.signWith === "header" && { "x-zevent-timestamp": timestamp }),
    },
  };
}

/** With app id and the time as text, unless the event brings its own. */
export function stamped({ options, now }: OaState, event: Readonly<Record<string, unknown>>) {
  return { app_id: options.appId, timestamp: String(now()), ...event };
}

function withNumbers(text: string): string {
  return text.replaceAll(/"(id|user_id|oa_id|app_id)":"(\d+)"/g, '"$1":$2');
}

function envelopeOf({ webhook }: OaState, { body, headers }: SignedEvent, attempt: number): Envelope | null {
  if (webhook === null) return null;
  return { url: webhook, body, headers: attempt === 0 ? headers : { ...headers, num_retry: String(attempt) } };
}
