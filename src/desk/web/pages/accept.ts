import type { FastifyReply, FastifyRequest } from "fastify";
import { type Html, html } from "../../../server/html.ts";
import { DeskProblem, type FieldIssue } from "../../problem.ts";
import { type Invitation, needsSecondFactor } from "../../staff/staff.ts";
import { askForMore, type Door, letIn } from "../door.ts";
import { type Drawing, formTo, input, issueSummary, submit } from "../parts.ts";
import { type FormBody, one, type Page } from "../route.ts";
import { drawingOf, type Shell, sendPage } from "../shell.ts";
import { WebTrouble } from "../trouble.ts";
import { paramsOf } from "../visit.ts";

/** Of a link that makes the administrator or a member, or gives a new password: all three are one page. */
export const acceptDoors: readonly Door[] = [
  { method: "GET", path: "/accept/:token", needs: "nobody", handle: show },
  { method: "POST", path: "/accept/:token", needs: "nobody", handle: take },
];

type Offer = Omit<Invitation, "digest">;

async function show(shell: Shell, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const offer = await offerOf(shell, request);
  const page = acceptPage(drawingOf(shell, request, reply), request, offer, { name: offer.name }, []);
  return sendPage(shell, request, reply, page);
}

async function take(shell: Shell, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const offer = await offerOf(shell, request);
  try {
    const member = await accepted(shell, request);
    const more = member.secondFactor || needsSecondFactor(member);
    return more ? askForMore(shell, request, reply, member) : letIn(shell, request, reply, { member });
  } catch (error) {
    if (!(error instanceof DeskProblem) || error.problem !== "invalid") throw error;
    const page = acceptPage(drawingOf(shell, request, reply), request, offer, request.form, error.issues);
    return sendPage(shell, request, reply, page, { status: 422 });
  }
}

async function offerOf(shell: Shell, request: FastifyRequest): Promise<Offer> {
  const offer = await shell.desk.staff.invitation(tokenOf(request));
  if (offer === null) throw new WebTrouble("no-link");
  return offer;
}

function accepted(shell: Shell, request: FastifyRequest): ReturnType<Shell["desk"]["staff"]["accept"]> {
  const { form, visit } = request;
  const password = typeof form["password"] === "string" ? form["password"] : "";
  if (password !== form["again"]) throw new DeskProblem("invalid", [{ field: "again", text: "desk.invalid.again" }]);
  const login = one(form, "login").toLowerCase();
  return shell.desk.staff.accept(tokenOf(request), { login, name: one(form, "name"), password, lang: visit.lang });
}

function tokenOf(request: FastifyRequest): string {
  return paramsOf(request)["token"] ?? "";
}

function acceptPage(
  here: Drawing,
  request: FastifyRequest,
  { kind, roles }: Offer,
  form: FormBody,
  issues: readonly FieldIssue[],
): Page {
  const { say } = here;
  const who = kind === "reset" ? html`` : nameFields(here, form, issues);
  const fields = html`${who}${newPasswordFields(here, issues)}${submit(say(`desk.accept.do.${kind}`))}`;
  const names = roles.map((role) => say(`desk.role.${role}`)).join(", ");
  const body = html`${issueSummary(here, issues)}
<p>${say(`desk.accept.intro.${kind}`, { roles: names })}</p>
${formTo(here, `/accept/${encodeURIComponent(tokenOf(request))}?lang=${request.visit.lang}`, fields)}`;
  return { title: say(`desk.accept.title.${kind}`), body };
}

function nameFields(here: Drawing, form: FormBody, issues: readonly FieldIssue[]): Html {
  const { say } = here;
  const name = { name: "name", label: say("desk.field.name"), hint: say("desk.hint.name"), value: one(form, "name") };
  const login = {
    name: "login",
    label: say("desk.field.login"),
    hint: say("desk.hint.login"),
    value: one(form, "login"),
  };
  return html`${input(here, { ...name, required: true, autocomplete: "name", maxlength: 80 }, issues)}
${input(here, { ...login, required: true, autocomplete: "username", maxlength: 64 }, issues)}`;
}

/** A new password, twice. */
export function newPasswordFields(here: Drawing, issues: readonly FieldIssue[]): Html {
  const { say } = here;
  const shared = { type: "password", required: true, autocomplete: "new-password", maxlength: 200 } as const;
  return html`${input(here, { ...shared, name: "password", label: say("desk.field.new_password"), hint: say("desk.hint.password") }, issues)}
${input(here, { ...shared, name: "again", label: say("desk.field.again") }, issues)}`;
}
