import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { DeskProblem } from "../problem.ts";
import { needsOf } from "./guard.ts";
import type { DoRoute, FileRoute, FragmentRoute, Params, RevealRoute, Route, ShowRoute } from "./route.ts";
import { hereOf, type Shell, sendPage, signIn } from "./shell.ts";
import { paramsOf } from "./visit.ts";

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** Registers the pages that staff work with. Throws when a form names an action that does not exist. */
export function pageRoutes(scope: FastifyInstance, shell: Shell): void {
  for (const route of shell.routes) {
    const files = ("files" in route && route.files === true) || isFragment(route);
    scope.route({
      method: route.method,
      url: route.path,
      config: { needs: needsOf(route, shell.desk.actions), files },
      handler: handlerOf(shell, route),
    });
  }
}

function handlerOf(shell: Shell, route: Route): Handler {
  if ("action" in route) return (request, reply) => perform(shell, route, request, reply);
  if ("file" in route) return (request, reply) => sendFile(shell, route, request, reply);
  if (isFragment(route)) return (request, reply) => sendFragment(shell, route, request, reply);
  return (request, reply) => show(shell, route, request, reply);
}

function isFragment(route: Route): route is FragmentRoute {
  return route.method === "POST" && "show" in route;
}

async function show(
  shell: Shell,
  route: ShowRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const page = await route.show(hereOf(shell, request, reply), paramsOf(request));
  return sendPage(shell, request, reply, page);
}

async function sendFile(
  shell: Shell,
  route: FileRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { type, name, body } = await route.file(hereOf(shell, request, reply), paramsOf(request));
  if (name !== undefined)
    reply.header("content-disposition", `attachment; filename="${name.replace(/[^\w.-]/g, "_")}"`);
  return reply.type(type).send(body);
}

async function sendFragment(
  shell: Shell,
  route: FragmentRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { markup } = await route.show(hereOf(shell, request, reply), request.form, paramsOf(request));
  return reply.type("text/html; charset=utf-8").send(markup);
}

async function perform(
  shell: Shell,
  route: DoRoute | RevealRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const here = hereOf(shell, request, reply);
  const params = paramsOf(request);
  const action = shell.desk.actions[route.action];
  if (action === undefined) throw new Error(`no action ${route.action}`);
  try {
    const result = await action.perform(await route.input(request.form, params, here), here.actor);
    // Every session from before a new password is over; this browser gets another one.
    if (route.action === "own.password") await signIn(shell, request, reply, { member: here.actor.id, kind: "full" });
    if ("reveal" in route) {
      const origin = shell.publicUrl ?? `${request.protocol}://${request.host}`;
      return sendPage(shell, request, reply, await route.reveal({ ...here, origin }, result, params));
    }
    return reply.redirect(`/desk${route.done(result, params)}`, 303);
  } catch (error) {
    if (!(error instanceof DeskProblem) || !showsAgain(error)) throw error;
    return again(shell, route, error, params, request, reply);
  }
}

/** Whether the form itself is the right place to say it: what is forbidden or gone has a page of its own. */
function showsAgain({ problem }: DeskProblem): boolean {
  return problem !== "forbidden" && problem !== "not-found";
}

async function again(
  shell: Shell,
  route: DoRoute | RevealRoute,
  problem: DeskProblem,
  params: Params,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const here = hereOf(shell, request, reply);
  const page = await route.again?.(here, problem, request.form, params);
  if (page === undefined) throw problem;
  const alert = problem.issues.length === 0 ? here.say(`desk.problem.${problem.problem}`) : undefined;
  return sendPage(shell, request, reply, page, { status: problem.status, ...(alert !== undefined && { alert }) });
}
