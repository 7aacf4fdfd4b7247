import { z } from "zod";
import { type Html, html } from "../../../server/html.ts";
import { ROLES } from "../../access.ts";
import type { FieldIssue } from "../../problem.ts";
import type { ShownMember } from "../../staff/staff.ts";
import { choices, formTo, input, issueSummary, link, press, submit } from "../parts.ts";
import { placeField } from "../place-field.ts";
import { type FormBody, type Here, many, one, type Page, type RevealHere } from "../route.ts";
import { moment } from "../words.ts";

type Issues = readonly FieldIssue[];

export function invitePage(here: Here, body: FormBody, issues: Issues): Page {
  const { say, actor } = here;
  const place = { hint: placeHint(here), typed: one(body, "place") || undefined, code: actor.place };
  const fields = html`${nameField(here, one(body, "name"), issues)}
${rolesField(here, many(body, "roles"), issues)}
${placeField(here, place, issues)}
${submit(say("desk.staff.invite_do"))}`;
  return {
    title: say("desk.staff.invite"),
    body: html`${issueSummary(here, issues)}<p>${say("desk.staff.invite_what")}</p>${formTo(here, "/staff/invite", fields)}`,
  };
}

/** `body`: what was entered, where it did not fit; null: as the member is. */
export function memberPage(here: Here, member: ShownMember, body: FormBody | null, issues: Issues): Page {
  const { say, actor } = here;
  const own = member.id === actor.id;
  const roles = body === null ? member.roles : many(body, "roles");
  const active = body === null ? member.active : one(body, "active") === "yes";
  const place = { hint: placeHint(here), typed: body === null ? undefined : one(body, "place"), code: member.place };
  const fields = html`${nameField(here, body === null ? member.name : one(body, "name"), issues)}
${rolesField(here, roles, issues)}
${placeField(here, place, issues)}
${choices(here, { name: "active", label: say("desk.staff.active") }, [{ value: "yes", label: say("desk.staff.active_what") }], active ? ["yes"] : [])}
${submit(say("desk.save"))}`;
  const rest = own ? html`<p class="hint">${say("desk.staff.yourself")}</p>` : helpParts(here, member);
  return {
    title: member.name,
    body: html`${issueSummary(here, issues)}
<p class="muted">${say("desk.field.login")}: ${member.login}</p>
${formTo(here, `/staff/${member.id}`, fields)}${rest}
<p>${link("/staff", say("desk.staff.back"))}</p>`,
  };
}

/** For somebody who cannot come in. */
function helpParts(here: Here, { id, lockedUntil, secondFactor, active }: ShownMember): Html {
  const { say, lang } = here;
  const unlock =
    lockedUntil === undefined
      ? html``
      : html`<section class="panel"><h2>${say("desk.staff.unlock")}</h2>
<p>${say("desk.staff.unlock_what", { until: moment(lang, lockedUntil) })}</p>
${press(here, `/staff/${id}/unlock`, say("desk.staff.unlock_do"))}</section>`;
  if (!active) return unlock;
  const anew = [{ value: "yes", label: say("desk.staff.reset_second_factor") }];
  const option = secondFactor
    ? choices(here, { name: "secondFactor", label: say("desk.field.second_factor") }, anew, [])
    : html``;
  return html`${unlock}<section class="panel"><h2>${say("desk.staff.reset")}</h2>
<p>${say("desk.staff.reset_what")}</p>
${formTo(here, `/staff/${id}/reset`, html`${option}${submit(say("desk.staff.reset_do"), "quiet")}`)}</section>`;
}

function nameField(here: Here, value: string, issues: Issues): Html {
  const { say } = here;
  const name = { name: "name", label: say("desk.field.name"), hint: say("desk.hint.name"), value };
  return input(here, { ...name, required: true, autocomplete: "off", maxlength: 80 }, issues);
}

function rolesField(here: Here, chosen: readonly string[], issues: Issues): Html {
  const { say } = here;
  const options = ROLES.map((value) => ({
    value,
    label: `${say(`desk.role.${value}`)}: ${say(`desk.role_what.${value}`)}`,
  }));
  return choices(here, { name: "roles", label: say("desk.field.roles") }, options, chosen, { issues });
}

function placeHint({ say, actor }: Here): string {
  return say(actor.place === undefined ? "desk.hint.place" : "desk.hint.place_within");
}

const Link = z.object({ token: z.string(), until: z.number() });

/** Shows a one-time link, this once. */
export function linkPage(kind: "invitation" | "reset"): (here: RevealHere, result: unknown) => Promise<Page> {
  return async ({ say, lang, origin }, result) => {
    const { token, until } = Link.parse(result);
    const body = html`<p>${say(`desk.staff.link_${kind}`)}</p>
<div class="field"><label for="f-link">${say("desk.staff.link_label")}</label>
<input id="f-link" readonly value="${origin}/desk/accept/${token}" data-copy="${say("desk.staff.link_copy")}" data-copied="${say("desk.staff.link_copied")}"></div>
<p class="hint">${say("desk.staff.link_until", { until: moment(lang, until) })}</p>
<p>${link("/staff", say("desk.staff.back"))}</p>`;
    return { title: say("desk.staff.link_title"), body, scripts: ["copy.js"] };
  };
}
