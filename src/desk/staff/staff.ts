import { z } from "zod";
import { LANGS, Slug } from "../../flow/ids.ts";
import { type Actor, ROLES, type Role } from "../access.ts";

/** How a person signs in: letters, digits, dots, hyphens; also an e-mail address. Compared in small letters. */
export const Login = z.string().regex(/^[a-z0-9][a-z0-9._@+-]{2,63}$/);
/** As colleagues know somebody; no control characters or other invisible ones. */
export const StaffName = z.string().regex(/^[^\p{C}]{1,80}$/u);
export const StaffPlace = z.string().regex(/^(?:\d{2}|\d{5})$/);
/** The same as forms give it; "": everywhere. */
export const PlaceGiven = z.string().regex(/^(?:\d{2}|\d{5})?$/, "desk.invalid.place");

/** One member of staff as the team's document `staff` holds them. */
export const Member = z.strictObject({
  id: Slug,
  login: Login,
  name: StaffName,
  roles: z.array(z.enum(ROLES)).min(1),
  place: StaffPlace.optional(),
  lang: z.enum(LANGS),
  active: z.boolean(),
  /** Argon2id in PHC form. */
  password: z.string().startsWith("$argon2id$"),
  /** Secret of the second factor, sealed with the keys of this installation, base64. */
  totp: z.base64().min(1).optional(),
  /** The last time step that was used: a code counts once. */
  totpStep: z.int().optional(),
  /** Failed sign-ins since the last good one, and until when the account is locked; milliseconds since 1970. */
  failures: z.int(),
  lockedUntil: z.int().optional(),
  /** Chats that get test messages: channel and chat id sealed together, base64. Never shown. */
  testChats: z.array(z.base64()).max(5),
  /** When password, second factor, roles, place or activity changed last: sessions that began before are over. */
  changedAt: z.int(),
});
export type Member = z.infer<typeof Member>;

/** A link that makes somebody a member, or gives a member a new password. Only its digest is kept. */
export const Invitation = z.strictObject({
  /** SHA-256 of the token, base64url. */
  digest: z.string(),
  kind: z.enum(["first-admin", "invitation", "reset"]),
  /** For a reset: the member, and whether the second factor has to be set up anew. */
  member: Slug.optional(),
  secondFactor: z.boolean().optional(),
  name: z.string().max(80),
  roles: z.array(z.enum(ROLES)),
  place: StaffPlace.optional(),
  /** The administrator who made it; absent: the machine itself. Their links go when their rights change. */
  by: Slug.optional(),
  until: z.int(),
});
export type Invitation = z.infer<typeof Invitation>;

/** The team's document `staff`. */
export const StaffFile = z.strictObject({ members: z.record(z.string(), Member), invitations: z.array(Invitation) });
export type StaffFile = z.infer<typeof StaffFile>;

/** A member as pages show them. */
export type ShownMember = Pick<
  Member,
  "id" | "login" | "name" | "roles" | "place" | "lang" | "active" | "changedAt"
> & {
  readonly secondFactor: boolean;
  /** Only while it lies ahead. */
  readonly lockedUntil: number | undefined;
  readonly testChats: number;
};

/** A one-time link: its token is shown once and kept nowhere. `until`: milliseconds since 1970. */
export interface StaffLink {
  readonly token: string;
  readonly until: number;
}

export interface MissedSignIns {
  readonly failures: number;
  /** Whether the account was locked because of them. */
  readonly locked: boolean;
}

export type SignIn =
  /** Everything is right. `missed`, for the person to read: sign-ins that failed since the last good one. */
  | { readonly kind: "in"; readonly member: ShownMember; readonly missed?: MissedSignIns }
  /** The password is right; the code of the second factor is asked next (`code`), or has to be set up first (`enrol`). */
  | { readonly kind: "code" | "enrol"; readonly member: ShownMember }
  /** Wrong, unknown, switched off or locked: nothing says which. `waitSeconds`: before the next try is read. */
  | { readonly kind: "refused"; readonly waitSeconds: number };

/** Accounts, passwords, second factors, invitations. Every change and sign-in is noted in the audit trail first. */
export interface Staff extends StaffDoor, StaffOffice {
  /** Null for somebody who is unknown or switched off: every session of theirs is over. */
  member(id: string): Promise<ShownMember | null>;
  all(): Promise<readonly ShownMember[]>;
  byLogin(login: string): Promise<ShownMember | null>;
}

/** How people come in. */
export interface StaffDoor {
  /** The token of the one-time link that makes the administrator; null once there is one. A new one at every start. */
  firstLink(): Promise<string | null>;
  /** What a link is for; null when it is unknown, used or over. */
  invitation(token: string): Promise<Omit<Invitation, "digest"> | null>;
  /**
   * Uses a link. Rejects with `DeskProblem` invalid (login taken, password too weak …; the link stays good then) and
   * not-found for a link that is not good. For a reset only the password counts: login, name and language stay.
   */
  accept(
    token: string,
    given: { login: string; name: string; password: string; lang: "vi" | "en" },
  ): Promise<ShownMember>;
  /** `from`: the network address, for throttling only. Takes the same time for unknown names. */
  signIn(login: string, password: string, from: string): Promise<SignIn>;
  /** The second step. A code counts once. */
  checkCode(id: string, code: string, from: string): Promise<SignIn>;
  /** A fresh secret for setting up the second factor, as text, `otpauth:` address and QR code (SVG). Not kept yet. */
  newSecondFactor(id: string): Promise<{ readonly secret: string; readonly uri: string; readonly svg: string }>;
  /** Keeps it once its first code is right. Rejects with `DeskProblem` invalid. */
  enrol(id: string, secret: string, code: string): Promise<void>;
}

/** What an administrator does with accounts, and everybody with their own. Rights are checked by the action. */
export interface StaffOffice {
  /** Rejects with `DeskProblem` outside-place for a place wider than one's own. */
  invite(given: InvitationGiven, by: Actor): Promise<StaffLink>;
  /** Rejects with `DeskProblem` invalid when no administrator for everywhere would be left, or for one's own rights. */
  change(given: MemberGiven, by: Actor): Promise<ShownMember>;
  /** A link for a new password. Rejects with `DeskProblem` forbidden for oneself, conflict for somebody switched off. */
  reset(given: { readonly id: string; readonly secondFactor: boolean }, by: Actor): Promise<StaffLink>;
  unlock(id: string, by: Actor): Promise<ShownMember>;
  /** Links of this person's place that are good and not used yet. */
  openLinks(by: Pick<Actor, "place">): Promise<readonly OpenLink[]>;
  /** Takes a link back by its name. Rejects with `DeskProblem` not-found, outside-place. */
  withdraw(link: string, by: Actor): Promise<void>;
  /**
   * The same link, for the second factor too, from the machine itself: for an administrator who lost everything.
   * Null when nobody who is switched on has this login.
   */
  resetLink(login: string): Promise<StaffLink | null>;
  /** One's own password. Rejects with `DeskProblem` invalid. */
  changePassword(given: { readonly before: string; readonly after: string }, by: Actor): Promise<void>;
  changeLanguage(lang: Member["lang"], by: Actor): Promise<ShownMember>;
  /** The sealed chats that get this person's test messages. */
  testChats(id: string): Promise<readonly string[]>;
  /** `edit` gives the chats as they shall be. */
  changeTestChats(edit: (before: readonly string[]) => readonly string[], by: Actor): Promise<void>;
}

/** A link as pages show it: never its token. */
export interface OpenLink extends Pick<Invitation, "kind" | "name" | "roles" | "until"> {
  /** Its name in the audit trail. */
  readonly link: string;
  readonly place?: string;
}

export interface InvitationGiven {
  readonly name: string;
  readonly roles: readonly Role[];
  /** "" or absent: everywhere. */
  readonly place?: string | undefined;
}

/** What is absent stays as it is. `place` "": everywhere. */
export interface MemberGiven {
  readonly id: string;
  readonly name?: string | undefined;
  readonly roles?: readonly Role[] | undefined;
  readonly place?: string | undefined;
  readonly active?: boolean | undefined;
}

/** Whether this person's roles demand a second factor (design: approver and admin). */
export function needsSecondFactor({ roles }: Pick<Member, "roles">): boolean {
  return roles.includes("approver") || roles.includes("admin");
}

/** Whoever is limited to the very place that this bot serves (`home`) is limited by nothing. */
export function actorOf({ id, name, roles, place }: ShownMember, via: Actor["via"], home: string | undefined): Actor {
  return { id, name, roles, via, ...(place !== undefined && place !== home && { place }) };
}
