import type { Actor } from "../access.ts";
import { DeskProblem, type FieldIssue } from "../problem.ts";
import { demandMember, entryBy, shownMember, withMember } from "./book.ts";
import type { Member, StaffDoor, StaffFile, StaffOffice } from "./staff.ts";
import type { StaffTools } from "./tools.ts";

type OwnAccount = Pick<StaffDoor, "newSecondFactor" | "enrol"> &
  Pick<StaffOffice, "changePassword" | "changeLanguage" | "testChats" | "changeTestChats">;

/** What everybody does with their own account. */
export function createOwnAccount(tools: StaffTools): OwnAccount {
  const { book, secondFactor, now } = tools;
  return {
    newSecondFactor: async (id) => secondFactor.fresh(demandActive(await book.read(), id).login),
    enrol: (id, secret, code) => enrol(tools, id, secret, code),
    changePassword: ({ before, after }, by) => changePassword(tools, before, after, by),
    changeLanguage: (lang, by) =>
      book.change((file) => {
        const before = demandActive(file, by.id);
        if (before.lang === lang) return { result: shownMember(before, now()) };
        const told = { before: { lang: before.lang }, after: { lang } };
        return {
          file: withMember(file, { ...before, lang }),
          entry: entryBy(by, "own.language", by.id, told),
          result: shownMember({ ...before, lang }, now()),
        };
      }),
    testChats: async (id) => demandActive(await book.read(), id).testChats,
    changeTestChats: (edit, by) =>
      book.change((file) => {
        const before = demandActive(file, by.id);
        const testChats = [...edit(before.testChats)];
        const told = { before: { testChats: before.testChats.length }, after: { testChats: testChats.length } };
        return {
          file: withMember(file, { ...before, testChats }),
          entry: entryBy(by, "own.test-chats", by.id, told),
          result: undefined,
        };
      }),
  };
}

function enrol({ book, secondFactor, now }: StaffTools, id: string, secret: string, code: string): Promise<void> {
  return book.change((file) => {
    const before = demandActive(file, id);
    const step = secondFactor.stepOf(secret, code);
    if (step === null) throw new DeskProblem("invalid", [{ field: "code", text: "desk.invalid.code" }]);
    const fresh = { totp: secondFactor.seal(id, secret), totpStep: step, changedAt: now() };
    const told = { before: { secondFactor: before.totp !== undefined }, after: { secondFactor: true } };
    return {
      file: withMember(file, { ...before, ...fresh, failures: 0, lockedUntil: undefined }),
      entry: entryBy({ ...before, via: "web" }, "own.second-factor", id, told),
      result: undefined,
    };
  });
}

async function changePassword(tools: StaffTools, before: string, after: string, by: Actor): Promise<void> {
  const { book, passwords, throttle, now } = tools;
  const member = demandActive(await book.read(), by.id);
  const issues = [...(await oldPasswordIssues(tools, member, before)), ...passwords.issues(after, member, "after")];
  if (issues.length > 0) throw new DeskProblem("invalid", issues);
  const stored = await passwords.hash(after);
  await book.change((file) => {
    const latest = demandActive(file, by.id);
    if (latest.password !== member.password) throw new DeskProblem("conflict");
    return {
      file: withMember(file, { ...latest, password: stored, changedAt: now() }),
      entry: entryBy(by, "own.password", by.id),
      result: undefined,
    };
  });
  await throttle.forget(ownKey(by.id));
}

/** Somebody at an unlocked computer may not guess it either. */
async function oldPasswordIssues(
  { throttle, passwords }: StaffTools,
  { id, password }: Member,
  typed: string,
): Promise<readonly FieldIssue[]> {
  const seconds = await throttle.wait(ownKey(id));
  if (seconds > 0) {
    return [{ field: "before", text: "desk.invalid.wait", params: { minutes: String(Math.ceil(seconds / 60)) } }];
  }
  if (await passwords.fits(password, typed)) return [];
  return [{ field: "before", text: "desk.invalid.password-before" }];
}

function ownKey(id: string): string {
  return `own ${id}`;
}

/** Throws `DeskProblem` not-found. */
function demandActive(file: StaffFile, id: string): Member {
  const member = demandMember(file, id);
  if (!member.active) throw new DeskProblem("not-found");
  return member;
}
