import type { CitizenKey, TurnCommit } from "../../src/stores/citizen-store.ts";
import { count, DAY, message, NOW, turn } from "./sample-turn.ts";

export const CITIZENS = ["an", "binh", "chi", "dung", "giang", "hoa"] as const;

/** The n-th turn of a citizen: one message, one count, and n in the session, so that a half would show. */
export function numberedTurn(key: CitizenKey, n: number): TurnCommit {
  const parts = { session: { n }, messages: [message(`tin ${n}`)], counts: [count("turn")], expiresAt: NOW + DAY };
  return { ...turn("", `input ${n}`, parts), key };
}
