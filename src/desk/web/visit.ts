import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { Lang } from "../../flow/ids.ts";
import type { Actor } from "../access.ts";
import type { Desk } from "../desk.ts";
import { actorOf, type ShownMember } from "../staff/staff.ts";
import type { FormBody, Params } from "./route.ts";
import type { Session, Sessions } from "./sessions.ts";

/** Who sends a request, and in which language they read. */
export interface Visit {
  readonly session: Session | null;
  readonly member: ShownMember | null;
  /** Only for who is signed in entirely. */
  readonly actor: Actor | null;
  readonly lang: Lang;
}

declare module "fastify" {
  interface FastifyRequest {
    visit: Visit;
    form: FormBody;
    /** The token of this answer's forms, once one was asked for. */
    csrf: string | null;
  }
}

/** A session that no longer fits its member is ended here: their roles changed, or they were switched off. */
export async function visitOf(
  request: FastifyRequest,
  cookie: string,
  sessions: Sessions,
  { staff, authority }: Pick<Desk, "staff" | "authority">,
): Promise<Visit> {
  const id = request.cookies[cookie];
  const session = id === undefined ? null : sessions.find(id);
  if (session === null) return strangerOf(request);
  const member = await staff.member(session.member);
  if (!sessions.fits(session, member)) {
    await sessions.end(session);
    return strangerOf(request);
  }
  const actor = session.kind === "full" ? actorOf(member, "web", authority.place()) : null;
  return { session, member, actor, lang: member.lang };
}

/** Somebody who is not signed in. */
export function strangerOf(request: FastifyRequest): Visit {
  return { session: null, member: null, actor: null, lang: langAsked(request) };
}

/** Before the sign-in the address says it (`?lang=`), else the browser. */
function langAsked({ query, headers }: FastifyRequest): Lang {
  const asked = Lang.safeParse(typeof query === "object" && query !== null && "lang" in query ? query.lang : undefined);
  if (asked.success) return asked.data;
  return headers["accept-language"]?.startsWith("en") ? "en" : "vi";
}

/** The query of an address; of a name that stands several times, the first. */
export function queryOf({ query }: FastifyRequest): Readonly<Record<string, string>> {
  if (typeof query !== "object" || query === null) return {};
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String([value].flat()[0] ?? "")]));
}

const ParamTexts = z.record(z.string(), z.string());

/** What stands in the path where the route has names. */
export function paramsOf({ params }: FastifyRequest): Params {
  return ParamTexts.parse(params);
}
