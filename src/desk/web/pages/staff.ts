import { type Html, html } from "../../../server/html.ts";
import { covers } from "../../access.ts";
import { DeskProblem } from "../../problem.ts";
import type { ShownMember } from "../../staff/staff.ts";
import { badge, link, press, table } from "../parts.ts";
import { placeOf } from "../place-field.ts";
import { type Here, many, one, type Page, type Route } from "../route.ts";
import { moment, placeWords, rolesWords } from "../words.ts";
import { invitePage, linkPage, memberPage } from "./staff-forms.ts";

/** Who works here: for administrators, each within their own place. */
export const staffRoutes: readonly Route[] = [
  { method: "GET", path: "/staff", right: "staff.manage", show: list },
  { method: "GET", path: "/staff/invite", right: "staff.manage", show: async (here) => invitePage(here, {}, []) },
  {
    method: "POST",
    path: "/staff/invite",
    action: "staff.invite",
    input: (body, _, here) => ({ name: one(body, "name"), roles: many(body, "roles"), place: placeOf(here, body) }),
    reveal: linkPage("invitation"),
    again: async (here, { issues }, body) => invitePage(here, body, issues),
  },
  {
    method: "POST",
    path: "/staff/links/:id/withdraw",
    action: "staff.withdraw",
    input: (_, { id }) => ({ id }),
    done: () => "/staff?said=withdrawn",
  },
  { method: "GET", path: "/staff/:id", right: "staff.manage", show: (here, { id }) => shown(here, id) },
  {
    method: "POST",
    path: "/staff/:id",
    action: "staff.change",
    input: (body, { id }, here) => ({
      ...{ id, name: one(body, "name"), roles: many(body, "roles"), place: placeOf(here, body) },
      active: one(body, "active") === "yes",
    }),
    done: (_, { id = "" }) => `/staff/${id}?said=saved`,
    again: async (here, { issues }, body, { id }) => memberPage(here, await memberOf(here, id), body, issues),
  },
  {
    method: "POST",
    path: "/staff/:id/unlock",
    action: "staff.unlock",
    input: (_, { id }) => ({ id }),
    done: (_, { id = "" }) => `/staff/${id}?said=unlocked`,
  },
  {
    method: "POST",
    path: "/staff/:id/reset",
    action: "staff.reset",
    input: (body, { id }) => ({ id, secondFactor: one(body, "secondFactor") === "yes" }),
    reveal: linkPage("reset"),
  },
];

async function shown(here: Here, id: string | undefined): Promise<Page> {
  return memberPage(here, await memberOf(here, id), null, []);
}

/** Rejects with `DeskProblem` for somebody who is not there, or whose place is not this person's. */
async function memberOf({ desk, actor }: Here, id: string | undefined): Promise<ShownMember> {
  const member = (await desk.staff.all()).find((one) => one.id === id);
  if (member === undefined) throw new DeskProblem("not-found");
  if (!covers(actor, member.place, desk.places.provinceOf)) throw new DeskProblem("outside-place");
  return member;
}

/** Links that were sent and not used yet; nothing where there are none. */
async function openLinks(here: Here): Promise<Html> {
  const { say, desk, actor, lang } = here;
  const links = await desk.staff.openLinks(actor);
  if (links.length === 0) return html``;
  const rows = links.map(({ link: id, kind, name, roles: given, place, until }) => [
    html`${name}<br><span class="muted">${say(`desk.staff.open_${kind}`)}</span>`,
    rolesWords(here, given),
    placeWords(here, place),
    moment(lang, until),
    press(here, `/staff/links/${id}/withdraw`, say("desk.staff.withdraw")),
  ]);
  const headings = [
    ...["name", "roles", "place"].map((name) => say(`desk.field.${name}`)),
    say("desk.staff.good_until"),
    "",
  ];
  return html`<h2>${say("desk.staff.links")}</h2>${table(say("desk.staff.links_caption"), headings, rows)}`;
}

async function list(here: Here): Promise<Page> {
  const { say, desk, actor } = here;
  const all = await desk.staff.all();
  const own = all.filter(({ place }) => covers(actor, place, desk.places.provinceOf));
  const rows = own
    .toSorted((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name, "vi"))
    .map((member) => [
      html`${link(`/staff/${member.id}`, member.name)}<br><span class="muted">${member.login}</span>`,
      rolesWords(here, member.roles),
      placeWords(here, member.place),
      state(here, member),
    ]);
  const headings = ["name", "roles", "place", "state"].map((name) => say(`desk.field.${name}`));
  const body = html`<p>${say("desk.staff.intro")}</p>
<p>${link("/staff/invite", say("desk.staff.invite"), "button")}</p>
${table(say("desk.staff.caption"), headings, rows)}
${await openLinks(here)}
${roles(here)}`;
  return { title: say("desk.nav.staff"), body };
}

function state({ say, lang }: Here, { active, lockedUntil, secondFactor, roles }: ShownMember) {
  if (!active) return badge(say("desk.staff.off"), "plain");
  if (lockedUntil !== undefined) return badge(say("desk.staff.locked", { until: moment(lang, lockedUntil) }), "bad");
  const needs = roles.includes("admin") || roles.includes("approver");
  if (needs && !secondFactor) return badge(say("desk.staff.no_second_factor"), "wait");
  return badge(say("desk.staff.on"), "good");
}

/** What each role may do, in a sentence. */
function roles({ say }: Here) {
  const rows = (["author", "approver", "directory", "admin"] as const).map(
    (role) => html`<dt>${say(`desk.role.${role}`)}</dt><dd>${say(`desk.role_what.${role}`)}</dd>`,
  );
  return html`<h2>${say("desk.staff.roles")}</h2><dl class="terms">${rows}</dl>`;
}
