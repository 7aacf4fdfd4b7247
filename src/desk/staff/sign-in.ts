import { type Decision, entryBy, memberOf, memberWithLogin, nobody, shownMember, withMember } from "./book.ts";
import { afterFailure, lockedSeconds, type Tries } from "./lock.ts";
import { type Member, needsSecondFactor, type SignIn, type StaffDoor, type StaffFile } from "./staff.ts";
import { codeKey, digestOf } from "./throttle.ts";
import type { StaffTools } from "./tools.ts";

/**
 * An unknown name takes the way of a known one: one hash is computed, one entry noted, one document written, and the
 * same number of failures brings the same wait.
 */
export function createSignIn(tools: StaffTools): Pick<StaffDoor, "signIn" | "checkCode"> {
  return {
    signIn: (login, password, from) => signIn(tools, normalLogin(login), password, from),
    checkCode: (id, code, from) => checkCode(tools, id, code, from),
  };
}

/** As `Login` wants it, where that is possible. */
export function normalLogin(typed: string): string {
  return typed.normalize("NFC").trim().toLowerCase();
}

async function signIn(tools: StaffTools, login: string, password: string, from: string): Promise<SignIn> {
  const { book, strangers, throttle, passwords, now } = tools;
  const throttled = await throttle.wait(login, from);
  const found = memberWithLogin(await book.read(), login);
  const member = found?.active ? found : undefined;
  const locked = lockedSeconds(member ?? strangers.get(digestOf(login)), now());
  if (throttled > 0 || locked > 0) return refused(Math.max(throttled, locked));
  const right = await passwords.fits(member?.password ?? null, password);
  if (!right || member === undefined) return book.change((file) => failed(tools, file, member?.id, login));
  await throttle.passed(login, from);
  const stored = passwords.isStale(member.password) ? await passwords.hash(password) : member.password;
  return book.change((file) => passwordRight(tools, file, member, stored));
}

/** `seen`: the member whose password was compared; it may have changed meanwhile. */
function passwordRight(tools: StaffTools, file: StaffFile, seen: Member, stored: string): Decision<SignIn> {
  const now = tools.now();
  const member = memberOf(file, seen.id);
  if (!member?.active || member.password !== seen.password) return { result: refused(0) };
  const locked = lockedSeconds(member, now);
  if (locked > 0) return { result: refused(locked) };
  const after = { ...member, password: stored };
  const missing = member.totp !== undefined ? "code" : needsSecondFactor(member) ? "enrol" : null;
  if (missing === null) return comesIn(file, after, now);
  return {
    file: withMember(file, after),
    entry: entryBy({ ...member, via: "web" }, "staff.password-right", member.id),
    result: { kind: missing, member: shownMember(after, now) },
  };
}

async function checkCode(tools: StaffTools, id: string, code: string, from: string): Promise<SignIn> {
  const what = codeKey(id);
  const throttled = await tools.throttle.wait(what, from);
  if (throttled > 0) return refused(throttled);
  const answer = await tools.book.change((file): Decision<SignIn> => {
    const now = tools.now();
    const member = memberOf(file, id);
    if (!member?.active) return { result: refused(0) };
    const locked = lockedSeconds(member, now);
    if (locked > 0) return { result: refused(locked) };
    const step = tools.secondFactor.freshStepOf(member, code);
    if (step === null) return failed(tools, file, id, member.login);
    return comesIn(file, { ...member, totpStep: step }, now);
  });
  if (answer.kind === "in") await tools.throttle.passed(what, from);
  return answer;
}

function comesIn(file: StaffFile, member: Member, now: number): Decision<SignIn> {
  const { failures, lockedUntil } = member;
  const after = { ...member, failures: 0, lockedUntil: undefined };
  const missed = { failures, locked: lockedUntil !== undefined };
  return {
    file: withMember(file, after),
    entry: entryBy({ ...member, via: "web" }, "staff.sign-in", member.id, failures > 0 ? { before: missed } : {}),
    result: { kind: "in", member: shownMember(after, now), ...(failures > 0 && { missed }) },
  };
}

/** Counts it on the account, or on the name that nobody has; the document is written either way. */
function failed(tools: StaffTools, file: StaffFile, id: string | undefined, login: string): Decision<SignIn> {
  const { strangers, now } = tools;
  const member = id === undefined ? undefined : memberOf(file, id);
  const tries = afterFailure(member ?? strangers.get(digestOf(login)), now());
  if (member === undefined) strangers.set(digestOf(login), tries);
  const wait = lockedSeconds(tries, now());
  return {
    file: member === undefined ? { ...file } : withMember(file, { ...member, ...tries }),
    entry: entryBy(nobody("web"), wait > 0 ? "staff.locked" : "staff.refused", member?.id ?? "-", {
      after: noted(tries),
    }),
    result: refused(wait),
  };
}

function noted({ failures, lockedUntil }: Tries): Record<string, unknown> {
  return { failures, ...(lockedUntil !== undefined && { lockedUntil }) };
}

function refused(waitSeconds: number): SignIn {
  return { kind: "refused", waitSeconds };
}
