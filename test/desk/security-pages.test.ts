import { expect, test } from "vitest";
import { routeTable } from "../../src/desk/web/route-table.ts";
import { BROADCAST, EVENT, made, openWholeDesk, press } from "./security-stage.ts";
import type { House } from "./support/house.ts";
import type { Visitor } from "./support/visitor.ts";

/** Addresses of every page that is read, with ids of things that are there. */
async function addresses(house: House, author: Visitor): Promise<readonly string[]> {
  const broadcast = await made(author, "broadcasts/new", BROADCAST);
  const event = await made(author, "events/new", EVENT);
  const ids: Readonly<Record<string, string>> = {
    "/desk/broadcasts/": broadcast.split("/").at(-1) ?? "",
    "/desk/events/": event.split("/").at(-1) ?? "",
    "/desk/staff/": "hoa",
    "/desk/campaign/": "2026",
  };
  return routeTable(house.routes, house.desk.actions)
    .filter(({ method }) => method === "GET")
    .map(({ path }) => {
      const owner = Object.keys(ids).find((start) => path.startsWith(start)) ?? "";
      return path.replace(":id", ids[owner] ?? "nobody").replace(/:\w+/, "nobody");
    });
}

const HEADERS = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "x-robots-tag": "noindex",
};

test("every page has every header, no script or style of its own, and tells no version", async () => {
  const house = await openWholeDesk();
  const staff = await house.signedIn("hoa", ["author", "approver", "directory", "admin"]);
  const pages = await addresses(house, staff);
  expect(pages.length).toBeGreaterThan(30);
  const seen: number[] = [];
  for (const page of pages) {
    const { statusCode, headers, body } = await staff.open(page);
    seen.push(statusCode);
    expect([page, statusCode < 500]).toEqual([page, true]);
    expect(headers, page).toMatchObject(HEADERS);
    expect(headers["content-security-policy"], page).toMatch(/^default-src 'none';script-src 'self';style-src 'self'/);
    expect(headers["content-security-policy"], page).not.toMatch(/unsafe|\*|data:|https?:/);
    expect([headers["x-powered-by"], headers["server"], headers["access-control-allow-origin"]]).toEqual(Array(3));
    if (body !== "") expect(headers["content-type"], page).toMatch(/charset=utf-8$/);
    if (!String(headers["content-type"]).startsWith("text/html")) continue;
    expect(body, page).not.toMatch(
      /<script(?![^>]*\ssrc="\/desk\/|[^>]*\ssrc="\/)|<style|\sstyle="|\son[a-z]+="|javascript:|https?:\/\/(?!www\.w3\.org)[^"]*\.js/,
    );
  }
  expect(seen.filter((status) => status === 200).length).toBeGreaterThan(20);
});

test("without a session no page answers with anything but the way to sign in, by any method", async () => {
  const house = await openWholeDesk();
  const staff = await house.signedIn("hoa", ["author", "approver", "directory", "admin"]);
  const open = /^\/desk\/(?:sign-in|accept)/;
  for (const page of (await addresses(house, staff)).filter((address) => !open.test(address))) {
    for (const method of ["GET", "HEAD"] as const) {
      const { statusCode, headers, body } = await house.app.inject({ method, url: page });
      expect([page, method, statusCode, headers.location]).toEqual([
        page,
        method,
        303,
        `/desk/sign-in?next=${encodeURIComponent(page)}`,
      ]);
      expect(body).toBe("");
    }
    for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] as const) {
      const { statusCode, headers } = await house.app.inject({ method, url: page });
      expect([page, method, statusCode]).toEqual([page, method, 404]);
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    }
  }
});

test.each([
  "/desk/../desk/staff",
  "/desk/%2e%2e/desk/staff",
  "/desk//staff",
  "//desk/staff",
  "/desk/staff/",
  "/desk/staff%00",
  "/desk/staff;x",
  "/desk/staff%2f",
  "/DESK/staff",
  "/desk/Staff",
  "/desk/sign-in/../staff",
  "/desk/broadcasts/media/..%2f..%2fstaff.json",
  "/desk/broadcasts/media/%2e%2e%2f%2e%2e%2fkeys.json",
  "/desk/broadcasts/media/../../keys.json",
  "/desk/broadcasts/..%2f..%2fstaff",
])("a trick with the address leads nowhere: %s", async (url) => {
  const house = await openWholeDesk();
  const author = await house.signedIn("lan", ["author"]);
  const own = await author.open(url);
  expect([200, 500]).not.toContain(own.statusCode);
  const stranger = await house.app.inject({ url });
  expect([303, 404]).toContain(stranger.statusCode);
});

test.each([
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/desk/../../evil",
  "/desk@evil.example",
  "\t//evil.example",
  "javascript:alert(1)",
  "/desk/sign-out",
  "/desk\r\nset-cookie: a=b",
])("no address after the sign-in or the change of language leads out of the desk: %j", async (next) => {
  const house = await openWholeDesk();
  await house.signedIn("hoa", ["author"]);
  const visitor = house.visitor();
  const way = `/desk/sign-in?next=${encodeURIComponent(next)}&next=//evil.example`;
  await visitor.open(way);
  const { headers } = await visitor.send(way, { login: "hoa", password: "mưa rơi trên mái ngói" });
  expect(headers.location).toMatch(/^\/desk(?:$|[^\s@\\]*$)/);
  await visitor.open("/desk");
  const back = await visitor.send("/desk/language", { lang: "en", back: next });
  expect(back.headers.location).toMatch(/^\/desk(?:$|[^\s@\\]*$)/);
  expect(headers["set-cookie"] === undefined ? "" : String(headers["set-cookie"])).not.toContain("a=b");
});

const SEALED_CHAT = Buffer.from("a chat of somebody").toString("base64");

test("no page names a chat, not even of whoever tests", async () => {
  const house = await openWholeDesk();
  const staff = await house.signedIn("hoa", ["author", "approver", "directory", "admin"]);
  const actor = { id: "hoa", name: "hoa", roles: ["author"], via: "web" } as const;
  await house.staff.changeTestChats(() => [SEALED_CHAT], actor);
  const pages = await addresses(house, staff);
  const address = pages.find((page) => /broadcasts\/2026-[^/]+$/.test(page)) ?? expect.fail("no broadcast");
  await press(staff, address, "submit");
  for (const page of pages) expect((await staff.open(page)).body, page).not.toContain(SEALED_CHAT);
});
