import { z } from "zod";
import { type Call, createCall } from "./account.ts";
import type { Alert } from "./alerts.ts";
import { createHttp } from "./http.ts";
import { createOauth, type OauthSettings } from "./oauth.ts";
import type { TokenStore } from "./token-pair.ts";
import { Tokens } from "./tokens.ts";

export interface AccessSettings extends OauthSettings {
  /** Without a slash at the end. */
  readonly apiRoot: string;
}

/** Calls in the name of an account, with the tokens of one store. `load` the tokens first. */
export interface Access {
  readonly tokens: Tokens;
  readonly call: Call;
}

const CALL_TIMEOUT_MS = 20_000;
/** A dead network may not hold up the start of the others. */
const CHECK_TIMEOUT_MS = 5_000;

export function createAccess(settings: AccessSettings, store: TokenStore, alert: Alert, now: () => number): Access {
  const { refresh } = createOauth(settings, now);
  const tokens = new Tokens({ store, alert, refresh, now });
  return { tokens, call: createCall(createHttp(settings.apiRoot, CALL_TIMEOUT_MS), tokens) };
}

/** Whose tokens these are; `error` is 0 or a code of the network. Rejects with `ChannelError`. */
export async function whoIs(call: Call): Promise<{ readonly error: number; readonly name: string }> {
  const { error, data } = await call({ url: "/v2.0/oa/getoa", signal: AbortSignal.timeout(CHECK_TIMEOUT_MS) });
  return { error, name: Named.safeParse(data).data?.name ?? "" };
}

const Named = z.object({ name: z.string() });
