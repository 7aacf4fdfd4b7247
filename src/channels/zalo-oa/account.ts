import type { AxiosRequestConfig } from "axios";
import { z } from "zod";
import { failureOfStatus, type Http, type HttpAnswer } from "./http.ts";
import type { Tokens } from "./tokens.ts";

/** The network's envelope: `error` is 0 for success, else a code of its table. */
export interface Reply {
  readonly error: number;
  readonly data: unknown;
  readonly retryAfterMs: number | undefined;
}

/**
 * One call in the name of the account. A token that the network refuses is renewed and the call made once more.
 * Rejects with `ChannelError` when nothing of the network's own came back, or no token can be used.
 */
export type Call = (request: AxiosRequestConfig) => Promise<Reply>;

/** Access token invalid, or expired or withdrawn. */
const STALE: ReadonlySet<number> = new Set([-216, -220]);

export function createCall(http: Http, tokens: Tokens): Call {
  const callWith = async (token: string, request: AxiosRequestConfig) => {
    const reply = readReply(await http({ ...request, headers: { access_token: token } }));
    if (!STALE.has(reply.error)) tokens.worked(token);
    return reply;
  };
  return async (request) => {
    const token = await tokens.current();
    const reply = await callWith(token, request);
    return STALE.has(reply.error) ? callWith(await tokens.renewed(token), request) : reply;
  };
}

const ErrorCode = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,9}$/)
    .transform(Number),
]);
const Envelope = z.object({ error: ErrorCode, data: z.unknown().optional() });

/** Some errors come with a status of 400 and above and the same envelope. */
function readReply(answer: HttpAnswer): Reply {
  const envelope = Envelope.safeParse(answer.body);
  if (!envelope.success || (envelope.data.error === 0 && answer.status >= 400)) throw failureOfStatus(answer);
  const { error, data } = envelope.data;
  return { error, data, retryAfterMs: answer.retryAfterMs };
}
