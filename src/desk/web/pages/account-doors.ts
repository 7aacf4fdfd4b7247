import type { FastifyReply, FastifyRequest } from "fastify";
import { type Door, visitorOf } from "../door.ts";
import { one } from "../route.ts";
import { ownPath } from "../same-site.ts";
import { HALF_MS } from "../sessions.ts";
import { dropCookie, hereOf, type Shell, sendPage } from "../shell.ts";
import { accountPage } from "./account.ts";
import { refusal } from "./sign-in.ts";

/** What of one's own account changes the session itself. */
export const accountDoors: readonly Door[] = [
  { method: "POST", path: "/sign-out-everywhere", needs: "own", handle: leaveEverywhere },
  { method: "POST", path: "/renew", needs: "own", handle: renew },
  { method: "POST", path: "/language", needs: "own", handle: changeLanguage },
];

async function leaveEverywhere(shell: Shell, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  await shell.sessions.endAll(visitorOf(request).member.id);
  dropCookie(shell, reply);
  return reply.redirect(`/desk/sign-in?said=signed-out-everywhere&lang=${request.visit.lang}`, 303);
}

/** Another second factor: only for who gives the password once more, so that an unlocked computer is not enough. */
async function renew(shell: Shell, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { session, member } = visitorOf(request);
  const password = typeof request.form["current"] === "string" ? request.form["current"] : "";
  const answer = await shell.desk.staff.signIn(member.login, password, request.ip);
  if (answer.kind === "refused") {
    const refused = refusal(shell, request, reply, answer, "desk.invalid.password-before");
    return sendPage(shell, request, reply, await accountPage(hereOf(shell, request, reply), []), refused);
  }
  session.renewsUntil = shell.now() + HALF_MS;
  session.setup = null;
  return reply.redirect("/desk/enrol", 303);
}

async function changeLanguage(shell: Shell, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { actor } = hereOf(shell, request, reply);
  await shell.desk.actions["own.language"]?.perform({ lang: one(request.form, "lang") }, actor);
  return reply.redirect(ownPath(one(request.form, "back")), 303);
}
