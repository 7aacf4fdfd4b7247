import { z } from "zod";
import { isLocal, postOnce } from "../shared/postman.ts";
import { BotFault } from "./fault.ts";
import type { Inbox } from "./inbox.ts";
import { type Methods, method } from "./method.ts";
import type { BotState } from "./state.ts";
import { probeBody } from "./updates.ts";

const PROBE_MS = 5_000;
const TESTS_PER_DAY = 5;
const DAY_MS = 86_400_000;
const DEFAULT_POLL_S = 30;

const Nothing = z.strictObject({});

/** The methods about the bot itself and how it gets its updates. */
export function hookMethods(state: BotState, inbox: Inbox): Methods {
  const settings = createDaily(state);
  const tests = createDaily(state);
  const info = () => ({ url: state.hook?.url ?? "", updated_at: state.hook?.at ?? 0 });
  return {
    getMe: method(Nothing, async () => ({ result: meOf(state) })),
    getUpdates: method(z.strictObject({ timeout: Timeout }), ({ timeout }, call) => inbox.poll(call, timeout * 1_000)),
    setWebhook: method(
      z.strictObject({ url: z.url({ protocol: /^https?$/ }), secret_token: z.string().min(8).max(256) }),
      async ({ url, secret_token }) => {
        if (!mayBeCalled(state, url)) throw new BotFault(400, "the webhook is not at a public HTTPS address");
        if (settings() > state.options.webhookCalls) throw new BotFault(426, "Daily limit of setWebhook reached");
        state.hook = { url, secret: secret_token, at: state.now() };
        inbox.hookChanged();
        return { result: { ...info(), verification: await verify(state, url) } };
      },
    ),
    testWebhook: method(Nothing, async () => {
      if (tests() > TESTS_PER_DAY) throw new BotFault(426, "Daily limit of testWebhook reached", { oddSpelling: true });
      if (state.hook === null) throw new BotFault(400, "no webhook is set");
      return { result: await verify(state, state.hook.url) };
    }),
    deleteWebhook: method(Nothing, async () => {
      state.hook = null;
      return { result: { url: "", updated_at: state.now() } };
    }),
    getWebhookInfo: method(Nothing, async () => ({ result: info() })),
  };
}

/** Seconds, as a number or as text. */
const Timeout = z
  .union([z.number(), z.string().regex(/^\d+$/)])
  .default(DEFAULT_POLL_S)
  .transform(Number)
  .pipe(z.number().min(0).max(120));

function meOf({ botId }: BotState) {
  return { id: botId, account_name: "bot.local", account_type: "BASIC", can_join_groups: false };
}

/** Public HTTPS; a local network also takes plain HTTP on this machine. */
function mayBeCalled({ options }: BotState, url: string): boolean {
  return isLocal(url) ? !options.publicOnly : url.startsWith("https://");
}

/** Counts within a day. */
function createDaily(state: BotState): () => number {
  let from = state.now();
  let count = 0;
  return () => {
    if (state.now() - from >= DAY_MS) {
      from = state.now();
      count = 0;
    }
    count += 1;
    return count;
  };
}

async function verify(state: BotState, url: string): Promise<Readonly<Record<string, unknown>>> {
  const began = Date.now();
  const secret =
    state.options.probeSecret && state.hook !== null ? { "x-bot-api-secret-token": state.hook.secret } : {};
  const headers = { "content-type": "application/json", "user-agent": "Java/17.0.12", ...secret };
  const result = await postOnce({ url, headers, body: probeBody(state) }, { deadlineMs: PROBE_MS });
  const outcome = outcomeOf(result);
  const status = typeof result === "number" ? { status_code: result, latency_ms: Date.now() - began } : {};
  return { ok: outcome === "webhook.ok", url, outcome, hint: outcome, ...status };
}

function outcomeOf(result: Awaited<ReturnType<typeof postOnce>>): string {
  if (result === "late") return "webhook.err.timeout";
  if (typeof result === "string") return "webhook.err.conn";
  if (result >= 200 && result < 300) return "webhook.ok";
  if (result === 403 || result === 404) return `webhook.http.${result}`;
  return result >= 500 ? "webhook.http.5xx" : "webhook.http.other";
}
