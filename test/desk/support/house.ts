import { randomInt } from "node:crypto";
import fastify, { type FastifyInstance } from "fastify";
import { generateSync } from "otplib";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { assembleApp, ROOT } from "../../../src/commands/app.ts";
import { loadContent } from "../../../src/content/snapshot.ts";
import type { Role } from "../../../src/desk/access.ts";
import type { Desk } from "../../../src/desk/desk.ts";
import { openOwnAuthority } from "../../../src/desk/own-authority.ts";
import { staffActions } from "../../../src/desk/staff/actions.ts";
import { createTesters } from "../../../src/desk/testers.ts";
import { accountRoutes } from "../../../src/desk/web/pages/account.ts";
import { auditRoutes } from "../../../src/desk/web/pages/audit.ts";
import { authorityRoutes } from "../../../src/desk/web/pages/authority.ts";
import { staffRoutes } from "../../../src/desk/web/pages/staff.ts";
import { todayRoutes } from "../../../src/desk/web/pages/today.ts";
import { createDesk } from "../../../src/desk/web/part.ts";
import type { Route } from "../../../src/desk/web/route.ts";
import { secureHeaders } from "../../../src/server/headers.ts";
import { ephemeralKeyring } from "../../../src/stores/keyring.ts";
import { colleague, firstAdmin, PASSWORD, PLACES, type StaffStage, staffStage, withApp } from "../staff-stage.ts";
import { Visitor } from "./visitor.ts";

export interface HouseOptions {
  /** Pages and actions beside those of the shell. */
  readonly routes?: readonly Route[];
  readonly actions?: Desk["actions"];
  readonly desk?: Partial<Desk>;
  readonly publicUrl?: string;
}

/** The shell of the desk with real staff in a fresh folder, and queries that find nothing. */
export interface House extends StaffStage {
  readonly app: FastifyInstance;
  readonly desk: Desk;
  readonly routes: readonly Route[];
  /** Lines of the log. */
  readonly logged: readonly string[];
  /** A browser that has not been here. */
  visitor(): Visitor;
  /** A member of these roles, entirely signed in. */
  signedIn(login: string, roles: readonly Role[], place?: string): Promise<Visitor>;
  /** The same server after a restart. */
  restarted(): Promise<FastifyInstance>;
}

export async function openHouse({
  routes: more = [],
  actions = {},
  desk: given = {},
  publicUrl,
}: HouseOptions = {}): Promise<House> {
  const stage = await staffStage();
  const { say } = assembleApp((await loadContent(ROOT)).bundle, { profile: null, slots: {}, random: Math.random });
  const keyring = ephemeralKeyring();
  const now = () => stage.clock.now;
  const resolve = (text: string) => (/^\d{2}(?:\d{3})?$/.test(text) ? text : undefined);
  const places = { ...PLACES, resolve, candidates: () => [] };
  const own = await openOwnAuthority({ ...stage, places, renew: async () => undefined });
  const testers = createTesters({ staff: stage.staff, keyring, randomInt: (most) => randomInt(most), now });
  const desk: Desk = {
    ...emptyQueries,
    ...{ staff: stage.staff, audit: stage.audit, authority: own.authority, places },
    actions: { ...staffActions(stage.staff), ...own.actions, ...testers.actions, ...actions },
    ...given,
  };
  const routes = [
    ...todayRoutes,
    ...accountRoutes,
    ...staffRoutes,
    ...auditRoutes,
    ...authorityRoutes(() => own.authority.hours()),
    ...more,
  ];
  const logged: string[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => logged.push(line) });
  const start = async () => {
    const app = fastify({ trustProxy: "loopback", bodyLimit: 32 * 1024 });
    await secureHeaders(app, publicUrl !== undefined);
    const part = createDesk({
      ...{ desk, team: stage.team, keyring, routes, say, now, log },
      ...(publicUrl !== undefined && { publicUrl }),
    });
    await part.open(app);
    onTestFinished(() => app.close());
    return app;
  };
  const app = await start();
  const admin = await firstAdmin(stage, "quan-tri");
  const signedIn: House["signedIn"] = async (login, roles, place = "") => {
    const { id } = await colleague(stage.staff, admin, login, { roles: [...roles], place });
    const visitor = new Visitor(app);
    const needs = roles.includes("admin") || roles.includes("approver");
    const codes = needs ? await withApp(stage, id) : undefined;
    stage.clock.now += 30_000;
    await visitor.signIn(login, PASSWORD);
    if (codes !== undefined) await visitor.send("/desk/code", { code: codes.code() });
    return visitor;
  };
  return { ...stage, ...{ app, desk, routes, logged, signedIn }, visitor: () => new Visitor(app), restarted: start };
}

/** The code that an app shows for a secret. */
export function codeOf({ clock }: Pick<House, "clock">, secret: string): string {
  return generateSync({ secret, epoch: clock.now / 1_000 });
}

export { PASSWORD };

/** Queries that find nothing. */
export const emptyQueries: Pick<Desk, "broadcasts" | "month" | "directory"> = {
  broadcasts: {
    list: async () => [],
    view: () => Promise.reject(new Error("no broadcasts here")),
    preview: () => [],
    reach: async () => ({ channels: [], subscribed: 0, reachable: 0, seconds: 0 }),
    ways: () => [],
    tipTopics: () => [],
  },
  month: {
    current: () => null,
    slots: async () => [],
    plan: async () => [],
    calendar: async () => [],
    events: async () => [],
    event: () => Promise.reject(new Error("no events here")),
    publicEvent: async () => null,
  },
  directory: { entries: async () => [] },
};
