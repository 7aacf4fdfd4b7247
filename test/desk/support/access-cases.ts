import type { AccessHouse } from "./access-house.ts";
import { PLACES_OF_THINGS, type Thing } from "./access-places.ts";
import type { DoorRow, Row } from "./access-rows.ts";
import {
  BOTH,
  CAMPAIGN,
  colleagueIn,
  PASSWORD,
  placesOf,
  putBroadcast,
  putLink,
  putMonth,
  SERVICES,
  THEME,
} from "./access-things.ts";

type Fields = Readonly<Record<string, string>>;

/** One request for one thing: what a page sends, and the same as the command line gives it to the action. */
export interface Case {
  readonly url: string;
  readonly form: Fields;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The state that a step begins in; of everything else a draft. */
const FROM: Readonly<Record<string, string>> = {
  ...{ return: "submitted", release: "submitted", pause: "released", resume: "paused", abort: "released" },
};

const SCHEDULE = { kind: "once", at: "2026-11-25T08:30", notAfter: "2026-11-25T20:00" } as const;
const TIMES = { from: "2026-11-29T08:00", until: "2026-11-29T11:00" } as const;
const HOURS = { vi: "8:00–17:00", en: "8:00–17:00" } as const;
const REMARK = { remark: "Xem lại giúp mình." } as const;

/** Makes ready what the row is about. `thing` null: nothing that a place has. */
export async function caseOf(house: AccessHouse, row: Row, thing: Thing | null): Promise<Case> {
  const group = row.path.split("/")[1] ?? "";
  const make = GROUPS[group];
  if (make === undefined) return { url: `/desk${row.path}`.replace(/\/$/, ""), form: {}, input: {} };
  return make(house, row, thing ?? "everybody");
}

/** What is sent to a way in or out: nothing that is right, but for one's own password where it is asked for again. */
export function doorCase({ path }: Pick<DoorRow, "path">): Pick<Case, "url" | "form"> {
  const forms: Readonly<Record<string, Fields>> = {
    "/language": { lang: "vi", back: "/desk" },
    "/renew": { current: PASSWORD },
    "/sign-in": { login: "khong-co-ai", password: "không phải mật khẩu này" },
    "/code": { code: "không phải mã" },
    "/enrol": { code: "không phải mã" },
  };
  return { url: `/desk${path.replace(":token", "khong-co")}`, form: forms[path] ?? {} };
}

/** Puts back what was done, where it could not be done again; what each case makes anew is left as it is. */
export async function undo(house: AccessHouse, { path, action = "" }: Row, { url }: Case): Promise<void> {
  const [, , group, id = ""] = url.split("/");
  const repeats = action.endsWith(".write") || action.endsWith(".test");
  if (group === "events" && !repeats) await putMonth(house, "draft");
  if (group === "broadcasts" && !repeats && path.includes(":id")) await putBroadcast(house, id);
}

type Make = (house: AccessHouse, row: Row, thing: Thing) => Case | Promise<Case>;

const GROUPS: Readonly<Record<string, Make>> = {
  plan: (_, { path, action }) => {
    const item = action === "plan.draft" ? "message-open" : "get-letter";
    const fields = { campaign: CAMPAIGN, item };
    const done = action === "plan.tick";
    return { url: `/desk${path}`, form: { ...fields, done: "yes" }, input: { ...fields, ...(done && { done }) } };
  },
  campaign: async (house, { path, action }) => {
    await putMonth(house, stepOf(path) === "return" || stepOf(path) === "release" ? "submitted" : "draft");
    const url = `/desk${path.replace(":id", CAMPAIGN)}`;
    const own = path.endsWith("/return") ? REMARK : {};
    if (action !== "slot.write") return { url, form: own, input: { campaign: CAMPAIGN, ...own } };
    return { url, form: flat({ theme: THEME }), input: { campaign: CAMPAIGN, theme: THEME, slogans: [] } };
  },
  events: (_, { path, action }, thing) => {
    const id = `${FROM[stepOf(path)] === "submitted" ? "submitted" : "draft"}-${thing}`;
    const named = path.includes(":id") ? { id } : {};
    const own = path.endsWith("/return") ? REMARK : {};
    const url = `/desk${path.replace(":id", id)}`;
    if (action !== "event.write") return { url, form: own, input: { ...named, ...own } };
    const words = { title: BOTH, about: BOTH, venue: BOTH, organiser: BOTH };
    const rest = { place: PLACES_OF_THINGS[thing], ...TIMES };
    return { url, form: { ...flat(words), ...rest }, input: { ...named, ...words, ...rest, reminders: [] } };
  },
  broadcasts: (_, row, thing) => broadcastCase(row, thing),
  directory: (_, { path }, thing) => {
    const service = SERVICES[thing];
    const form = { answer: "works" };
    return { url: `/desk${path.replace(":service", service)}`, form, input: { service, ...form } };
  },
  staff: async (house, { path, action }, thing) => {
    const place = PLACES_OF_THINGS[thing];
    const id = action === "staff.withdraw" ? await putLink(house, thing) : colleagueIn(thing);
    const about = { name: `Bạn ${id}`, roles: "author", place };
    const url = `/desk${path.replace(":id", id)}`;
    const list = { ...about, roles: ["author"] };
    if (action === "staff.invite") return { url, form: about, input: list };
    if (action === "staff.change")
      return { url, form: { ...about, active: "yes" }, input: { id, ...list, active: true } };
    return { url, form: {}, input: { id, ...(action === "staff.reset" && { secondFactor: false }) } };
  },
  authority: (house) => {
    const place = house.desk.authority.place() ?? "";
    const input = { name: { vi: "Hà Nội", en: "Hà Nội" }, hours: HOURS, place };
    return { url: "/desk/authority", form: flat(input), input };
  },
  account: (_, { path, action }) => {
    const url = `/desk${path}`;
    if (action !== "own.password") return { url, form: {}, input: {} };
    const input = { before: "không phải mật khẩu này", after: PASSWORD };
    return { url, form: { ...input, again: PASSWORD }, input };
  },
};

function broadcastCase({ path, action }: Row, thing: Thing): Case {
  const id = `${FROM[stepOf(path)] ?? "draft"}-${thing}`;
  const named = path.includes(":id") ? { id } : {};
  const own = path.endsWith("/return") ? REMARK : {};
  const url = `/desk${path.replace(":id", id).replace(":file", MEDIA)}`;
  const isForm = action === undefined || action === "broadcast.write";
  if (!isForm) return { url, form: own, input: { ...named, ...own } };
  const content = { kind: "message", text: BOTH } as const;
  const segment = { topics: ["campaign"], channels: [], langs: [], places: placesOf(thing) };
  const form = {
    ...{ title: "Mời dự", "content.kind": "message", ...flat({ content: { text: BOTH } }) },
    ...{ "segment.topics": "campaign", "segment.places": PLACES_OF_THINGS[thing] },
    ...{ "schedule.kind": "once", "once.at": SCHEDULE.at, "once.notAfter": SCHEDULE.notAfter },
  };
  return {
    url,
    form,
    input: { ...named, title: "Mời dự", content: { ...content, ways: [] }, segment, schedule: SCHEDULE },
  };
}

/** A picture that `openAccessHouse` keeps: the smallest thing that begins like one. */
export const PICTURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
const MEDIA = "4c4b6a3be1314ab86138bef4314dde02.png";

function stepOf(path: string): string {
  return path.split("/").at(-1) ?? "";
}

/** The fields of a form: dots lead inside. */
function flat(value: Readonly<Record<string, unknown>>, path = ""): Record<string, string> {
  const entries = Object.entries(value).flatMap(([name, inner]): [string, string][] => {
    if (typeof inner === "string") return [[`${path}${name}`, inner]];
    return Object.entries(flat({ ...(inner ?? {}) }, `${path}${name}.`));
  });
  return Object.fromEntries(entries);
}
