import { create } from "axios";
import { z } from "zod";
import { axiosFailure } from "../axios-failure.ts";
import { ChannelError } from "../channel-error.ts";
import { parseExactly } from "../exact-json.ts";
import { createAgents } from "./agents.ts";
import { failureOf, strangeAnswer } from "./failures.ts";

/** The methods of the Bot API that the bot needs. */
export type Method =
  | "getMe"
  | "getUpdates"
  | "setWebhook"
  | "deleteWebhook"
  | "getWebhookInfo"
  | "sendMessage"
  | "sendPhoto"
  | "sendVoice";

export interface Call {
  readonly params?: Readonly<Record<string, string>>;
  /** Milliseconds for the whole call; 20 s unless told. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface ZaloBotClient {
  /** Resolves with `result`; rejects with `ChannelError`, which never carries the address of the call. */
  call(method: Method, call?: Call): Promise<unknown>;
}

/** `apiRoot` without a slash at the end. The token is a part of every address, so addresses stay in here. */
export function createClient({ token, apiRoot }: { readonly token: string; readonly apiRoot: string }): ZaloBotClient {
  const agents = createAgents(CONNECT_MS);
  const http = create({
    method: "post",
    headers: { "content-type": "application/json; charset=utf-8", accept: "application/json" },
    httpAgent: agents.http,
    httpsAgent: agents.https,
    proxy: false,
    maxRedirects: 0,
    maxContentLength: ANSWER_BYTES,
    responseType: "text",
    transformResponse: (body: unknown) => body,
    validateStatus: () => true,
  });
  async function request(method: Method, { params = {}, timeoutMs = CALL_MS, signal }: Call) {
    if (signal?.aborted === true) throw new ChannelError("unavailable", "stopped");
    const timeout = AbortSignal.timeout(timeoutMs);
    const address = `${apiRoot}/bot${token}/${method}`;
    try {
      return await http.request<unknown>({
        url: address,
        data: JSON.stringify(params),
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
    } catch (error) {
      throw axiosFailure(error);
    }
  }
  return {
    async call(method, call = {}) {
      const { status, data } = await request(method, call);
      return resultOf(status, data);
    },
  };
}

const CALL_MS = 20_000;
const CONNECT_MS = 10_000;
/** Answers are a few hundred bytes; an update holds one message. */
const ANSWER_BYTES = 256 * 1_024;

/** Success is a body that says so: errors come with HTTP 200 too, and one of them spells its code differently. */
const Answer = z.union([
  z.object({ ok: z.literal(true), result: z.unknown().optional() }),
  z.object({
    ok: z.literal(false),
    error_code: z.coerce.number().int().optional().catch(undefined),
    errorCode: z.coerce.number().int().optional().catch(undefined),
  }),
]);

function resultOf(status: number, body: unknown): unknown {
  const answer = Answer.safeParse(typeof body === "string" ? parseExactly(body) : undefined);
  if (!answer.success) throw strangeAnswer(status);
  if (answer.data.ok) return answer.data.result;
  throw failureOf(answer.data.error_code ?? answer.data.errorCode ?? status);
}
