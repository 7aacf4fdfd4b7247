import type { ChannelName } from "../channels/port.ts";
import type { CitizenKey, TurnCommit } from "../stores/citizen-store.ts";

/** A commit that deletes the citizen and says nothing; callers put into it what their turn changes. */
export function emptyCommit(key: CitizenKey, channel: ChannelName, at: number): TurnCommit {
  return {
    key,
    channel,
    inputId: "",
    at,
    session: null,
    address: null,
    messages: [],
    trail: [],
    wakeAt: null,
    expiresAt: at,
    counts: [],
    referrals: [],
    submissions: [],
  };
}
