import { z } from "zod";
import { createHttp, failureOfStatus, type HttpAnswer } from "./http.ts";
import { ACCESS_TOKEN_MS, REFRESH_TOKEN_MS, type TokenPair } from "./token-pair.ts";

export interface OauthSettings {
  readonly appId: string;
  readonly appSecret: string;
  /** Without a slash at the end. */
  readonly oauthRoot: string;
}

/** A new pair, or what the network said instead: its code, and nothing else of its answer. */
export type TokenAnswer =
  | { readonly kind: "pair"; readonly pair: TokenPair }
  | { readonly kind: "refused"; readonly error: string };

/** The token endpoint, OAuth v4 with PKCE. Both reject with `ChannelError` when no such answer came. */
export interface Oauth {
  /** A code lives 10 minutes and works once. */
  exchange(code: string, verifier: string): Promise<TokenAnswer>;
  /** Works once: with the answer the old pair is dead. */
  refresh(refreshToken: string): Promise<TokenAnswer>;
}

const TIMEOUT_MS = 10_000;

/** `now` gives milliseconds since 1970. */
export function createOauth({ appId, appSecret, oauthRoot }: OauthSettings, now: () => number): Oauth {
  const http = createHttp(oauthRoot, TIMEOUT_MS);
  const ask = async (fields: Readonly<Record<string, string>>): Promise<TokenAnswer> => {
    const answer = await http({
      method: "POST",
      url: "/v4/oa/access_token",
      headers: { secret_key: appSecret },
      data: new URLSearchParams({ ...fields, app_id: appId }),
    });
    return readAnswer(answer, now());
  };
  return {
    exchange: (code, verifier) => ask({ code, code_verifier: verifier, grant_type: "authorization_code" }),
    refresh: (refreshToken) => ask({ refresh_token: refreshToken, grant_type: "refresh_token" }),
  };
}

/** Numbers come as text too. */
const Seconds = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
]);

const Granted = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: Seconds.pipe(z.number().positive()).catch(ACCESS_TOKEN_MS / 1_000),
});

/** A server that fails says nothing about the token; any other answer without a pair is a refusal. */
function readAnswer(answer: HttpAnswer, now: number): TokenAnswer {
  const granted = Granted.safeParse(answer.body);
  if (granted.success && answer.status < 400) return { kind: "pair", pair: pairOf(granted.data, now) };
  if (answer.status >= 500 || answer.status === 408 || answer.status === 429) throw failureOfStatus(answer);
  return { kind: "refused", error: errorOf(answer) };
}

function pairOf(granted: z.infer<typeof Granted>, now: number): TokenPair {
  return {
    accessToken: granted.access_token,
    refreshToken: granted.refresh_token,
    accessUntil: now + granted.expires_in * 1_000,
    refreshUntil: now + REFRESH_TOKEN_MS,
    obtainedAt: now,
  };
}

const Refusal = z.object({ error: z.union([z.int().transform(String), z.string().regex(/^-?\w{1,40}$/)]) });

function errorOf({ status, body }: HttpAnswer): string {
  const refusal = Refusal.safeParse(body);
  return refusal.success ? refusal.data.error : `HTTP ${status}`;
}
