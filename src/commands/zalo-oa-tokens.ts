import { newVerifier } from "../channels/zalo-oa/consent.ts";
import { TokenPair, type TokenStore } from "../channels/zalo-oa/token-pair.ts";
import { StoreError } from "../errors.ts";
import type { Keyring } from "../stores/keyring.ts";
import type { TeamStore } from "../stores/team-store.ts";

/** What a Zalo Official Account gave, sealed in the team's document `zalo_oa`. */
export interface ZaloOaTokens extends TokenStore {
  /** Of PKCE: made the first time, the same ever after. */
  verifier(): Promise<string>;
}

/** Rejects with `StoreError` when the document cannot be read or written, or was sealed with other keys. */
export function zaloOaTokens(team: TeamStore, keyring: Keyring): ZaloOaTokens {
  const stored = async () => (await team.read("zalo_oa")) ?? {};
  const seal = (plain: string) => Buffer.from(keyring.seal(plain, ABOUT)).toString("base64");
  const open = (sealed: string) => keyring.open(Buffer.from(sealed, "base64"), ABOUT);
  return {
    async read() {
      const { pair } = await stored();
      return pair === undefined ? null : pairOf(open(pair));
    },
    async write(pair) {
      await team.write("zalo_oa", { ...(await stored()), pair: seal(JSON.stringify(pair)) });
    },
    async verifier() {
      const before = await stored();
      if (before.verifier !== undefined) return open(before.verifier);
      const verifier = newVerifier();
      await team.write("zalo_oa", { ...before, verifier: seal(verifier) });
      return verifier;
    },
  };
}

const ABOUT = "zalo-oa-tokens";

function pairOf(text: string): TokenPair {
  const parsed = TokenPair.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new StoreError("zalo_oa.json holds no tokens of a Zalo OA. Log in again: npm run zalo-oa -- login");
}
