/** What a citizen did, as the core understands it. */
export type Input =
  | { readonly kind: "text"; readonly text: string }
  /** A pressed button: `flow:node:choice`, as sent with the message (see `choiceToken`). */
  | { readonly kind: "choice"; readonly token: string }
  | { readonly kind: "location"; readonly latitude: number; readonly longitude: number }
  | { readonly kind: "start"; readonly payload?: string }
  /** A sticker, voice, picture or anything else the bot cannot read. */
  | { readonly kind: "unreadable" }
  /** The person blocked the bot or unfollowed: nothing can be sent to them, and nothing should be. */
  | { readonly kind: "left" }
  /** Time has passed; made by the bot's own clock, never by a network. */
  | { readonly kind: "tick" };

/** The token of a button. At most 64 bytes for every choice of every flow (checked), Telegram's limit. */
export function choiceToken(flow: string, node: string, choice: string): string {
  return `${flow}:${node}:${choice}`;
}

/** Tokens of the standing exits, which belong to no node. */
export const EXIT_TOKENS = { menu: "::menu", help: "::help" } as const;

/** The token of a button that does what a link with this payload does; it works for ever, as the link. */
export function linkToken(payload: string): string {
  return choiceToken("", "", payload);
}

/** The parts of a token; null for anything that is not one. */
export function parseToken(token: string): { flow: string; node: string; choice: string } | null {
  const first = token.indexOf(":");
  const second = token.indexOf(":", first + 1);
  if (first < 0 || second < 0 || token.includes(":", second + 1)) return null;
  return { flow: token.slice(0, first), node: token.slice(first + 1, second), choice: token.slice(second + 1) };
}

/** What a link may carry after `start=`: a flow's payload, and after `_` the code of the place of a poster. */
export const PAYLOAD = /^[a-z0-9-]*(?:_(?:\d{2}|\d{5}))?$/;

/** The two halves of a link's payload; "" and undefined where there is none. */
export function readPayload(payload: string): { readonly leadsTo: string; readonly poster: string | undefined } {
  const [leadsTo = "", poster] = payload.split("_");
  return { leadsTo, poster };
}
