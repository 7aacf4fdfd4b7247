import { createMedia } from "../../../src/desk/media.ts";
import { DOORS } from "../../../src/desk/web/doors.ts";
import { deskRoutes } from "../../../src/desk/web/pages/all.ts";
import type { Seat } from "./seat.ts";
import type { Look } from "./team.ts";

/** Every route that answers with a page: `/path`, or `POST /path` for what is shown once after a form. */
export function pagesOfDesk(): readonly string[] {
  const routes = deskRoutes({ media: createMedia({ folder: "" }), hours: () => null });
  return [
    ...DOORS.filter(({ method }) => method === "GET").map(({ path }) => path),
    ...routes.filter((route) => route.method === "GET" && "show" in route).map(({ path }) => path),
    ...routes.filter((route) => "reveal" in route).map(({ path }) => `POST ${path}`),
  ].sort();
}

/** An administrator's pages. */
export async function tourOfAdmin(admin: Seat, look: Look): Promise<void> {
  for (const path of ["/staff", "/audit", "/account"]) await visit(admin, path, look);
  await admin.press("desk.account.test.do");
  await look(admin, "POST /account/test-code");
  await admin.go("/staff");
  await admin.follow(admin.page.getByRole("main").getByRole("cell").getByRole("link").last());
  await look(admin, "/staff/:id");
  await admin.press("desk.staff.reset_do");
  await look(admin, "POST /staff/:id/reset");
  await admin.go("/nowhere");
  await look(admin, "none");
}

/** Pages of whoever plans the month. `broadcast`: the path of a draft. */
export async function tourOfMonth(seat: Seat, broadcast: string, look: Look): Promise<void> {
  for (const path of ["/", "/month", "/plan", "/campaign", "/events/new", "/broadcasts", "/broadcasts/new"]) {
    await visit(seat, path, look);
  }
  await seat.press("desk-broadcasts.form.save");
  await look(seat, "/broadcasts/new refused");
  for (const step of ["edit", "abort", "delete"]) {
    await seat.go(`${broadcast}/${step}`);
    await look(seat, `/broadcasts/:id/${step}`);
  }
  await seat.go("/campaign/2026/edit");
  await look(seat, "/campaign/:id/edit");
  await tourOfEvent(seat, look);
}

async function tourOfEvent(seat: Seat, look: Look): Promise<void> {
  await seat.go("/events/new");
  await writeEvent(seat);
  const { path } = seat;
  await look(seat, "/events/:id");
  for (const step of ["edit", "cancel"]) {
    await seat.go(`${path}/${step}`);
    await look(seat, `/events/:id/${step}`);
  }
  await visit(seat, "/events", look);
}

/** Fills in the form of a new event and saves it. */
export async function writeEvent(seat: Seat): Promise<void> {
  await seat.fill({
    "title.vi": "Buổi trò chuyện ở nhà văn hóa",
    "title.en": "A talk at the culture house",
    "about.vi": "Nói chuyện về chia sẻ việc nhà và cách lắng nghe nhau.",
    "about.en": "A talk about sharing housework and listening to each other.",
    "venue.vi": "Nhà văn hóa phường",
    "venue.en": "The ward's culture house",
    place: "Đống Đa, Hà Nội",
    from: "2026-11-20T18:30",
    until: "2026-11-20T20:30",
    "reminders.0": "2026-11-19T17:00",
  });
  await seat.press("desk-month.form.save");
}

/** The directory and one of its entries. */
export async function tourOfDirectory(seat: Seat, look: Look): Promise<void> {
  await visit(seat, "/directory", look);
  await seat.follow(seat.page.locator('main h3 a[href^="/desk/directory/"]').first());
  await look(seat, "/directory/:service");
}

async function visit(seat: Seat, path: string, look: Look): Promise<void> {
  await seat.go(path);
  await look(seat, path);
}
