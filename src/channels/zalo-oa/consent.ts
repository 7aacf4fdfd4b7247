import { createHash, randomBytes } from "node:crypto";
import type { OauthSettings } from "./oauth.ts";
import { WEBHOOK_PATH } from "./webhook.ts";

/** Where the browser of the account's admin lands with the code; only the address matters, not the page. */
export const CALLBACK_PATH = `${WEBHOOK_PATH}/login`;

/** A verifier of 43 characters: it is kept, because the console is given its challenge once. */
export function newVerifier(): string {
  return randomBytes(32).toString("base64url");
}

/** What the console asks for: base64url of the SHA-256 digest, without padding. */
export function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

/** Where an admin of the account agrees. The link that the console makes does the same. */
export function consentLink(
  { appId, oauthRoot }: Pick<OauthSettings, "appId" | "oauthRoot">,
  callback: string,
  verifier: string,
): string {
  const query = new URLSearchParams({
    app_id: appId,
    redirect_uri: callback,
    code_challenge: challengeOf(verifier),
    state: stateOf(verifier),
  });
  return `${oauthRoot}/v4/oa/permission?${query.toString()}`;
}

/** What an operator pasted: a code, the network's own refusal, the answer to another login, or nothing of use. */
export type Pasted =
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "refused"; readonly error: string }
  | { readonly kind: "other-login" }
  | { readonly kind: "unclear" };

/**
 * Takes the address that the browser landed on, or the code alone. A link of the console's own carries no state of
 * ours; a state that is another one is refused.
 */
export function readPasted(pasted: string, verifier: string): Pasted {
  const text = pasted.trim();
  if (/^[\w.~-]{16,}$/.test(text)) return { kind: "code", code: text };
  const query = new URLSearchParams(text.slice(text.indexOf("?") + 1).split("#")[0]);
  const state = query.get("state") ?? "";
  const error = query.get("error") ?? query.get("error_code") ?? "";
  const code = query.get("code") ?? "";
  if (code !== "")
    return state === "" || state === stateOf(verifier) ? { kind: "code", code } : { kind: "other-login" };
  return /^-?\d{1,6}$/.test(error) ? { kind: "refused", error } : { kind: "unclear" };
}

/** Comes back with the code of a link of ours; always the same for a verifier, and gives nothing of it away. */
function stateOf(verifier: string): string {
  return createHash("sha256").update(`state ${verifier}`).digest("base64url").slice(0, 22);
}
