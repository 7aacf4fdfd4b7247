import { createHash } from "node:crypto";
import { type Call, json, type Reply } from "../shared/http-server.ts";
import { freshToken } from "../shared/ids.ts";
import { countOne } from "../shared/ledger.ts";
import { paramsOf } from "../shared/params.ts";
import type { OaState } from "./state.ts";

const CODE_MS = 10 * 60_000;
const EXPIRES_S = 90_000;
const REFERENCE = "https://developers.zalo.me/docs/official-account";

/** The two addresses of OAuth v4. The codes of refused tokens are not documented; these are made up. */
export interface OAuth {
  /** The page where the administrator of the account agrees: sends the browser to the callback. */
  permission(call: Call): Reply;
  accessToken(call: Call): Promise<Reply>;
}

export function createOAuth(state: OaState): OAuth {
  const codes = new Map<string, number>();
  const refuse = (method: string, error: number, reason: string, blame = true): Reply => {
    if (blame) state.ledger.refuse(method, reason);
    return json({ error, error_name: "Refused", error_reason: reason, ref_doc: REFERENCE });
  };
  const granted = (): Reply => {
    const { accessToken, refreshToken } = state.tokens.issue();
    return pairReply(state, accessToken, refreshToken);
  };

  return {
    permission: ({ query }) => {
      if (query.get("app_id") !== state.options.appId) return refuse("permission", -14002, "no such app");
      const callback = query.get("redirect_uri") ?? "";
      if (callback !== state.console?.callback) return refuse("permission", -14003, "not the callback of the console");
      const code = freshToken();
      codes.set(code, state.now() + CODE_MS);
      const location = new URL(callback);
      location.searchParams.set("code", code);
      location.searchParams.set("oa_id", state.options.oaId);
      const kept = query.get("state");
      if (kept !== null) location.searchParams.set("state", kept);
      return { status: 302, headers: { location: location.href }, body: "" };
    },
    accessToken: async (call) => {
      const wrong = (reason: string, blame = true) => refuse("access_token", -14014, reason, blame);
      const isForm = call.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
      const params = isForm ? await paramsOf(call) : null;
      if (params === null || call.verb !== "POST") return wrong("not a form");
      if (call.headers["secret_key"] !== state.options.appSecret) return wrong("not the secret of the app");
      if (params["app_id"] !== state.options.appId) return wrong("not this app");
      switch (params["grant_type"]) {
        case "authorization_code": {
          const code = String(params["code"]);
          const until = codes.get(code);
          codes.delete(code);
          if (until === undefined || state.now() >= until) return wrong("the code is used, too old or unknown");
          if (!matches(String(params["code_verifier"]), state.console?.challenge)) return wrong("not the verifier");
          return granted();
        }
        case "refresh_token": {
          const pair = state.tokens.refresh(String(params["refresh_token"]));
          if (pair !== null) return pairReply(state, pair.accessToken, pair.refreshToken);
          return wrong("the refresh token is used, too old or unknown", false);
        }
        default:
          return wrong("no such grant");
      }
    },
  };
}

function pairReply({ options, ledger }: OaState, accessToken: string, refreshToken: string): Reply {
  countOne(ledger.calls, "access_token");
  const expires = options.expiresIn === "string" ? String(EXPIRES_S) : EXPIRES_S;
  return json({ access_token: accessToken, refresh_token: refreshToken, expires_in: expires });
}

/** PKCE: 43 characters whose SHA-256 the console was given. */
function matches(verifier: string, challenge: string | undefined): boolean {
  return verifier.length === 43 && createHash("sha256").update(verifier).digest("base64url") === challenge;
}
