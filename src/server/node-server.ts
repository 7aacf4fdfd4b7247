import { createServer, type RequestListener, type Server } from "node:http";
import type { Running } from "./running.ts";
import type { Webhooks } from "./webhooks.ts";

/** How long anybody may keep a connection without getting on, in milliseconds. */
export interface Timeouts {
  /** For all headers of a request. */
  readonly headers: number;
  /** For a whole request, not for its answer: polls of the web chat stay open for 25 s. */
  readonly request: number;
  /** Without a byte in either direction while a request is in progress. */
  readonly silence: number;
  /** Between two requests; above what proxies keep, so that they do not send into a closing connection. */
  readonly idle: number;
  /** How often the first two are looked after. */
  readonly look: number;
}

export const USUAL_TIMEOUTS: Timeouts = {
  headers: 10_000,
  request: 30_000,
  silence: 60_000,
  idle: 72_000,
  look: 5_000,
};

/** Bytes of all headers of a request, more is answered with 431; a portal's cookies have to fit. */
const HEADERS_MAX = 16 * 1024;

/** The server below the router: webhooks are answered at once, everything else goes on to the router. */
export function createNodeServer(
  router: RequestListener,
  webhooks: Webhooks,
  running: Running,
  timeouts: Timeouts,
): Server {
  const options = {
    headersTimeout: timeouts.headers,
    requestTimeout: timeouts.request,
    keepAliveTimeout: timeouts.idle,
    connectionsCheckingInterval: timeouts.look,
    maxHeaderSize: HEADERS_MAX,
  };
  const server = createServer(options, (request, response) => {
    running.begin(response);
    if (!webhooks.take(request, response)) router(request, response);
  });
  server.setTimeout(timeouts.silence);
  return server;
}
