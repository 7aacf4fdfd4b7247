import type { TeamStore } from "../../stores/team-store.ts";
import type { Actor } from "../access.ts";
import type { Audit, AuditEntry } from "../audit.ts";
import { DeskProblem } from "../problem.ts";
import type { Member, ShownMember, StaffFile } from "./staff.ts";

/** What is decided about the document: nothing to change, or what it shall be and what the audit trail says of it. */
export type Decision<T> =
  | { readonly result: T }
  | { readonly result: T; readonly file: StaffFile; readonly entry: Omit<AuditEntry, "at"> };

/** The document `staff`. */
export interface StaffBook {
  read(): Promise<StaffFile>;
  /** One change at a time: noted in the audit trail, then written. What `decide` throws is what this rejects with. */
  change<T>(decide: (file: StaffFile) => Decision<T>): Promise<T>;
}

export interface BookSources {
  readonly team: Pick<TeamStore, "read" | "write">;
  readonly audit: Pick<Audit, "note">;
  now(): number;
}

/** Only one process has the data folder, so what was read once stays true. */
export function createStaffBook({ team, audit, now }: BookSources): StaffBook {
  let known: StaffFile | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function read(): Promise<StaffFile> {
    known ??= (await team.read("staff")) ?? { members: {}, invitations: [] };
    return known;
  }
  async function apply<T>(decide: (file: StaffFile) => Decision<T>): Promise<T> {
    const decision = decide(await read());
    if (!("file" in decision)) return decision.result;
    await audit.note(decision.entry);
    const { members, invitations } = decision.file;
    const next = { members, invitations: invitations.filter(({ until }) => until > now()) };
    await team.write("staff", next);
    known = next;
    return decision.result;
  }
  return {
    read,
    change(decide) {
      const result = last.then(() => apply(decide));
      last = result.catch(() => undefined);
      return result;
    },
  };
}

/** Throws `DeskProblem` not-found. */
export function demandMember(file: StaffFile, id: string): Member {
  const member = memberOf(file, id);
  if (member === undefined) throw new DeskProblem("not-found");
  return member;
}

/** Ids come from addresses of pages: a name of `Object.prototype` is nobody. */
export function memberOf({ members }: StaffFile, id: string): Member | undefined {
  return Object.hasOwn(members, id) ? members[id] : undefined;
}

export function memberWithLogin({ members }: StaffFile, login: string): Member | undefined {
  return Object.values(members).find((member) => member.login === login);
}

export function withMember(file: StaffFile, member: Member): StaffFile {
  return { ...file, members: { ...file.members, [member.id]: member } };
}

/** What the audit trail tells of a member: nothing that opens a door. */
export function notedMember({ login, name, roles, place, active, totp }: Member): Record<string, unknown> {
  return { login, name, roles, active, secondFactor: totp !== undefined, ...(place !== undefined && { place }) };
}

export function entryBy(
  { id, name, via }: Pick<Actor, "id" | "name" | "via">,
  action: string,
  subject: string,
  told: Pick<AuditEntry, "place" | "before" | "after"> = {},
): Omit<AuditEntry, "at"> {
  return { who: id, name, via, action, subject, ...told };
}

/** Somebody of whom nothing is known yet, at the door or at the machine itself. */
export function nobody(via: Actor["via"]): Pick<Actor, "id" | "name" | "via"> {
  return { id: "-", name: "-", via };
}

export function shownMember(member: Member, now: number): ShownMember {
  const { id, login, name, roles, place, lang, active, changedAt, lockedUntil = 0, totp, testChats } = member;
  return {
    ...{ id, login, name, roles, place, lang, active, changedAt },
    secondFactor: totp !== undefined,
    lockedUntil: lockedUntil > now ? lockedUntil : undefined,
    testChats: testChats.length,
  };
}
