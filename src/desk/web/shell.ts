import type { FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import type { Lang } from "../../flow/ids.ts";
import type { Say } from "../../language/texts.ts";
import type { Keyring } from "../../stores/keyring.ts";
import type { TeamStore } from "../../stores/team-store.ts";
import type { Desk } from "../desk.ts";
import type { MissedSignIns } from "../staff/staff.ts";
import { renderLayout } from "./layout.ts";
import { menuFor, type menuOf } from "./nav.ts";
import type { Drawing } from "./parts.ts";
import type { Here, Page, Route, SayHere } from "./route.ts";
import { HOME } from "./same-site.ts";
import type { Session, SessionKind, Sessions } from "./sessions.ts";
import { queryOf } from "./visit.ts";

export interface DeskDeps {
  readonly desk: Desk;
  readonly team: TeamStore;
  readonly keyring: Pick<Keyring, "secretFor">;
  readonly routes: readonly Route[];
  readonly say: Say;
  /** Milliseconds since 1970. */
  now(): number;
  /** Where people reach this server; with `https:` cookies are for secure connections only. */
  readonly publicUrl?: string;
  readonly log: Logger;
}

/** All that the routes of the shell share. */
export interface Shell extends DeskDeps {
  readonly sessions: Sessions;
  /** Name of the session's cookie. */
  readonly cookie: string;
  readonly secure: boolean;
  readonly menu: ReturnType<typeof menuOf>;
}

export function sayIn({ say }: Pick<DeskDeps, "say">, lang: Lang): SayHere {
  return (key, params) => say(params === undefined ? { key } : { key, params }, lang);
}

/** What a form is drawn with; sets the cookie that its token needs. */
export function drawingOf(shell: Shell, request: FastifyRequest, reply: FastifyReply): Drawing {
  // Once for each request: without a cookie each call would make another secret.
  request.csrf ??= reply.generateCsrf({ userInfo: bindingOf(request) });
  return { say: sayIn(shell, request.visit.lang), csrf: request.csrf };
}

/** Ties the token of a form to the session: another person's, or one from before the sign-in, is not good. */
export function bindingOf({ visit }: FastifyRequest): string {
  return visit.session?.digest ?? "nobody";
}

/** What pages are drawn with. Throws unless somebody is signed in, which the guard has seen to. */
export function hereOf(shell: Shell, request: FastifyRequest, reply: FastifyReply): Here {
  const { actor, lang } = request.visit;
  if (actor === null) throw new Error("a page of staff was reached without a session");
  const { desk } = shell;
  return { ...drawingOf(shell, request, reply), desk, actor, lang, now: shell.now(), query: queryOf(request) };
}

/** Sends a page in its frame. `alert`: what could not be done, as a text. */
export function sendPage(
  shell: Shell,
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page,
  { status = 200, alert }: { readonly status?: number; readonly alert?: string } = {},
): FastifyReply {
  const { visit } = request;
  const drawing = drawingOf(shell, request, reply);
  const authority = shell.desk.authority.name()?.[visit.lang] ?? drawing.say("desk.no_authority");
  const { pathname } = new URL(request.url, "http://desk.invalid");
  const markup = renderLayout({
    ...drawing,
    ...{ lang: visit.lang, page, authority, alert, path: pathname },
    back: request.method === "GET" ? request.url : HOME,
    name: visit.actor?.name ?? null,
    menu: visit.actor === null ? [] : menuFor(shell.menu, visit.actor),
    said: saidIn(drawing.say, queryOf(request)["said"]),
    missed: missedOf(drawing.say, visit.session),
  });
  return reply.code(status).type("text/html; charset=utf-8").send(markup);
}

/** The line about what was done; undefined for a name that no text has. */
function saidIn(say: SayHere, name: string | undefined): string | undefined {
  if (name === undefined || !/^[a-z]+(?:-[a-z]+)*$/.test(name)) return undefined;
  const key = `desk.said.${name}`;
  const text = say(key);
  return text === key ? undefined : text;
}

/** Tells once of sign-ins that failed, in case it was somebody else. */
function missedOf(say: SayHere, session: Session | null): string | undefined {
  const missed = session?.missed ?? null;
  if (session === null || missed === null) return undefined;
  session.missed = null;
  return say(missed.locked ? "desk.missed.locked" : "desk.missed.failed", { count: missed.failures });
}

/** Gives the browser a new session in place of the one it has. */
export async function signIn(
  shell: Shell,
  request: FastifyRequest,
  reply: FastifyReply,
  { member, kind, missed = null }: { member: string; kind: SessionKind; missed?: MissedSignIns | null },
): Promise<void> {
  const id = await shell.sessions.begin(member, kind, { instead: request.visit.session, missed });
  reply.setCookie(shell.cookie, id, cookieOptions(shell.secure));
}

/** Takes the session's cookie away. */
export function dropCookie(shell: Shell, reply: FastifyReply): void {
  reply.clearCookie(shell.cookie, cookieOptions(shell.secure));
}

export function cookieOptions(secure: boolean): { path: "/"; httpOnly: true; sameSite: "strict"; secure: boolean } {
  return { path: "/", httpOnly: true, sameSite: "strict", secure };
}
