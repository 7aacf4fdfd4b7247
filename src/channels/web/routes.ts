import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { Lang } from "../../flow/ids.ts";
import { PAYLOAD } from "../../flow/input.ts";
import type { Problems, ServerPart } from "../../server/part.ts";
import { serveAssets } from "./assets.ts";
import { chatRoutes } from "./chat-routes.ts";
import { answerPreflight, permitOrigin } from "./cors.ts";
import type { WebDeps } from "./deps.ts";
import { draftRoute } from "./draft-route.ts";
import { createLimits, USUAL_LIMITS } from "./limits.ts";
import { LongPolls } from "./long-poll.ts";
import { renderPage } from "./page.ts";
import { PROBLEMS, problemOf, WebProblem } from "./problem.ts";
import { readTexts, type WebTexts } from "./texts.ts";

const PUBLIC_FOLDER = fileURLToPath(new URL("../../../public/", import.meta.url));

type Texts = Readonly<Record<Lang, WebTexts>>;

export interface WebChat extends ServerPart {
  /** Fit for the whole server: they say how to reach help. */
  readonly problems: Problems;
}

/** The page, the widget and its API. Throws `AppError` (content_invalid) when a text is missing. */
export function createWebChat(deps: WebDeps): WebChat {
  const texts = readTexts((lang) => deps.texts(lang));
  const polls = new LongPolls((chat, after) => deps.pending(chat, after));
  return {
    problems: problemsOf(deps, texts),
    async open(app) {
      pageRoute(app, deps, texts);
      await app.register(async (open) => {
        open.addHook("onRequest", async (request, reply) => permitOrigin(deps.embedOrigins, request, reply));
        apiRoutes(open, deps, texts, polls);
        await serveFiles(open, deps.mediaFolder);
      });
    },
    stop: () => polls.close(),
  };
}

function apiRoutes(app: FastifyInstance, deps: WebDeps, texts: Texts, polls: LongPolls): void {
  app.addHook("onRequest", async (request, reply) => {
    if (request.url.startsWith("/api/")) reply.header("cache-control", "no-store");
  });
  app.options("/api/*", (_request, reply) => answerPreflight(reply));
  app.get("/api/config", async () => ({
    texts,
    operator: deps.operator(),
    calls: { vi: deps.urgentCalls("vi"), en: deps.urgentCalls("en") },
    exitUrl: deps.exitUrl,
  }));
  const limits = createLimits(deps.limits ?? USUAL_LIMITS);
  chatRoutes(app, deps, limits, polls);
  draftRoute(app, deps, limits);
}

const PageQuery = z.object({ lang: Lang.catch("vi"), start: z.string().max(64).regex(PAYLOAD).catch("") });

function pageRoute(app: FastifyInstance, deps: WebDeps, texts: Texts): void {
  app.get("/", async (request, reply) => {
    const { lang, start } = PageQuery.parse(request.query);
    const page = { lang, start, texts: texts[lang], calls: deps.urgentCalls(lang), exitUrl: deps.exitUrl };
    return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(renderPage(page));
  });
}

async function serveFiles(app: FastifyInstance, mediaFolder: string | undefined): Promise<void> {
  await serveAssets(app, PUBLIC_FOLDER);
  if (mediaFolder !== undefined) {
    await app.register(fastifyStatic, { root: mediaFolder, prefix: "/media/", index: false, maxAge: "5m" });
  }
}

/** Every failure has the same shape and always says how to reach help. */
function problemsOf(deps: WebDeps, texts: Texts): Problems {
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
  return {
    notFound: (request, reply) => answer(new WebProblem("not_found"), request, reply),
    failed: (error, request, reply) => {
      const problem = problemOf(error);
      if (PROBLEMS[problem.code].status >= 500) logFailure(deps, request, problem, error);
      return answer(problem, request, reply);
    },
  };
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
