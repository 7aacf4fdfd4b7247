import fastify, { type FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { AppError } from "../errors.ts";
import { secureHeaders, webhookHeaders } from "./headers.ts";
import { type LoginPage, loginRoute } from "./login-page.ts";
import type { Metrics } from "./metrics.ts";
import { metricsRoute } from "./metrics-route.ts";
import { createNodeServer, type Timeouts, USUAL_TIMEOUTS } from "./node-server.ts";
import type { Problems, ServerPart } from "./part.ts";
import { probeRoutes, type ReadyParts } from "./probes.ts";
import { Running } from "./running.ts";
import { type WebhookMount, Webhooks } from "./webhooks.ts";

/** How long running requests may take to finish when the server stops; browsers and networks repeat what was cut. */
const CLOSE_MS = 5_000;
/** Bytes of a request to the router: 4,000 units of text as JSON take at most 24,000. Webhooks have their own limits. */
const BODY_MAX = 32 * 1024;

export interface ServerDeps {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where people reach this server; an `https:` address turns on strict transport security. */
  readonly publicUrl?: string;
  readonly log: Logger;
  readonly parts: readonly ServerPart[];
  readonly problems: Problems;
  /** The networks that are on; those that poll have no webhooks. */
  readonly mounts: readonly WebhookMount[];
  readonly ready: ReadyParts;
  readonly metrics: Metrics;
  /** Opens `/metrics` from elsewhere; absent: to this machine only. */
  readonly metricsToken?: string;
  /** Texts of the page that the operator's consent leads to; absent: there is none. */
  readonly login?: LoginPage;
  readonly timeouts?: Timeouts;
}

export interface RunningServer {
  /** `http://host:port`, with the port really taken. */
  readonly address: string;
  /** Is ready for nothing new, ends what only waits, finishes running requests, then stops. */
  close(): Promise<void>;
}

/** Serves everything that speaks HTTP. Rejects with `AppError`: address_unusable when it cannot listen. */
export async function createServer(deps: ServerDeps): Promise<RunningServer> {
  const { log, mounts, metrics, timeouts = USUAL_TIMEOUTS } = deps;
  const https = deps.publicUrl?.startsWith("https:") ?? false;
  const running = new Running();
  const headers = webhookHeaders(https);
  const webhooks = new Webhooks({ mounts, log, headers, meter: metrics.meter, now: Date.now });
  const app = fastify({
    bodyLimit: BODY_MAX,
    trustProxy: "loopback",
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    // What is no address at all is answered before any hook: it gets the headers of an empty answer.
    frameworkErrors: ({ statusCode = 400 }, _request, reply) => {
      reply.hijack();
      reply.raw.writeHead(statusCode, [...headers, "content-length", "0"]).end();
    },
    serverFactory: (router) => createNodeServer(router, webhooks, running, timeouts),
  });
  let stopping = false;
  await secureHeaders(app, https);
  logRequests(app, log);
  await openRoutes(app, deps, () => stopping);
  const address = await listen(app, deps);
  return {
    address,
    close: async () => {
      stopping = true;
      webhooks.close();
      for (const part of deps.parts) part.stop();
      await running.settled(CLOSE_MS);
      await app.close();
    },
  };
}

async function openRoutes(app: FastifyInstance, deps: ServerDeps, isStopping: () => boolean): Promise<void> {
  const { problems, ready, metrics, metricsToken, login, parts } = deps;
  app.setNotFoundHandler((request, reply) => problems.notFound(request, reply));
  app.setErrorHandler((error, request, reply) => problems.failed(error, request, reply));
  probeRoutes(app, ready, isStopping);
  metricsRoute(app, metrics, metricsToken);
  if (login !== undefined) loginRoute(app, login);
  for (const part of parts) await part.open(app);
}

async function listen(app: FastifyInstance, { host, port }: ServerDeps): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    const advice = "Stop the other program that has it, or set PORT (and HOST) to something else.";
    throw new AppError("address_unusable", `Cannot listen on ${host}:${port} (${code}). ${advice}`, { cause });
  }
}

/** One line for each request: no address, no query, no body, no token. */
function logRequests(app: FastifyInstance, log: Logger): void {
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "none";
    log.info({ route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, "web request");
  });
}
