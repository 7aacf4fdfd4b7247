import type { CitizenKey, Settled, TurnCommit } from "../../src/stores/citizen-store.ts";
import { count, DAY, message, NOW, turn } from "./sample-turn.ts";

export const CITIZENS = ["an", "binh", "chi", "dung", "giang", "hoa"] as const;

/** The n-th turn of a citizen: one message, one count, one name, and n in the session, so that a half would show. */
export function numberedTurn(key: CitizenKey, n: number): TurnCommit {
  const said = { messages: [message(`tin ${n}`)], trail: [`in ${n}`], counts: [count("turn")] };
  const parts = { ...said, session: { n }, expiresAt: NOW + DAY };
  return { ...turn("", `input ${n}`, parts), key };
}

/** What became of the n-th message: one name, one count. */
export function settledMessage(n: number): Settled {
  return { trail: [`out ${n}`], at: NOW, counts: [count("sent")] };
}
