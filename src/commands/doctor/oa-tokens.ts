import type { Keyring } from "../../stores/keyring.ts";
import type { TeamStore } from "../../stores/team-store.ts";
import { zaloOaTokens } from "../zalo-oa-tokens.ts";
import type { OaTokens } from "./zalo-oa.ts";

/** What a login left. `unreadable`: there is one, sealed with keys that are not here. */
export async function oaTokens(team: TeamStore, keyring: Keyring | null): Promise<OaTokens | "none" | "unreadable"> {
  const login = await team.read("zalo_oa");
  if (login?.pair === undefined) return "none";
  if (keyring === null) return "unreadable";
  return zaloOaTokens(team, keyring)
    .read()
    .then(
      (pair) => pair ?? "none",
      () => "unreadable" as const,
    );
}
