import { join } from "node:path";
import { pino } from "pino";
import { vi } from "vitest";
import { openApp } from "../../../src/commands/app.ts";
import { type OpenDesk, openDesk } from "../../../src/commands/desk-parts.ts";
import { readConfig } from "../../../src/config.ts";
import { COMMAND_PURPOSE, commandRoute } from "../../../src/desk/command/route.ts";
import { needsSecondFactor } from "../../../src/desk/staff/staff.ts";
import { deskRoutes } from "../../../src/desk/web/pages/all.ts";
import { createDesk } from "../../../src/desk/web/part.ts";
import type { Route } from "../../../src/desk/web/route.ts";
import { createMetrics } from "../../../src/server/metrics.ts";
import type { Problems, ServerPart } from "../../../src/server/part.ts";
import { createServer } from "../../../src/server/server.ts";
import { openKeyring } from "../../../src/stores/keyring.ts";
import { openLowdbStore } from "../../../src/stores/lowdb/store.ts";
import { openSqliteStore } from "../../../src/stores/sqlite/store.ts";
import type { TeamStore } from "../../../src/stores/team-store.ts";
import { Browser } from "./access-browser.ts";
import { PLACES_OF_STAFF } from "./access-places.ts";
import { writeStaff } from "./access-staff.ts";
import { codeOf } from "./house.ts";

/** A Wednesday of the month, in the morning. */
const BEGIN = Date.parse("2026-11-18T09:00:00+07:00");

export interface AccessHouse extends OpenDesk {
  readonly address: string;
  readonly team: TeamStore;
  readonly folder: string;
  readonly routes: readonly Route[];
  /** Every route that the server really has, as `GET /desk/x`. */
  readonly registered: readonly string[];
  readonly now: () => number;
  signIn(login: string, steps?: "half" | "whole"): Promise<Browser>;
  stranger(): Promise<Browser>;
  close(): Promise<void>;
}

const problems: Problems = {
  notFound: (_request, reply) => reply.code(404).send({ error: "not_found" }),
  failed: (_error, _request, reply) => reply.code(500).send({ error: "broken" }),
};

/** The desk as a running bot has it, over HTTP, with real stores; only what goes out to the networks is made up. */
export async function openAccessHouse(folder: string): Promise<AccessHouse> {
  vi.useFakeTimers({ toFake: ["Date"], now: BEGIN });
  const team = await openLowdbStore({ folder });
  await writeStaff(team, join(folder, "audit.jsonl"), Date.now);
  const hours = { vi: "8:00–17:00", en: "8:00–17:00" };
  await team.write("profile", { name: { vi: "Hà Nội", en: "Hà Nội" }, place: PLACES_OF_STAFF.authority, hours });
  const app = await openApp({ profile: await team.read("profile"), slots: {}, random: Math.random });
  const keyring = await openKeyring(folder);
  const store = await openSqliteStore({ file: join(folder, "citizens.sqlite"), keyring });
  const open = await openDesk({
    ...{ config: readConfig({}), folder, app, team, keyring, store },
    standing: () => ({ on: true, windowMs: null, allowance: null, perSecond: null }),
    changed: () => undefined,
    sendTest: async () => 1,
  });
  const { desk, media } = open;
  const routes = deskRoutes({ media, hours: () => desk.authority.hours() });
  const log = pino({ level: "silent" });
  const registered: string[] = [];
  const pages = createDesk({ ...{ desk, team, keyring, routes, log }, say: app.say, now: Date.now });
  const secret = keyring.secretFor(COMMAND_PURPOSE);
  const server = await createServer({
    ...{ host: "127.0.0.1", port: 0, log, problems, mounts: [], ready: {}, metrics: createMetrics() },
    parts: [listing(registered), pages, commandRoute({ desk, secret, now: Date.now, base: () => "" })],
  });
  const secrets = new Map<string, string>();
  const house: AccessHouse = {
    ...{ ...open, address: server.address, team, folder, routes, registered, now: Date.now },
    stranger: () => Browser.open(server.address),
    async signIn(login, steps = "whole") {
      const browser = await Browser.open(server.address);
      await browser.signIn(login);
      const member = await desk.staff.byLogin(login);
      if (member === null || !needsSecondFactor(member) || steps === "half") return browser;
      if (!member.secondFactor) throw new Error(`${login} has no second factor yet`);
      vi.setSystemTime(Date.now() + 30_000);
      await browser.send("/desk/code", { code: codeOf({ clock: { now: Date.now() } }, secrets.get(login) ?? "") });
      await browser.get("/desk");
      return browser;
    },
    async close() {
      await server.close();
      await store.close();
      vi.useRealTimers();
    },
  };
  for (const { id, login, ...member } of await desk.staff.all()) {
    if (!needsSecondFactor(member)) continue;
    const { secret: factor } = await desk.staff.newSecondFactor(id);
    await desk.staff.enrol(id, factor, codeOf({ clock: { now: Date.now() } }, factor));
    secrets.set(login, factor);
  }
  return house;
}

/** Notes every route below `/desk` that is added after it. */
function listing(registered: string[]): ServerPart {
  return {
    async open(app) {
      app.addHook("onRoute", ({ method, url }) => {
        if (!url.startsWith("/desk")) return;
        for (const one of [method].flat()) registered.push(`${one} ${url.replace(/(?<=.)\/$/, "")}`);
      });
    },
    stop: () => undefined,
  };
}
