import { join } from "node:path";
import { previewsOf } from "../../src/broadcast/previews.ts";
import { createSources } from "../../src/broadcast/sources.ts";
import { vietnamDay } from "../../src/campaign/vietnam-day.ts";
import { type App, openApp } from "../../src/commands/app.ts";
import { type BroadcastActionDeps, broadcastActions } from "../../src/desk/broadcasts/actions.ts";
import { openBook } from "../../src/desk/broadcasts/book.ts";
import { broadcastsForMonth } from "../../src/desk/broadcasts/for-month.ts";
import { broadcastQueries } from "../../src/desk/broadcasts/queries.ts";
import { destinations, tipTopics } from "../../src/desk/broadcasts/ways.ts";
import type { Desk } from "../../src/desk/desk.ts";
import { createDirectoryChecks } from "../../src/desk/directory/checks.ts";
import { createMedia } from "../../src/desk/media.ts";
import { createMonth } from "../../src/desk/month/create-month.ts";
import { broadcastRoutes } from "../../src/desk/web/pages/broadcasts/routes.ts";
import { directoryRoutes } from "../../src/desk/web/pages/directory.ts";
import { monthRoutes } from "../../src/desk/web/pages/month/routes.ts";
import { openLowdbStore } from "../../src/stores/lowdb/store.ts";
import { temporaryFolder } from "../stores/temporary-folder.ts";
import { PLACES } from "./staff-stage.ts";
import { type House, openHouse } from "./support/house.ts";
import type { Visitor } from "./support/visitor.ts";

/** A commune of Hà Nội, another one, and Hải Phòng: as in `PLACES`. */
export const WARD = "00004";
export const OTHER_WARD = "00008";
export const HAI_PHONG = "31";

let app: Promise<App> | undefined;

/** Every page over real broadcasts and a real month; nobody is ever sent anything. The clock stands at 08:00 of 15 November. */
export async function openWholeDesk(): Promise<House> {
  app ??= openApp({ profile: null, slots: {}, random: Math.random });
  const { bundle, program, say } = await app;
  const folder = await temporaryFolder();
  const [media, team] = [createMedia({ folder: join(folder, "media") }), await openLowdbStore({ folder })];
  const { provinceOf } = PLACES;
  // Staff, clock and trail are those of the house, which is built around this.
  const opened: { house?: House } = {};
  const house = () => opened.house ?? notYet();
  const now = () => house().clock.now;
  const audit: Desk["audit"] = {
    note: (entry) => house().audit.note(entry),
    read: (most, before) => house().audit.read(most, before),
  };
  const book = await openBook({ team, audit, changed: () => undefined });
  const sources = createSources(bundle, program, say, false);
  const preview: BroadcastActionDeps["preview"] = (content, segment, at) =>
    previewsOf(content, segment, vietnamDay(at), sources);
  const deps: BroadcastActionDeps = {
    ...{ book, provinceOf, preview, now, sendTest: async () => 1, mayTest: async () => true },
    hasMedia: async (file) => (await media.read(file)) !== null,
  };
  const broadcasts = broadcastQueries({
    ...{ book, provinceOf, preview, now, ledger: EMPTY_LEDGER, blocked: async () => 0 },
    ways: () => destinations({ bundle, say }),
    tipTopics: () => tipTopics(bundle),
    standing: () => ({ on: true, windowMs: null, allowance: null, perSecond: null }),
    nameOf: async (id) => (await house().staff.member(id))?.name ?? id,
  });
  const world = { team, provinceOf, authorityPlace: () => undefined, renew: async () => undefined };
  const month = createMonth({
    ...{ ...world, bundle, say, audit, now },
    broadcasts: broadcastsForMonth(deps, broadcasts.list),
  });
  const directory = createDirectoryChecks({ ...world, bundle, audit, now });
  opened.house = await openHouse({
    routes: [...monthRoutes(), ...broadcastRoutes({ media }), ...directoryRoutes()],
    actions: { ...broadcastActions(deps), ...month.actions, ...directory.actions },
    desk: { broadcasts, month: month.queries, directory: directory.queries },
  });
  return opened.house;
}

function notYet(): never {
  throw new Error("the house is not open yet");
}

/** Nobody subscribes, nothing was sent. */
const EMPTY_LEDGER: Parameters<typeof broadcastQueries>[0]["ledger"] = {
  subscribers: async () => ({ people: [], next: null }),
  runs: async () => [],
  tally: async () => [],
  ...{ begin: notYet, plan: notYet, next: notYet, postpone: notYet, skip: notYet },
  ...{ skipPlanned: notYet, interrupt: notYet, close: notYet },
};

/** The form of a broadcast that may be sent. */
export const BROADCAST = {
  title: "Mời dự hội thi",
  "content.kind": "message",
  "content.text.vi": "Chào bạn, mời bạn đến nhà văn hóa.",
  "content.text.en": "Hello, come to the culture house.",
  "segment.topics": "campaign",
  "segment.places": WARD,
  "schedule.kind": "once",
  "once.at": "2026-11-25T08:30",
};

/** The form of an event. */
export const EVENT = {
  ...{ "title.vi": "Lễ phát động", "title.en": "Launch", "about.vi": "Đi bộ.", "about.en": "A walk." },
  ...{ "venue.vi": "Nhà văn hóa", "venue.en": "Culture house", "organiser.vi": "UBND", "organiser.en": "The ward" },
  ...{ place: WARD, from: "2026-11-20T08:00", until: "2026-11-20T11:00", "reminders.0": "2026-11-19T17:00" },
};

/** Fills in a form that makes something; resolves with the address of what it made. */
export async function made(by: Visitor, form: string, fields: Readonly<Record<string, string>>): Promise<string> {
  await by.open(`/desk/${form}`);
  const { headers, body } = await by.send(`/desk/${form === "events/new" ? "events" : form}`, fields);
  const address = String(headers.location ?? "").split("?")[0] ?? "";
  if (address === "") throw new Error(`not taken: ${/class="problem"[\s\S]{0,400}/.exec(body)?.[0]}`);
  return address;
}

/** Opens a page and sends what one of its forms would: with the version that is on the page. */
export async function press(by: Visitor, page: string, step: string, fields: Readonly<Record<string, string>> = {}) {
  const { body } = await by.open(page);
  const form = body.split(`action="${page}/${step}"`)[1]?.split("</form>")[0] ?? "";
  const seen = /name="seen" value="(\d+)"/.exec(form)?.[1];
  return by.send(`${page}/${step}`, { ...(seen !== undefined && { seen }), ...fields });
}
