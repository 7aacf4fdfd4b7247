import type { Role } from "../../../src/desk/access.ts";
import { EVERY_THING, MAY, type Post, type Thing } from "./access-places.ts";

/** Who asks: without a session, half signed in (password only), switched off meanwhile, or signed in with one role. */
export const STRANGERS = ["nobody", "half", "off"] as const;
export type Stranger = (typeof STRANGERS)[number];

/** One route of the desk and what it must answer. */
export interface Row {
  readonly method: "GET" | "POST";
  /** As it is registered, below `/desk`. */
  readonly path: string;
  readonly roles: readonly Role[];
  /** Whose business it can be; empty: places do not matter. */
  readonly things: readonly Thing[];
  /** Status for those who may. */
  readonly done: number;
  /** The same for things of which something else is true. */
  readonly doneOf?: Partial<Record<Thing, number>>;
  /** Status for a thing of another place, where it is not 403: a form that says so beside the field. */
  readonly outside?: number;
  /** Name of the action, of the same things on the command line. */
  readonly action?: string;
}

/** A way in or out: who has no whole session gets other answers there. */
export interface DoorRow extends Omit<Row, "things" | "done" | "doneOf" | "outside"> {
  readonly strangers: Readonly<Record<Stranger, number>>;
  readonly full: Readonly<Record<Role, number>>;
}

const ALL: readonly Role[] = ["author", "approver", "directory", "admin"];
const READERS: readonly Role[] = ["author", "approver", "admin"];
const WRITERS: readonly Role[] = ["author", "approver"];
const RELEASERS: readonly Role[] = ["approver"];
const KEEPERS: readonly Role[] = ["directory"];
const ADMINS: readonly Role[] = ["admin"];

const NONE: readonly Thing[] = [];
const OURS: readonly Thing[] = ["everybody"];
/** An event is somewhere; one elsewhere dates from before the authority moved. */
const SOMEWHERE: readonly Thing[] = ["ward", "far"];
const NOT_FAR = { far: 422 } as const;

const get = (path: string, roles: readonly Role[], things: readonly Thing[] = NONE, done = 200): Row => {
  return { method: "GET", path, roles, things, done };
};
const post = (
  path: string,
  action: string | undefined,
  roles: readonly Role[],
  things: readonly Thing[] = NONE,
  more: Partial<Row> = {},
): Row => {
  return { method: "POST", path, roles, things, done: 303, ...(action !== undefined && { action }), ...more };
};
const BESIDE_FIELD = { outside: 422 } as const;
const SHOWN = { done: 200 } as const;

/** Every page and form behind the sign-in. Written by hand from the design, not from the code. */
export const ROWS: readonly Row[] = [
  get("/", ALL),
  get("/month", ALL),
  get("/month/calendar.ics", ALL),
  get("/plan", ALL),
  post("/plan/tick", "plan.tick", WRITERS, OURS),
  post("/plan/draft", "plan.draft", WRITERS),
  get("/campaign", ALL),
  get("/campaign/:id/edit", WRITERS, OURS),
  post("/campaign/:id", "slot.write", WRITERS, OURS),
  post("/campaign/:id/submit", "slot.submit", WRITERS, OURS),
  post("/campaign/:id/return", "slot.return", RELEASERS, OURS),
  post("/campaign/:id/release", "slot.release", RELEASERS, OURS),
  get("/events", ALL),
  get("/events/new", WRITERS),
  post("/events", "event.write", WRITERS, SOMEWHERE, { doneOf: NOT_FAR }),
  get("/events/:id", ALL, SOMEWHERE),
  post("/events/:id", "event.write", WRITERS, SOMEWHERE, { doneOf: NOT_FAR }),
  get("/events/:id/edit", WRITERS, SOMEWHERE),
  get("/events/:id/cancel", WRITERS, SOMEWHERE),
  post("/events/:id/submit", "event.submit", WRITERS, SOMEWHERE, { doneOf: NOT_FAR }),
  post("/events/:id/return", "event.return", RELEASERS, SOMEWHERE),
  post("/events/:id/release", "event.release", RELEASERS, SOMEWHERE, { doneOf: NOT_FAR }),
  post("/events/:id/cancel", "event.cancel", WRITERS, SOMEWHERE),
  get("/broadcasts", READERS),
  get("/broadcasts/new", WRITERS),
  post("/broadcasts/preview", undefined, WRITERS, NONE, SHOWN),
  post("/broadcasts/reach", undefined, WRITERS, NONE, SHOWN),
  get("/broadcasts/media/:file", READERS),
  get("/broadcasts/:id", READERS, EVERY_THING),
  get("/broadcasts/:id/progress", READERS, EVERY_THING),
  get("/broadcasts/:id/edit", WRITERS, EVERY_THING),
  get("/broadcasts/:id/abort", WRITERS, EVERY_THING),
  get("/broadcasts/:id/delete", WRITERS, EVERY_THING),
  post("/broadcasts/new", "broadcast.write", WRITERS, EVERY_THING, BESIDE_FIELD),
  post("/broadcasts/:id/edit", "broadcast.write", WRITERS, EVERY_THING, BESIDE_FIELD),
  post("/broadcasts/:id/submit", "broadcast.submit", WRITERS, EVERY_THING),
  post("/broadcasts/:id/return", "broadcast.return", RELEASERS, EVERY_THING),
  post("/broadcasts/:id/release", "broadcast.release", RELEASERS, EVERY_THING),
  post("/broadcasts/:id/pause", "broadcast.pause", WRITERS, EVERY_THING),
  post("/broadcasts/:id/resume", "broadcast.resume", WRITERS, EVERY_THING),
  post("/broadcasts/:id/abort", "broadcast.abort", WRITERS, EVERY_THING),
  post("/broadcasts/:id/test", "broadcast.test", WRITERS, EVERY_THING),
  post("/broadcasts/:id/delete", "broadcast.delete", WRITERS, EVERY_THING),
  get("/directory", ALL),
  get("/directory/:service", ALL),
  post("/directory/:service/check", "directory.check", KEEPERS, EVERY_THING),
  get("/staff", ADMINS),
  get("/staff/invite", ADMINS),
  post("/staff/invite", "staff.invite", ADMINS, EVERY_THING, SHOWN),
  post("/staff/links/:id/withdraw", "staff.withdraw", ADMINS, EVERY_THING),
  get("/staff/:id", ADMINS, EVERY_THING),
  post("/staff/:id", "staff.change", ADMINS, EVERY_THING),
  post("/staff/:id/unlock", "staff.unlock", ADMINS, EVERY_THING),
  post("/staff/:id/reset", "staff.reset", ADMINS, EVERY_THING, SHOWN),
  get("/authority", ADMINS),
  post("/authority", "authority.write", ADMINS, OURS),
  get("/audit", ADMINS),
  get("/account", ALL),
  // With a password that is not theirs: who may come as far as that is told so.
  post("/account/password", "own.password", ALL, NONE, { done: 422 }),
  post("/account/test-code", "own.test-code", ALL, NONE, SHOWN),
  post("/account/test-forget", "own.test-forget", ALL),
];

const strangers = (nobody: number, half: number, off: number) => ({ nobody, half, off });
const everyRole = (status: number) => ({ author: status, approver: status, directory: status, admin: status });
const door = (
  method: Row["method"],
  path: string,
  given: DoorRow["strangers"],
  full: DoorRow["full"],
  more: Partial<DoorRow> = {},
): DoorRow => ({ method, path, roles: ALL, strangers: given, full, ...more });

/** Ways in and out, in the order in which they are tried; places do not matter. */
export const DOOR_ROWS: readonly DoorRow[] = [
  door("GET", "/sign-in", strangers(200, 200, 200), everyRole(303)),
  door("GET", "/accept/:token", strangers(404, 404, 404), everyRole(404)),
  door("POST", "/accept/:token", strangers(404, 404, 404), everyRole(404)),
  door("GET", "/code", strangers(303, 200, 303), everyRole(303)),
  door("POST", "/code", strangers(403, 422, 403), everyRole(303)),
  door("GET", "/enrol", strangers(303, 303, 303), everyRole(303)),
  door("POST", "/enrol", strangers(403, 303, 403), everyRole(303)),
  door("POST", "/language", strangers(403, 403, 403), everyRole(303), { action: "own.language" }),
  door("POST", "/renew", strangers(403, 403, 403), everyRole(303)),
  door("POST", "/sign-in", strangers(422, 422, 422), everyRole(422)),
  door("POST", "/sign-out-everywhere", strangers(403, 403, 403), everyRole(303)),
  door("POST", "/sign-out", strangers(303, 303, 303), everyRole(303)),
];

/** What somebody with a role and a place must get. */
export function statusFor(row: Row, { role, place }: Post, thing: Thing | null): number {
  const { roles, done, doneOf = {}, outside = 403 } = row;
  if (!roles.includes(role)) return 403;
  if (thing === null) return done;
  return MAY[thing].includes(place) ? (doneOf[thing] ?? done) : outside;
}

/** What somebody who is not entirely signed in must get: a page leads to the sign-in, a form is refused. */
export function statusOfStranger({ method }: Pick<Row, "method">): number {
  return method === "GET" ? 303 : 403;
}

/** As the server has it registered. */
export function nameOf({ method, path }: Pick<Row, "method" | "path">): string {
  return `${method} /desk${path === "/" ? "" : path}`;
}

/** What a row is tried with; null: nothing that a place has. */
export function thingsOf({ things }: Row): readonly (Thing | null)[] {
  return things.length === 0 ? [null] : things;
}
