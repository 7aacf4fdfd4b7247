import { type Actor, demandPlace, ROLES, type Role } from "../access.ts";
import { DeskProblem } from "../problem.ts";
import { hasAdministrator, normalName } from "./accept.ts";
import {
  type Decision,
  demandMember,
  entryBy,
  memberWithLogin,
  nobody,
  notedMember,
  shownMember,
  withMember,
} from "./book.ts";
import { linkName, newLink, withoutLinksOf } from "./links.ts";
import { normalLogin } from "./sign-in.ts";
import {
  type InvitationGiven,
  type Member,
  type MemberGiven,
  type ShownMember,
  type StaffFile,
  type StaffLink,
  StaffName,
  type StaffOffice,
} from "./staff.ts";
import { codeKey } from "./throttle.ts";
import type { StaffTools } from "./tools.ts";

/** What administrators do, each within their own place. */
export function createAccounts(
  tools: StaffTools,
): Pick<StaffOffice, "invite" | "change" | "reset" | "unlock" | "resetLink"> {
  const { book, throttle } = tools;
  return {
    invite: (given, by) => book.change((file) => invited(tools, file, given, by)),
    change: (given, by) => book.change((file) => changed(tools, file, given, by)),
    reset: ({ id, secondFactor }, by) =>
      book.change((file) => {
        if (id === by.id) throw new DeskProblem("forbidden");
        const member = demandOwn(tools, file, id, by);
        if (!member.active) throw new DeskProblem("conflict");
        return resetting(tools, file, { member, secondFactor }, by);
      }),
    async unlock(id, by) {
      const shown = await book.change((file) => unlocked(tools, file, id, by));
      await throttle.forget(shown.login);
      await throttle.forget(codeKey(id));
      return shown;
    },
    resetLink: (login) =>
      book.change((file): Decision<StaffLink | null> => {
        const member = memberWithLogin(file, normalLogin(login));
        if (!member?.active) return { result: null };
        return resetting(tools, file, { member, secondFactor: true }, nobody("command"));
      }),
  };
}

function invited(tools: StaffTools, file: StaffFile, given: InvitationGiven, by: Actor): Decision<StaffLink> {
  const place = placeGiven(tools, given.place, by);
  const about = { name: nameGiven(given.name), roles: inOrder(given.roles), ...place };
  const { link, invitation } = newLink({ kind: "invitation", ...about, by: by.id }, tools);
  const told = { after: { ...about, until: link.until }, ...place };
  return {
    file: { ...file, invitations: [...file.invitations, invitation] },
    entry: entryBy(by, "staff.invite", linkName(invitation), told),
    result: link,
  };
}

function changed(tools: StaffTools, file: StaffFile, given: MemberGiven, by: Actor): Decision<ShownMember> {
  const now = tools.now();
  const before = demandOwn(tools, file, given.id, by);
  const after: Member = {
    ...before,
    ...(given.name !== undefined && { name: nameGiven(given.name) }),
    ...(given.roles !== undefined && { roles: inOrder(given.roles) }),
    ...(given.place !== undefined && { place: undefined, ...placeGiven(tools, given.place, by) }),
    ...(given.active !== undefined && { active: given.active }),
  };
  const rights = rightsOf(before) !== rightsOf(after);
  if (!rights && after.name === before.name) return { result: shownMember(before, now) };
  if (rights && given.id === by.id) throw invalid("roles", "own-roles");
  const next = rights
    ? withMember(withoutLinksOf(file, given.id), { ...after, changedAt: now })
    : withMember(file, after);
  if (hasAdministrator(file) && !hasAdministrator(next)) throw invalid("roles", "last-admin");
  return {
    file: next,
    entry: entryBy(by, "staff.change", given.id, aboutMember(after, { before: notedMember(before) })),
    result: shownMember(demandMember(next, given.id), now),
  };
}

function resetting(
  tools: StaffTools,
  file: StaffFile,
  { member, secondFactor }: { readonly member: Member; readonly secondFactor: boolean },
  by: Pick<Actor, "id" | "name" | "via">,
): Decision<StaffLink> {
  const about = { kind: "reset" as const, member: member.id, name: member.name, roles: member.roles, secondFactor };
  const maker = by.id === nobody("command").id ? {} : { by: by.id };
  const { link, invitation } = newLink({ ...about, ...maker }, tools);
  const others = file.invitations.filter((other) => other.member !== member.id);
  const after = { secondFactor: secondFactor ? "anew" : "kept", link: linkName(invitation), until: link.until };
  return {
    file: { ...file, invitations: [...others, invitation] },
    entry: entryBy(by, "staff.reset", member.id, { after, ...(member.place !== undefined && { place: member.place }) }),
    result: link,
  };
}

function unlocked(tools: StaffTools, file: StaffFile, id: string, by: Actor): Decision<ShownMember> {
  const { failures, lockedUntil, ...rest } = demandOwn(tools, file, id, by);
  const after: Member = { ...rest, failures: 0 };
  const told = { before: { failures, lockedUntil }, after: { failures: 0 } };
  return {
    file: withMember(file, after),
    entry: entryBy(by, "staff.unlock", id, { ...told, ...(after.place !== undefined && { place: after.place }) }),
    result: shownMember(after, tools.now()),
  };
}

/** A member whose place is this person's business. Throws `DeskProblem` not-found, outside-place. */
function demandOwn({ places }: StaffTools, file: StaffFile, id: string, by: Actor): Member {
  const member = demandMember(file, id);
  demandPlace(by, member.place, places.provinceOf);
  return member;
}

/** Throws `DeskProblem` invalid for a place that is not there, outside-place for one that is wider than `by`'s own. */
function placeGiven({ places }: StaffTools, given: string | undefined, by: Actor): { readonly place?: string } {
  const place = given === "" ? undefined : given;
  if (place !== undefined && places.name(place) === undefined) throw invalid("place", "place");
  demandPlace(by, place, places.provinceOf);
  return place === undefined ? {} : { place };
}

function nameGiven(typed: string): string {
  const name = normalName(typed);
  if (!StaffName.safeParse(name).success) throw invalid("name", "name");
  return name;
}

function inOrder(roles: readonly Role[]): Role[] {
  return ROLES.filter((role) => roles.includes(role));
}

function rightsOf({ roles, place, active }: Member): string {
  return JSON.stringify([inOrder(roles), place ?? "", active]);
}

function aboutMember(after: Member, told: { readonly before: unknown }): Parameters<typeof entryBy>[3] {
  return { ...told, after: notedMember(after), ...(after.place !== undefined && { place: after.place }) };
}

function invalid(field: string, text: string): DeskProblem {
  return new DeskProblem("invalid", [{ field, text: `desk.invalid.${text}` }]);
}
