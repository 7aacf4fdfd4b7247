import { isAxiosError } from "axios";
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

/**
 * A failure below HTTP. Carries the system's code alone: axios' own error holds the address of the request, and with
 * it the token.
 */
export function transportFailure(error: unknown): ChannelError {
  const code = isAxiosError(error) ? (error.code ?? "") : "";
  const detail = /^[A-Z][A-Z0-9_]{1,47}$/.test(code) ? code : "no-answer";
  const neverLeft = beforeRequest(error) || NEVER_LEFT.test(code);
  return new ChannelError(neverLeft ? "unavailable" : "uncertain", detail);
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

/** No connection, no such name, or a certificate that is not trusted. */
const NEVER_LEFT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EPROTO|CERT_|ERR_TLS_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;

function beforeRequest(error: unknown): boolean {
  const cause = isAxiosError(error) ? error.cause : undefined;
  if (cause === undefined || !("syscall" in cause)) return false;
  return cause.syscall === "connect" || cause.syscall === "getaddrinfo";
}
