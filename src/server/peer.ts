import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** Headers that a proxy adds. Where one of them is, the request may come from anywhere. */
const FORWARDING = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
  "cf-connecting-ip",
  "true-client-ip",
] as const;

/** Whether the other end of the connection is a program on this machine. */
export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(?:::ffff:)?127\.|^::1$/.test(address);
}

export function isForwarded(headers: IncomingHttpHeaders): boolean {
  return FORWARDING.some((name) => headers[name] !== undefined);
}

/** The address a request came from; behind a proxy on this machine what that proxy says, which is the last entry. */
export function senderOf({ socket, headers }: IncomingMessage): string {
  const peer = socket.remoteAddress ?? "";
  const named = headers["x-forwarded-for"];
  if (typeof named !== "string" || !isLoopback(peer)) return peer;
  return named.slice(named.lastIndexOf(",") + 1).trim();
}
