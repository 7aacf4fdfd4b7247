import { isAxiosError } from "axios";
import { ChannelError } from "./channel-error.ts";
import { neverLeft } from "./never-left.ts";

/**
 * A failure below HTTP. Carries the system's code alone: axios' own error holds the address of the request with its
 * token, the headers and the body.
 */
export function axiosFailure(error: unknown): ChannelError {
  const code = isAxiosError(error) ? (error.code ?? "") : "";
  const detail = /^[A-Z][A-Z0-9_]{1,47}$/.test(code) ? code : "no-answer";
  return new ChannelError(beforeRequest(error) || neverLeft(code) ? "unavailable" : "uncertain", detail);
}

function beforeRequest(error: unknown): boolean {
  const cause = isAxiosError(error) ? error.cause : undefined;
  if (cause === undefined || !("syscall" in cause)) return false;
  return cause.syscall === "connect" || cause.syscall === "getaddrinfo";
}
