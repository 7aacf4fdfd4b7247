import { z } from "zod";
import { type Html, html } from "../../../server/html.ts";
import { DeskProblem, type FieldIssue } from "../../problem.ts";
import type { ShownMember } from "../../staff/staff.ts";
import { formTo, input, issueSummary, press, submit } from "../parts.ts";
import type { FormBody, Here, Page, Route } from "../route.ts";
import { placeWords, rolesWords } from "../words.ts";

/** One's own account. What changes the session itself is in `account-doors.ts`. */
export const accountRoutes: readonly Route[] = [
  { method: "GET", path: "/account", right: "own", show: (here) => accountPage(here, []) },
  {
    method: "POST",
    path: "/account/password",
    action: "own.password",
    input: passwordInput,
    done: () => "/account?said=password",
    again: (here, { issues }) => accountPage(here, issues),
  },
  { method: "POST", path: "/account/test-code", action: "own.test-code", input: () => ({}), reveal: testCodePage },
  {
    method: "POST",
    path: "/account/test-forget",
    action: "own.test-forget",
    input: () => ({}),
    done: () => "/account?said=test-forgotten",
  },
];

export async function accountPage(here: Here, issues: readonly FieldIssue[]): Promise<Page> {
  const member = await here.desk.staff.member(here.actor.id);
  if (member === null) throw new DeskProblem("not-found");
  const body = html`${issueSummary(here, issues)}
${facts(here, member)}
${passwordPart(here, issues)}
${secondFactorPart(here, member)}
${testPart(here, member)}
${leavePart(here)}`;
  return { title: here.say("desk.account.title"), body };
}

function facts(here: Here, { login, roles, place, secondFactor }: ShownMember): Html {
  const { say } = here;
  const rows = [
    [say("desk.field.login"), login],
    [say("desk.field.roles"), rolesWords(here, roles)],
    [say("desk.field.place"), placeWords(here, place)],
    [say("desk.field.second_factor"), say(`desk.second_factor.${secondFactor ? "on" : "off"}`)],
  ];
  return html`<dl class="terms">${rows.map(([name = "", value = ""]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

function passwordPart(here: Here, issues: readonly FieldIssue[]): Html {
  const { say } = here;
  const field = (name: string, label: string, autocomplete: string, hint?: string) =>
    input(
      here,
      {
        name,
        label: say(label),
        type: "password",
        required: true,
        autocomplete,
        maxlength: 200,
        ...(hint !== undefined && { hint }),
      },
      issues,
    );
  const fields = html`${field("before", "desk.field.password_now", "current-password")}
${field("after", "desk.field.new_password", "new-password", say("desk.hint.password"))}
${field("again", "desk.field.again", "new-password")}
${submit(say("desk.account.password.do"))}`;
  return html`<section class="panel"><h2>${say("desk.account.password.title")}</h2>
<p>${say("desk.account.password.what")}</p>
${formTo(here, "/account/password", fields)}</section>`;
}

function passwordInput(body: FormBody): unknown {
  const { before = "", after = "", again } = body;
  if (after !== again) throw new DeskProblem("invalid", [{ field: "again", text: "desk.invalid.again" }]);
  return { before, after };
}

function secondFactorPart(here: Here, { secondFactor }: ShownMember): Html {
  const { say } = here;
  const state = secondFactor ? "on" : "off";
  const field = { name: "current", label: say("desk.field.password_now"), type: "password", required: true } as const;
  const fields = html`${input(here, { ...field, autocomplete: "current-password", maxlength: 200 })}
${submit(say(`desk.account.second_factor.do_${state}`), "quiet")}`;
  return html`<section class="panel"><h2>${say("desk.account.second_factor.title")}</h2>
<p>${say(`desk.account.second_factor.${state}`)}</p>
${formTo(here, "/renew", fields)}</section>`;
}

function testPart(here: Here, { testChats }: ShownMember): Html {
  const { say } = here;
  const forget = testChats === 0 ? html`` : press(here, "/account/test-forget", say("desk.account.test.forget"));
  return html`<section class="panel"><h2>${say("desk.account.test.title")}</h2>
<p>${say("desk.account.test.what")}</p>
<p>${testChats === 0 ? say("desk.account.test.none") : say("desk.account.test.count", { count: testChats })}</p>
<div class="row">${press(here, "/account/test-code", say("desk.account.test.do"))}${forget}</div></section>`;
}

function leavePart(here: Here): Html {
  const { say } = here;
  return html`<section class="panel"><h2>${say("desk.account.leave.title")}</h2>
<p>${say("desk.account.leave.what")}</p>
${press(here, "/sign-out-everywhere", say("desk.account.leave.do"))}</section>`;
}

const TestCode = z.object({ code: z.string(), minutes: z.number() });

async function testCodePage({ say }: Here, result: unknown): Promise<Page> {
  const { code, minutes } = TestCode.parse(result);
  const body = html`<p>${say("desk.account.test.code_what", { minutes })}</p>
<p><strong class="secret">${say("desk.account.test.words", { code })}</strong></p>
<ol class="steps"><li>${say("desk.account.test.step_open")}</li><li>${say("desk.account.test.step_send")}</li>
<li>${say("desk.account.test.step_back")}</li></ol>
<p><a class="button quiet" href="/desk/account">${say("desk.account.back")}</a></p>`;
  return { title: say("desk.account.test.code_title"), body };
}
