import fastifyCookie from "@fastify/cookie";
import fastifyCsrf from "@fastify/csrf-protection";
import fastifyFormbody from "@fastify/formbody";
import fastifyMultipart from "@fastify/multipart";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { html } from "../../server/html.ts";
import type { ServerPart } from "../../server/part.ts";
import { doorRoutes } from "./doors.ts";
import { FORM_MAX, fieldsOf, readParts, typedIn } from "./form.ts";
import { demandForm, judge } from "./guard.ts";
import { deskHeaders } from "./headers.ts";
import { menuOf } from "./nav.ts";
import { one } from "./route.ts";
import { pageRoutes } from "./routes.ts";
import { isFromElsewhere } from "./same-site.ts";
import { Sessions } from "./sessions.ts";
import { bindingOf, cookieOptions, type DeskDeps, type Shell, sayIn, sendPage } from "./shell.ts";
import { toldOf, WebTrouble } from "./trouble.ts";
import { strangerOf, visitOf } from "./visit.ts";

/** The desk on the web: everything below `/desk`, in a scope of its own. `open` rejects with `StoreError`. */
export function createDesk(deps: DeskDeps): ServerPart {
  return {
    async open(app) {
      const shell = await openShell(deps);
      await app.register((scope) => openScope(scope, shell), { prefix: "/desk" });
    },
    stop: () => undefined,
  };
}

async function openShell(deps: DeskDeps): Promise<Shell> {
  const secure = deps.publicUrl?.startsWith("https:") ?? false;
  return {
    ...deps,
    secure,
    sessions: await Sessions.open(deps.team, deps.now),
    // A name with this prefix can only be set by this very host, over https, for all paths.
    cookie: secure ? "__Host-antam" : "antam",
    menu: menuOf(deps.routes),
  };
}

async function openScope(scope: FastifyInstance, shell: Shell): Promise<void> {
  scope.decorateRequest("visit");
  scope.decorateRequest("form");
  scope.decorateRequest("csrf", null);
  await scope.register(fastifyCookie, { secret: shell.keyring.secretFor("desk-session") });
  await scope.register(fastifyFormbody, { bodyLimit: FORM_MAX });
  await scope.register(fastifyMultipart);
  await scope.register(fastifyCsrf, {
    sessionPlugin: "@fastify/cookie",
    cookieKey: `${shell.cookie}-form`,
    cookieOpts: { ...cookieOptions(shell.secure), signed: true },
    csrfOpts: { hmacKey: shell.keyring.secretFor("desk-form"), userInfo: true },
    getUserInfo: bindingOf,
    getToken: ({ form }) => one(form, "_csrf"),
  });
  scope.setNotFoundHandler((request, reply) => tell(shell, new WebTrouble("not-here"), request, reply));
  scope.setErrorHandler((error, request, reply) => tell(shell, error, request, reply));
  watch(scope, shell);
  doorRoutes(scope, shell);
  pageRoutes(scope, shell);
}

/** What happens to every request before its route sees it: who, whether, what, and whether the form is ours. */
function watch(scope: FastifyInstance, shell: Shell): void {
  scope.addHook("onRequest", async (request, reply) => {
    deskHeaders(reply);
    request.form = {};
    request.visit = strangerOf(request);
    request.visit = await visitOf(request, shell.cookie, shell.sessions, shell.desk);
    const { visit, headers } = request;
    if (request.method === "GET" && visit.session === null && isFromElsewhere(headers))
      return askAgain(shell, request, reply);
  });
  scope.addHook("preHandler", async (request, reply) => {
    request.form = fieldsOf(request.body);
    const first = judge(request, shell.publicUrl);
    if (first !== undefined) return reply.redirect(`${first}?next=${encodeURIComponent(request.url)}`, 303);
    demandForm(request);
    if (request.isMultipart()) request.form = await readParts(request);
  });
  scope.addHook("preHandler", (request, reply, done) => {
    if (request.method === "POST") scope.csrfProtection(request, reply, done);
    else done();
  });
}

/** A link from an e-mail brings no strict cookie along: the page asks for itself once more, now from here. */
function askAgain(shell: Shell, { visit }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const say = sayIn(shell, visit.lang);
  const page = html`<!doctype html>
<html lang="${visit.lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0">
<title>${say("desk.name")} – An Tâm</title>
</head>
<body><p><a href="">${say("desk.go_on")}</a></p></body>
</html>
`;
  return reply.type("text/html; charset=utf-8").send(page.markup);
}

/** A page about what did not work, in the person's language. The log gets the name of an unexpected failure only. */
function tell(shell: Shell, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const told = toldOf(error);
  if (told.status >= 500) {
    const what = error instanceof Error ? error.name : typeof error;
    shell.log.error({ route: request.routeOptions.url ?? "none", what }, "desk request failed");
  }
  const say = sayIn(shell, request.visit.lang);
  const typed = told.keeps && request.method === "POST" ? typedIn(request.form) : [];
  const kept = typed.map(
    (text) => html`<textarea readonly rows="4" aria-label="${say("desk.typed")}">
${text}</textarea>`,
  );
  const body = html`${told.texts.map(({ text, params }) => html`<p>${say(text, params)}</p>`)}
${kept.length === 0 ? html`` : html`<h2>${say("desk.typed")}</h2><div class="field">${kept}</div>`}
<p><a class="button quiet" href="/desk">${say("desk.home")}</a></p>`;
  return sendPage(shell, request, reply, { title: say(told.title), body }, { status: told.status });
}
