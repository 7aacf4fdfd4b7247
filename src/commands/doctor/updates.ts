/** How updates reach the bot, by what the network says of its webhook. */
export type UpdateWay = "polling" | "polling-blocked" | "webhook" | "at-start" | "missing" | "elsewhere";

export interface Webhooked {
  /** What the network has; empty for none. */
  readonly set: string;
  /** Where this bot takes updates, or at least how that begins; undefined when it polls. */
  readonly expected: string | undefined;
  /** A bot that runs has set its webhook already; one that does not will at its start. */
  readonly running: boolean;
}

export function updateWay({ set, expected, running }: Webhooked): UpdateWay {
  if (expected === undefined) return set === "" ? "polling" : "polling-blocked";
  if (set.startsWith(expected)) return "webhook";
  if (!running) return "at-start";
  return set === "" ? "missing" : "elsewhere";
}

/** The server of an address, for people to recognise; the path of a webhook is nobody's business. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "?";
}
