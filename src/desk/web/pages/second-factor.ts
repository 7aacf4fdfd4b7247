import type { FastifyReply, FastifyRequest } from "fastify";
import { Html, html } from "../../../server/html.ts";
import { DeskProblem, type FieldIssue } from "../../problem.ts";
import { type Door, letIn, onward, visitorOf } from "../door.ts";
import { type Drawing, formTo, input, issueSummary, submit } from "../parts.ts";
import { one, type Page } from "../route.ts";
import type { Setup } from "../sessions.ts";
import { drawingOf, type Shell, sendPage, signIn } from "../shell.ts";
import { refusal } from "./sign-in.ts";

export const secondFactorDoors: readonly Door[] = [
  { method: "GET", path: "/code", needs: "half", handle: showCode },
  { method: "POST", path: "/code", needs: "half", handle: takeCode },
  { method: "GET", path: "/enrol", needs: "half", handle: showEnrol },
  { method: "POST", path: "/enrol", needs: "half", handle: takeEnrol },
];

async function showCode(shell: Shell, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { session, member } = visitorOf(request);
  if (session.kind === "full") return reply.redirect("/desk", 303);
  if (!member.secondFactor) return reply.redirect(`/desk/enrol${onward(request)}`, 303);
  return sendPage(shell, request, reply, codePage(shell, request, reply));
}

async function takeCode(shell: Shell, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { session, member } = visitorOf(request);
  if (session.kind === "full") return reply.redirect("/desk", 303);
  const answer = await shell.desk.staff.checkCode(member.id, digits(request), request.ip);
  if (answer.kind === "in") return letIn(shell, request, reply, answer);
  const refused = answer.kind === "refused" ? answer : ({ kind: "refused", waitSeconds: 0 } as const);
  const alert = refusal(shell, request, reply, refused, "desk.code.refused");
  return sendPage(shell, request, reply, codePage(shell, request, reply), alert);
}

function codePage(shell: Shell, request: FastifyRequest, reply: FastifyReply): Page {
  const here = drawingOf(shell, request, reply);
  const { say } = here;
  const body = html`<p>${say("desk.code.intro")}</p>
${formTo(here, `/code${onward(request)}`, html`${codeField(here)}${submit(say("desk.sign_in.do"))}`)}
<p class="hint">${say("desk.code.lost")}</p>
${formTo(here, "/sign-out", submit(say("desk.code.other"), "quiet"))}`;
  return { title: say("desk.code.title"), body };
}

/** From the sign-in for who has none yet; else only just after the password was given again: see `account-doors.ts`. */
function maySetUp({ now }: Shell, { session, member }: ReturnType<typeof visitorOf>): boolean {
  return (session.kind === "half" && !member.secondFactor) || now() < session.renewsUntil;
}

async function showEnrol(shell: Shell, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { session, member } = visitorOf(request);
  if (!maySetUp(shell, { session, member }))
    return reply.redirect(session.kind === "full" ? "/desk/account" : "/desk/code", 303);
  session.setup ??= await shell.desk.staff.newSecondFactor(member.id);
  return sendPage(shell, request, reply, enrolPage(shell, request, reply, session.setup, []));
}

async function takeEnrol(shell: Shell, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { session, member } = visitorOf(request);
  const { setup } = session;
  if (setup === null || !maySetUp(shell, { session, member })) return reply.redirect("/desk/enrol", 303);
  try {
    await shell.desk.staff.enrol(member.id, setup.secret, digits(request));
  } catch (error) {
    if (!(error instanceof DeskProblem) || error.problem !== "invalid") throw error;
    const issues = [{ field: "code", text: "desk.invalid.code" }];
    return sendPage(shell, request, reply, enrolPage(shell, request, reply, setup, issues), { status: 422 });
  }
  // Whatever began before the second factor changed is over: every other browser of theirs has to give the new code.
  if (session.kind === "half") return letIn(shell, request, reply, { member });
  await signIn(shell, request, reply, { member: member.id, kind: "full" });
  return reply.redirect("/desk/account?said=second-factor", 303);
}

function enrolPage(
  shell: Shell,
  request: FastifyRequest,
  reply: FastifyReply,
  setup: Setup,
  issues: readonly FieldIssue[],
): Page {
  const here = drawingOf(shell, request, reply);
  const { say } = here;
  const body = html`${issueSummary(here, issues)}
<p>${say("desk.enrol.intro")}</p>
<ol class="steps">
<li>${say("desk.enrol.install")}</li>
<li>${say("desk.enrol.scan")}
<div class="qr" role="img" aria-label="${say("desk.enrol.picture")}">${new Html(setup.svg)}</div>
<p>${say("desk.enrol.by_hand")}<br><code class="secret">${grouped(setup.secret)}</code></p>
<p><a href="${setup.uri}">${say("desk.enrol.same_phone")}</a></p></li>
<li>${say("desk.enrol.first_code")}</li>
</ol>
${formTo(here, `/enrol${onward(request)}`, html`${codeField(here, issues)}${submit(say("desk.enrol.do"))}`)}`;
  return { title: say("desk.enrol.title"), body };
}

function codeField(here: Drawing, issues: readonly FieldIssue[] = []): Html {
  const { say } = here;
  const parts = { name: "code", label: say("desk.field.code"), hint: say("desk.code.hint"), required: true } as const;
  return input(here, { ...parts, autocomplete: "one-time-code", inputmode: "numeric", maxlength: 12 }, issues);
}

/** People copy codes with blanks in between. */
function digits({ form }: FastifyRequest): string {
  return one(form, "code").replace(/\s+/g, "");
}

function grouped(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, "$1 ");
}
