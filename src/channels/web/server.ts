import { fileURLToPath } from "node:url";
import fastifyHelmet from "@fastify/helmet";
import fastifyStatic from "@fastify/static";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { z } from "zod";
import { AppError } from "../../errors.ts";
import { Lang, Slug } from "../../flow/ids.ts";
import { serveAssets } from "./assets.ts";
import { chatRoutes } from "./chat-routes.ts";
import { answerPreflight, permitOrigin } from "./cors.ts";
import type { WebDeps } from "./deps.ts";
import { draftRoute } from "./draft-route.ts";
import { createLimits, USUAL_LIMITS } from "./limits.ts";
import { LongPolls } from "./long-poll.ts";
import { renderPage } from "./page.ts";
import { PROBLEMS, problemOf, WebProblem } from "./problem.ts";
import { BODY_MAX } from "./protocol.ts";
import { trackRunning } from "./running.ts";
import { readTexts, type WebTexts } from "./texts.ts";

const PUBLIC_FOLDER = fileURLToPath(new URL("../../../public/", import.meta.url));

/** How long running requests may take to finish when the server stops; a browser repeats what was cut. */
const CLOSE_MS = 5_000;

export interface WebServer {
  /** `http://host:port`, with the port really taken. */
  readonly address: string;
  /** Ends open polls, finishes running requests, then stops. */
  close(): Promise<void>;
}

/**
 * Serves the page, the widget and its API. Rejects with `AppError`: content_invalid when a text is missing,
 * address_unusable when it cannot listen.
 */
export async function createWebServer(deps: WebDeps): Promise<WebServer> {
  const texts = readTexts((lang) => deps.texts(lang));
  const polls = new LongPolls((chat, after) => deps.pending(chat, after));
  const app = fastify({
    bodyLimit: BODY_MAX,
    trustProxy: "loopback",
    exposeHeadRoutes: false,
    forceCloseConnections: true,
  });
  const running = trackRunning(app);
  await secure(app, deps.publicUrl?.startsWith("https:") ?? false);
  logRequests(app, deps);
  answerProblems(app, deps, texts);
  app.get("/healthz", async () => ({ ok: true }));
  pageRoute(app, deps, texts);
  await app.register(async (open) => {
    open.addHook("onRequest", async (request, reply) => permitOrigin(deps.embedOrigins, request, reply));
    apiRoutes(open, deps, texts, polls);
    await serveFiles(open, deps.mediaFolder);
  });
  const address = await listen(app, deps);
  return {
    address,
    close: async () => {
      polls.close();
      await running.settled(CLOSE_MS);
      await app.close();
    },
  };
}

async function listen(app: FastifyInstance, { host, port }: WebDeps): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    const advice = "Stop the other program that has it, or set PORT (and HOST) to something else.";
    throw new AppError("address_unusable", `Cannot listen on ${host}:${port} (${code}). ${advice}`, { cause });
  }
}

function apiRoutes(
  app: FastifyInstance,
  deps: WebDeps,
  texts: Readonly<Record<Lang, WebTexts>>,
  polls: LongPolls,
): void {
  app.addHook("onRequest", async (request, reply) => {
    if (request.url.startsWith("/api/")) reply.header("cache-control", "no-store");
  });
  app.options("/api/*", (_request, reply) => answerPreflight(reply));
  app.get("/api/config", async () => ({
    texts,
    operator: deps.operator,
    calls: { vi: deps.urgentCalls("vi"), en: deps.urgentCalls("en") },
    exitUrl: deps.exitUrl,
  }));
  const limits = createLimits(deps.limits ?? USUAL_LIMITS);
  chatRoutes(app, deps, limits, polls);
  draftRoute(app, deps, limits);
}

const PageQuery = z.object({ lang: Lang.catch("vi"), start: Slug.max(64).catch("") });

function pageRoute(app: FastifyInstance, deps: WebDeps, texts: Readonly<Record<Lang, WebTexts>>): void {
  app.get("/", async (request, reply) => {
    const { lang, start } = PageQuery.parse(request.query);
    const page = { lang, start, texts: texts[lang], calls: deps.urgentCalls(lang), exitUrl: deps.exitUrl };
    return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(renderPage(page));
  });
}

async function secure(app: FastifyInstance, https: boolean): Promise<void> {
  const self = ["'self'"];
  const none = ["'none'"];
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: none,
        scriptSrc: self,
        styleSrc: self,
        imgSrc: self,
        mediaSrc: self,
        connectSrc: self,
        baseUri: none,
        formAction: none,
        frameAncestors: none,
      },
    },
    crossOriginResourcePolicy: { policy: "cross-origin" },
    strictTransportSecurity: https && { maxAge: 31_536_000, includeSubDomains: false },
    xFrameOptions: { action: "deny" },
  });
  app.addHook("onRequest", async (_request, reply) => {
    reply.header("permissions-policy", "geolocation=(self), camera=(), microphone=()");
  });
}

async function serveFiles(app: FastifyInstance, mediaFolder: string | undefined): Promise<void> {
  await serveAssets(app, PUBLIC_FOLDER);
  if (mediaFolder !== undefined) {
    await app.register(fastifyStatic, { root: mediaFolder, prefix: "/media/", index: false, maxAge: "5m" });
  }
}

/** One line for each request: no address, no query, no body, no token. */
function logRequests(app: FastifyInstance, { log }: WebDeps): void {
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "none";
    log.info({ route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, "web request");
  });
}

/** Every failure has the same shape and always says how to reach help. */
function answerProblems(app: FastifyInstance, deps: WebDeps, texts: Readonly<Record<Lang, WebTexts>>): void {
  const answer = (problem: WebProblem, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const lang = langOf(request);
    const { status, text } = PROBLEMS[problem.code];
    if (problem.retryAfter !== undefined) reply.header("retry-after", String(problem.retryAfter));
    return reply
      .code(status)
      .header("cache-control", "no-store")
      .send({
        error: { code: problem.code, message: texts[lang][text] },
        help: { message: texts[lang].help_hint, calls: deps.urgentCalls(lang) },
      });
  };
  app.setNotFoundHandler((request, reply) => answer(new WebProblem("not_found"), request, reply));
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (PROBLEMS[problem.code].status >= 500) logFailure(deps, request, problem, error);
    return answer(problem, request, reply);
  });
}

/** The name of the failure only: a message or a stack may quote what a person wrote. */
function logFailure({ log }: WebDeps, request: FastifyRequest, problem: WebProblem, error: unknown): void {
  const what = error instanceof Error ? error.name : typeof error;
  log.error({ route: request.routeOptions.url ?? "none", code: problem.code, what }, "web request failed");
}

const WithLang = z.object({ lang: Lang });

function langOf(request: FastifyRequest): Lang {
  const said = [request.body, request.query].map((part) => WithLang.safeParse(part)).find(({ success }) => success);
  if (said?.data) return said.data.lang;
  return request.headers["accept-language"]?.startsWith("en") ? "en" : "vi";
}
