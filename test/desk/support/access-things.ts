import type { Broadcast } from "../../../src/broadcast/broadcast.ts";
import type { LocalEvent, MonthFile } from "../../../src/desk/month/month.ts";
import { PASSWORD } from "../staff-stage.ts";
import type { AccessHouse } from "./access-house.ts";
import { EVERY_THING, PLACES_OF_THINGS, type Thing } from "./access-places.ts";
import { colleagueIn, WRITER } from "./access-staff.ts";

const STATES = ["draft", "submitted", "released", "paused"] as const;
type State = (typeof STATES)[number];

const BOTH = { vi: "Mời bạn đến nhà văn hóa.", en: "Come to the culture house." } as const;
const MADE = { author: WRITER, writers: [WRITER], changedAt: 1 };

function placesOf(thing: Thing): string[] {
  const place = PLACES_OF_THINGS[thing];
  return place === "" ? [] : [place];
}

function broadcast(state: State, thing: Thing): Broadcast {
  return {
    ...{ id: `${state}-${thing}`, title: "Mời dự", state, ...MADE },
    content: { kind: "message", text: BOTH, ways: [] },
    segment: { topics: ["campaign"], channels: [], langs: [], places: placesOf(thing) },
    schedule: { kind: "once", at: "2026-11-25T08:30", notAfter: "2026-11-25T20:00" },
    ...((state === "released" || state === "paused") && { releasedBy: "approver-none", releasedAt: 1 }),
  };
}

function event(state: "draft" | "submitted", thing: Thing): LocalEvent {
  return {
    ...{ id: `${state}-${thing}`, title: BOTH, about: BOTH, venue: BOTH, organiser: BOTH, ...MADE },
    ...{ place: PLACES_OF_THINGS[thing], from: "2026-11-29T08:00", until: "2026-11-29T11:00", reminders: [] },
    ...{ state, revision: 0 },
  };
}

const THEME = {
  vi: "Chủ đề mẫu",
  en: "Sample theme",
  en_by: "ours",
  document: "Công văn mẫu",
  source: "Bản mẫu",
} as const;
export const CAMPAIGN = "2026";

function month(slot: "draft" | "submitted"): MonthFile {
  const events = (["draft", "submitted"] as const).flatMap((state) =>
    (["ward", "far"] as const).map((thing) => event(state, thing)),
  );
  return {
    slots: { [CAMPAIGN]: { campaign: CAMPAIGN, theme: THEME, slogans: [], state: slot, ...MADE } },
    events: Object.fromEntries(events.map((one) => [one.id, one])),
    published: {},
    ticked: {},
  };
}

/** Everything as it was before anybody came; the slot of the year in the state that is asked for. */
export async function putMonth({ team }: AccessHouse, slot: "draft" | "submitted"): Promise<void> {
  await team.write("month", month(slot));
}

export async function putBroadcast({ book }: AccessHouse, id: string): Promise<void> {
  const [state, thing] = [STATES.find((one) => id.startsWith(one)), EVERY_THING.find((one) => id.endsWith(one))];
  if (state === undefined || thing === undefined) throw new Error(`no broadcast ${id}`);
  const by = { id: WRITER, name: WRITER, roles: [], via: "command" } as const;
  await book.change({ action: "broadcast.write", id, by, edit: () => broadcast(state, thing) });
}

export async function putEverything(house: AccessHouse): Promise<void> {
  await putMonth(house, "draft");
  for (const state of STATES) for (const thing of EVERY_THING) await putBroadcast(house, `${state}-${thing}`);
}

/** A link that was just given out for a place, by its name. */
export async function putLink({ desk }: AccessHouse, thing: Thing): Promise<string> {
  const by = { id: WRITER, name: WRITER, roles: ["admin"], via: "command" } as const;
  const before = new Set((await desk.staff.openLinks({})).map(({ link }) => link));
  await desk.staff.invite({ name: "Người mới", roles: ["author"], place: PLACES_OF_THINGS[thing] }, by);
  const made = (await desk.staff.openLinks({})).find(({ link }) => !before.has(link));
  if (made === undefined) throw new Error("no link");
  return made.link;
}

/** Whom to call, of each place. */
export const SERVICES: Readonly<Record<Thing, string>> = {
  everybody: "nat-111-child",
  ward: "c00070-police",
  far: "c07135-committee",
};

export { BOTH, colleagueIn, PASSWORD, placesOf, THEME };
