import { ChannelError, type SendFailure } from "../channel-error.ts";

/** A failure by the code the network gave, in the body or as HTTP status. */
export function failureOf(code: number): ChannelError {
  return new ChannelError(FAILURES[code] ?? (code >= 400 && code < 500 ? "refused" : "busy"), String(code));
}

/** A failure of an answer that is not the API's: a page of a gateway, a redirect, a cut body. */
export function strangeAnswer(status: number): ChannelError {
  const detail = `http-${status}`;
  if (status < 300 || status === 408 || status === 504) return new ChannelError("uncertain", detail);
  return new ChannelError(status === 429 ? "rate-limited" : "busy", detail);
}

/** The error table of the Bot API. 403 is listed there as an internal error of the network's. */
const FAILURES: Readonly<Record<number, SendFailure>> = {
  400: "refused",
  401: "unauthorised",
  403: "busy",
  404: "refused",
  408: "uncertain",
  426: "quota-spent",
  429: "rate-limited",
  504: "uncertain",
};
