import { join } from "node:path";
import { previewsOf } from "../../src/broadcast/previews.ts";
import type { ChannelReach, Reach } from "../../src/broadcast/reach.ts";
import { vietnamTime } from "../../src/broadcast/schedule.ts";
import { createSources } from "../../src/broadcast/sources.ts";
import { vietnamDay } from "../../src/campaign/vietnam-day.ts";
import type { ChannelName } from "../../src/channels/port.ts";
import { type App, openApp } from "../../src/commands/app.ts";
import { deskPlaces } from "../../src/commands/desk-places.ts";
import type { Actor, Role } from "../../src/desk/access.ts";
import { type BroadcastActionDeps, broadcastActions } from "../../src/desk/broadcasts/actions.ts";
import { openBook } from "../../src/desk/broadcasts/book.ts";
import { broadcastQueries } from "../../src/desk/broadcasts/queries.ts";
import { destinations, tipTopics } from "../../src/desk/broadcasts/ways.ts";
import type { Desk } from "../../src/desk/desk.ts";
import { createMedia, type DeskMedia } from "../../src/desk/media.ts";
import { DeskProblem } from "../../src/desk/problem.ts";
import { broadcastRoutes } from "../../src/desk/web/pages/broadcasts/routes.ts";
import type { FormBody, Here, Page, Route } from "../../src/desk/web/route.ts";
import type { Lang } from "../../src/flow/ids.ts";
import type { Run, Tally } from "../../src/stores/ledger-store.ts";
import { openLowdbStore } from "../../src/stores/lowdb/store.ts";
import { commandDesk } from "./command-desk.ts";

/** Monday morning of the month. */
export const NOW = vietnamTime("2026-11-23T10:00");

export function person(id: string, roles: readonly Role[], place?: string): Actor {
  return { id, name: `Chị ${id}`, roles, via: "web", ...(place !== undefined && { place }) };
}
export const lan = person("lan", ["author"]);
export const hoa = person("hoa", ["approver"]);

/** What the ledger knows, for tests to set. */
export interface Ledger {
  runs: readonly Run[];
  tallies: Readonly<Record<string, readonly Tally[]>>;
}

export interface Stage {
  readonly routes: readonly Route[];
  readonly ledger: Ledger;
  readonly media: DeskMedia;
  readonly desk: Desk;
  /** Broadcasts that were sent to the test chats. */
  readonly tested: string[];
  now: number;
  here(actor: Actor, options?: { lang?: Lang; query?: Here["query"] }): Here;
  /** The page of a GET route. */
  show(path: string, actor: Actor, lang?: Lang): Promise<Page>;
  /** What happens to a form: where the browser is sent, or the page with what does not fit. */
  send(path: string, body: FormBody, actor: Actor): Promise<string | Page>;
  perform(action: string, input: unknown, actor: Actor): Promise<unknown>;
}

/** Broadcasts as the desk has them, on a folder of its own and with a ledger that tests fill. */
export async function openStage(folder: string): Promise<Stage> {
  const app = await openApp({ profile: null, slots: {}, random: Math.random });
  const media = createMedia({ folder: join(folder, "media") });
  const ledger: Ledger = { runs: [], tallies: {} };
  const tested: string[] = [];
  const desk = await deskOf({ app, media, ledger, tested, folder, now: () => stage.now });
  const routes = broadcastRoutes({ media });
  const stage: Stage = {
    ...{ routes, ledger, media, desk, tested, now: NOW },
    here(actor, { lang = "vi", query = {} } = {}) {
      const say: Here["say"] = (key, params) => app.say(params === undefined ? { key } : { key, params }, lang);
      return { desk, actor, lang, csrf: "token", say, now: stage.now, query, origin: "http://localhost" };
    },
    async show(address, actor, lang) {
      const [path = "", search = ""] = address.split("?");
      const { route, params } = match(routes, "GET", path);
      if (!("show" in route) || route.method !== "GET") throw new Error(`no page at ${path}`);
      const query = Object.fromEntries(new URLSearchParams(search));
      return route.show(stage.here(actor, { query, ...(lang !== undefined && { lang }) }), params);
    },
    async send(path, body, actor) {
      const { route, params } = match(routes, "POST", path);
      const here = stage.here(actor);
      if (!("done" in route)) throw new Error(`no form at ${path}`);
      try {
        const input = await route.input(body, params, here);
        return route.done(await desk.actions[route.action]?.perform(input, actor), params);
      } catch (error) {
        if (!isProblem(error) || route.again === undefined) throw error;
        return route.again(here, error, body, params);
      }
    },
    perform: async (name, input, actor) => desk.actions[name]?.perform(input, actor),
  };
  return stage;
}

interface Parts {
  readonly app: App;
  readonly media: DeskMedia;
  readonly ledger: Ledger;
  readonly tested: string[];
  readonly folder: string;
  now(): number;
}

async function deskOf({ app, media, ledger, tested, folder, now }: Parts): Promise<Desk> {
  const { provinceOf } = app.worlds;
  const team = await openLowdbStore({ folder });
  const audit = { note: async () => undefined, read: async () => [] };
  const book = await openBook({ team, audit, changed: () => undefined });
  const sources = createSources(app.bundle, app.program, app.say, false);
  const preview: BroadcastActionDeps["preview"] = (content, segment, at) =>
    previewsOf(content, segment, vietnamDay(at), sources);
  const actions = broadcastActions({
    ...{ book, provinceOf, preview, now },
    hasMedia: async (file) => (await media.read(file)) !== null,
    mayTest: async () => true,
    sendTest: async ({ id }, by) => (by.id === "lan" ? tested.push(id) : 0),
  });
  const queries = broadcastQueries({
    ...{ book, provinceOf, preview, now, ledger: ledgerOf(ledger), ways: () => destinations(app) },
    tipTopics: () => tipTopics(app.bundle),
    standing: () => ({ on: true, windowMs: null, allowance: null, perSecond: null }),
    blocked: async () => 0,
    nameOf: async (id) => `Chị ${id}`,
  });
  return {
    ...commandDesk().desk,
    actions,
    broadcasts: { ...queries, reach: async () => REACH },
    places: deskPlaces(app),
  };
}

const channelReach = (channel: ChannelName, more: Partial<ChannelReach>): ChannelReach => {
  const none = { outsideWindow: 0, allowance: null, reachable: 0, blocked: 0, seconds: 0 };
  return { channel, on: true, subscribed: 0, ...none, ...more };
};

/** Who can be reached here, whatever the segment. */
const REACH: Reach = {
  channels: [
    channelReach("web", { subscribed: 120, reachable: 120 }),
    channelReach("telegram", { subscribed: 1_480, reachable: 1_480, blocked: 12, seconds: 50 }),
    channelReach("zalo-bot", { subscribed: 800, reachable: 650, allowance: 650, seconds: 130 }),
    channelReach("zalo-oa", { on: false, subscribed: 40, outsideWindow: 31 }),
  ],
  ...{ subscribed: 2_440, reachable: 2_250, seconds: 130 },
};

function unused(): never {
  throw new Error("not part of this test");
}

/** Of a ledger only what pages read. */
function ledgerOf(ledger: Ledger): Parameters<typeof broadcastQueries>[0]["ledger"] {
  return {
    subscribers: async () => ({ people: [], next: null }),
    runs: async (broadcast) => ledger.runs.filter(({ run }) => run.split("@")[0] === broadcast),
    tally: async (run) => ledger.tallies[run] ?? [],
    ...{ begin: unused, plan: unused, next: unused, postpone: unused, skip: unused },
    ...{ skipPlanned: unused, interrupt: unused, close: unused },
  };
}

function isProblem(error: unknown): error is DeskProblem {
  return error instanceof DeskProblem;
}

/** The route of an address, those without parameters first, as the server finds it. */
function match(routes: readonly Route[], method: Route["method"], path: string) {
  const found = routes
    .filter((route) => route.method === method)
    .toSorted((a, b) => Number(a.path.includes(":")) - Number(b.path.includes(":")))
    .flatMap((route) => {
      const pattern = route.path.replace(/:(\w+)/g, "(?<$1>[^/]+)");
      const groups = new RegExp(`^${pattern}$`).exec(path);
      return groups === null ? [] : [{ route, params: { ...groups.groups } }];
    })[0];
  if (found === undefined) throw new Error(`no route ${method} ${path}`);
  return found;
}
