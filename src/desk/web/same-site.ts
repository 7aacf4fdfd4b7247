import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a form comes from our own pages, as far as the browser says. Pages without a referrer send `Origin: null`;
 * what neither header settles is left to the token in the form and to the cookie, which other sites cannot send along.
 */
export function isOwnForm(headers: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  const { origin, host } = headers;
  if (origin === undefined || origin === "null") return true;
  return publicUrl === undefined ? URL.parse(origin)?.host === host : origin === new URL(publicUrl).origin;
}

/** Whether somebody followed a link from elsewhere, such as an e-mail: browsers send no strict cookie along then. */
export function isFromElsewhere(headers: IncomingHttpHeaders): boolean {
  return headers["sec-fetch-site"] === "cross-site" && headers["sec-fetch-mode"] === "navigate";
}

/** Where to go after signing in: a page of the desk, whatever the address says. */
export function ownPath(next: string | undefined): string {
  const url = next === undefined ? null : URL.parse(next, BASE);
  if (url === null || url.origin !== BASE || !/^\/desk(?:\/|$)/.test(url.pathname)) return HOME;
  return NOT_AFTER.test(url.pathname) ? HOME : `${url.pathname}${url.search}`;
}

export const HOME = "/desk";
const BASE = "http://desk.invalid";
const NOT_AFTER = /^\/desk\/(?:sign-in|sign-out|code|enrol|accept)(?:\/|$)/;
