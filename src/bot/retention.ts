import type { ChannelName } from "../channels/port.ts";
import type { Session } from "../flow/session.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A person who chose to stay known is forgotten after a year without a word. */
const KNOWN_MS = 365 * DAY_MS;
/** A web visitor who did not is a stranger again this long after their last word; closing the page is the same. */
const WEB_MS = 2 * HOUR_MS;
/** On chat networks a person who did not agree to be known is a stranger again after a day without a word. */
const NETWORK_MS = DAY_MS;

/**
 * When everything held about a citizen is deleted unless they write before; milliseconds since 1970. It counts from their
 * last input: nothing that the bot does by itself keeps anybody longer.
 */
export function expiresAt({ me, topics, at }: Session, channel: ChannelName): number {
  if (me.keep === true || topics.length > 0) return at + KNOWN_MS;
  return at + (channel === "web" || channel === "terminal" ? WEB_MS : NETWORK_MS);
}
