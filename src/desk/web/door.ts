import type { FastifyReply, FastifyRequest } from "fastify";
import type { MissedSignIns, ShownMember } from "../staff/staff.ts";
import type { Needs } from "./guard.ts";
import { ownPath } from "./same-site.ts";
import type { Session } from "./sessions.ts";
import { type Shell, signIn } from "./shell.ts";
import { queryOf } from "./visit.ts";

/** A route of the shell itself, which deals with sessions; pages of staff are `Route`s. */
export interface Door {
  readonly method: "GET" | "POST";
  /** Below `/desk`. */
  readonly path: string;
  readonly needs: Needs;
  handle(shell: Shell, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>;
}

/** Who is half or entirely signed in. Throws for nobody, which the guard has seen to. */
export function visitorOf({ visit }: FastifyRequest): { readonly session: Session; readonly member: ShownMember } {
  const { session, member } = visit;
  if (session === null || member === null) throw new Error("a door was reached without a session");
  return { session, member };
}

/** Lets somebody in entirely, and on to where they were going. */
export async function letIn(
  shell: Shell,
  request: FastifyRequest,
  reply: FastifyReply,
  { member, missed = null }: { readonly member: Pick<ShownMember, "id">; readonly missed?: MissedSignIns | null },
): Promise<FastifyReply> {
  await signIn(shell, request, reply, { member: member.id, kind: "full", missed });
  return reply.redirect(ownPath(queryOf(request)["next"]), 303);
}

/** Asks for the second factor next: its code, or to set it up. */
export async function askForMore(
  shell: Shell,
  request: FastifyRequest,
  reply: FastifyReply,
  member: ShownMember,
): Promise<FastifyReply> {
  await signIn(shell, request, reply, { member: member.id, kind: "half" });
  return reply.redirect(`/desk/${member.secondFactor ? "code" : "enrol"}${onward(request)}`, 303);
}

/** The same destination for the next step, as a query. */
export function onward(request: FastifyRequest): string {
  const { next } = queryOf(request);
  return next === undefined ? "" : `?next=${encodeURIComponent(ownPath(next))}`;
}
