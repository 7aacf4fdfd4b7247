import { LANGS } from "../../flow/ids.ts";
import { DeskProblem, type FieldIssue } from "../problem.ts";
import {
  type Decision,
  demandMember,
  entryBy,
  memberOf,
  memberWithLogin,
  nobody,
  notedMember,
  shownMember,
  withMember,
} from "./book.ts";
import { goodInvitation, linkName, newLink, withoutLinksOf } from "./links.ts";
import { normalLogin } from "./sign-in.ts";
import {
  type Invitation,
  Login,
  type Member,
  type ShownMember,
  type StaffDoor,
  type StaffFile,
  StaffName,
} from "./staff.ts";
import { codeKey } from "./throttle.ts";
import type { StaffTools } from "./tools.ts";

type Given = Parameters<StaffDoor["accept"]>[1];

/** Links, from both sides: how somebody becomes a member, or gets a new password. */
export function createAccepting(tools: StaffTools): Pick<StaffDoor, "firstLink" | "invitation" | "accept"> {
  const { book, now } = tools;
  return {
    firstLink: () => book.change((file) => firstLink(tools, file)),
    async invitation(token) {
      const found = goodInvitation(await book.read(), token, now());
      if (found === undefined) return null;
      const { digest: _, ...shown } = found;
      return shown;
    },
    accept: (token, given) =>
      accept(tools, token, { ...given, login: normalLogin(given.login), name: normalName(given.name) }),
  };
}

/** Somebody who can give every right for every place has to remain. */
export function hasAdministrator({ members }: StaffFile): boolean {
  return Object.values(members).some(
    ({ active, roles, place }) => active && roles.includes("admin") && place === undefined,
  );
}

export function normalName(typed: string): string {
  return typed.normalize("NFC").replace(/\s+/g, " ").trim();
}

function firstLink(tools: StaffTools, file: StaffFile): Decision<string | null> {
  if (hasAdministrator(file)) return { result: null };
  const { link, invitation } = newLink({ kind: "first-admin", name: "", roles: ["admin"] }, tools);
  const others = file.invitations.filter(({ kind }) => kind !== "first-admin");
  return {
    file: { ...file, invitations: [...others, invitation] },
    entry: entryBy(nobody("command"), "staff.first-link", linkName(invitation)),
    result: link.token,
  };
}

async function accept(tools: StaffTools, token: string, given: Given): Promise<ShownMember> {
  const { book, passwords, now } = tools;
  const file = await book.read();
  const invitation = demandInvitation(file, token, now());
  const member = invitation.kind === "reset" ? memberToReset(file, invitation) : undefined;
  const issues = [
    ...(member === undefined ? accountIssues(file, given) : []),
    ...passwords.issues(given.password, member ?? given, "password"),
  ];
  if (issues.length > 0) throw new DeskProblem("invalid", issues);
  const stored = await passwords.hash(given.password);
  const shown = await book.change((latest) => {
    const used = demandInvitation(latest, token, now());
    return used.kind === "reset"
      ? resets(latest, used, stored, now())
      : joins(latest, used, { ...given, stored }, now());
  });
  await tools.throttle.forget(shown.login);
  await tools.throttle.forget(codeKey(shown.id));
  return shown;
}

function demandInvitation(file: StaffFile, token: string, now: number): Invitation {
  const found = goodInvitation(file, token, now);
  const late = found?.kind === "first-admin" && hasAdministrator(file);
  if (found === undefined || late) throw new DeskProblem("not-found");
  return found;
}

function memberToReset(file: StaffFile, { member: id = "" }: Invitation): Member {
  const member = demandMember(file, id);
  if (!member.active) throw new DeskProblem("not-found");
  return member;
}

function accountIssues(file: StaffFile, { login, name, lang }: Omit<Given, "password">): readonly FieldIssue[] {
  const taken = memberWithLogin(file, login) !== undefined;
  return [
    ...(Login.safeParse(login).success ? [] : [{ field: "login", text: "desk.invalid.login" }]),
    ...(taken ? [{ field: "login", text: "desk.invalid.login-taken" }] : []),
    ...(StaffName.safeParse(name).success ? [] : [{ field: "name", text: "desk.invalid.name" }]),
    ...(LANGS.includes(lang) ? [] : [{ field: "lang", text: "desk.invalid.general" }]),
  ];
}

function joins(
  file: StaffFile,
  used: Invitation,
  { login, name, lang, stored }: Omit<Given, "password"> & { readonly stored: string },
  now: number,
): Decision<ShownMember> {
  const issues = accountIssues(file, { login, name, lang });
  if (issues.length > 0) throw new DeskProblem("invalid", issues);
  const { roles, place } = used;
  const member: Member = {
    ...{ id: freeId(file, login), login, name, roles, lang, password: stored },
    ...(place !== undefined && { place }),
    ...{ active: true, failures: 0, testChats: [], changedAt: now },
  };
  const after = { ...notedMember(member), link: linkName(used) };
  return {
    file: withMember(withoutLink(file, used), member),
    entry: entryBy({ ...member, via: "web" }, "staff.join", member.id, {
      after,
      ...(place !== undefined && { place }),
    }),
    result: shownMember(member, now),
  };
}

function resets(file: StaffFile, used: Invitation, stored: string, now: number): Decision<ShownMember> {
  const before = memberToReset(file, used);
  const member: Member = {
    ...before,
    ...{ password: stored, failures: 0, lockedUntil: undefined, changedAt: now },
    ...(used.secondFactor && { totp: undefined, totpStep: undefined }),
  };
  const told = { before: notedMember(before), after: { ...notedMember(member), link: linkName(used) } };
  return {
    file: withMember(withoutLinksOf(withoutLink(file, used), member.id), member),
    entry: entryBy({ ...member, via: "web" }, "staff.new-password", member.id, told),
    result: shownMember(member, now),
  };
}

function withoutLink(file: StaffFile, { digest }: Invitation): StaffFile {
  return { ...file, invitations: file.invitations.filter((other) => other.digest !== digest) };
}

/** The login with hyphens for what an id cannot have; numbered when somebody has that id. */
function freeId(file: StaffFile, login: string): string {
  const slug = login.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  for (let n = 1; ; n++) {
    const id = n === 1 ? slug : `${slug}-${n}`;
    if (memberOf(file, id) === undefined) return id;
  }
}
