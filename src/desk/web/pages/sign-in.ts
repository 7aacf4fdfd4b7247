import type { FastifyReply, FastifyRequest } from "fastify";
import { html } from "../../../server/html.ts";
import type { SignIn } from "../../staff/staff.ts";
import { askForMore, type Door, letIn } from "../door.ts";
import { formTo, input, submit } from "../parts.ts";
import { one, type Page } from "../route.ts";
import { ownPath } from "../same-site.ts";
import { drawingOf, dropCookie, type Shell, sayIn, sendPage } from "../shell.ts";
import { queryOf } from "../visit.ts";

export const signInDoors: readonly Door[] = [
  { method: "GET", path: "/sign-in", needs: "nobody", handle: show },
  { method: "POST", path: "/sign-in", needs: "nobody", handle: take },
  { method: "POST", path: "/sign-out", needs: "nobody", handle: leave },
];

async function show(shell: Shell, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (request.visit.actor !== null) return reply.redirect(ownPath(queryOf(request)["next"]), 303);
  return sendPage(shell, request, reply, page(shell, request, reply, ""));
}

async function take(shell: Shell, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const login = one(request.form, "login").toLowerCase();
  const password = typeof request.form["password"] === "string" ? request.form["password"] : "";
  const answer = await shell.desk.staff.signIn(login, password, request.ip);
  if (answer.kind === "in") return letIn(shell, request, reply, answer);
  if (answer.kind !== "refused") return askForMore(shell, request, reply, answer.member);
  const refused = refusal(shell, request, reply, answer, "desk.sign_in.refused");
  return sendPage(shell, request, reply, page(shell, request, reply, login), refused);
}

/** Says that it was wrong and when to try again; never which of name and password, nor whether somebody exists. */
export function refusal(
  shell: Shell,
  { visit }: FastifyRequest,
  reply: FastifyReply,
  { waitSeconds }: Extract<SignIn, { kind: "refused" }>,
  key: string,
): { readonly status: number; readonly alert: string } {
  const say = sayIn(shell, visit.lang);
  if (waitSeconds <= 0) return { status: 422, alert: say(key) };
  reply.header("retry-after", String(Math.ceil(waitSeconds)));
  const wait =
    waitSeconds < 60
      ? say("desk.sign_in.wait_little")
      : say("desk.sign_in.wait", { minutes: Math.ceil(waitSeconds / 60) });
  return { status: 429, alert: `${say(key)} ${wait}` };
}

function page(shell: Shell, request: FastifyRequest, reply: FastifyReply, login: string): Page {
  const here = drawingOf(shell, request, reply);
  const { say } = here;
  const { said: _, ...kept } = queryOf(request);
  const query = new URLSearchParams(kept).toString();
  const fields = html`${input(here, { name: "login", label: say("desk.field.login"), value: login, required: true, autocomplete: "username", maxlength: 64 })}
${input(here, { name: "password", label: say("desk.field.password"), type: "password", required: true, autocomplete: "current-password", maxlength: 200 })}
${submit(say("desk.sign_in.do"))}`;
  const body = html`<p>${say("desk.sign_in.intro")}</p>
${formTo(here, `/sign-in${query === "" ? "" : `?${query}`}`, fields)}
<p class="hint">${say("desk.sign_in.forgotten")}</p>`;
  return { title: say("desk.sign_in.title"), body };
}

async function leave(shell: Shell, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { session } = request.visit;
  if (session !== null) await shell.sessions.end(session);
  dropCookie(shell, reply);
  return reply.redirect(`/desk/sign-in?said=signed-out&lang=${request.visit.lang}`, 303);
}
