import { createHash } from "node:crypto";
import type { Invitation, StaffFile, StaffLink } from "./staff.ts";

/** How long a link is good. */
export const LINK_MS = { "first-admin": 24 * 3_600_000, invitation: 72 * 3_600_000, reset: 24 * 3_600_000 } as const;

const TOKEN_BYTES = 32;

export interface LinkSources {
  randomBytes(count: number): Uint8Array;
  now(): number;
}

/** A link of this kind, and what the document keeps of it. */
export function newLink<T extends Omit<Invitation, "digest" | "until">>(
  about: T,
  { randomBytes, now }: LinkSources,
): { readonly link: StaffLink; readonly invitation: T & Pick<Invitation, "digest" | "until"> } {
  const token = Buffer.from(randomBytes(TOKEN_BYTES)).toString("base64url");
  const until = now() + LINK_MS[about.kind];
  return { link: { token, until }, invitation: { ...about, digest: digestOfToken(token), until } };
}

/** Undefined for a link that is unknown, used or over. */
export function goodInvitation({ invitations }: StaffFile, token: string, now: number): Invitation | undefined {
  const digest = digestOfToken(token);
  return invitations.find((invitation) => invitation.digest === digest && invitation.until > now);
}

/** Whoever lost an account, or rights, leaves no way back in behind: neither do thieves of the account. */
export function withoutLinksOf(file: StaffFile, maker: string): StaffFile {
  return { ...file, invitations: file.invitations.filter(({ by }) => by !== maker) };
}

/** Names a link in the audit trail without giving it away. */
export function linkName({ digest }: Pick<Invitation, "digest">): string {
  return `link-${digest.slice(0, 8)}`;
}

function digestOfToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
