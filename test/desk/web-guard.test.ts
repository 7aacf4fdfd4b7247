import { describe, expect, test } from "vitest";
import { z } from "zod";
import { action } from "../../src/desk/action.ts";
import { DeskProblem } from "../../src/desk/problem.ts";
import type { Route } from "../../src/desk/web/route.ts";
import { one, upload } from "../../src/desk/web/route.ts";
import { routeTable } from "../../src/desk/web/route-table.ts";
import { html } from "../../src/server/html.ts";
import { HOUR, MINUTE } from "./staff-stage.ts";
import { openHouse, PASSWORD } from "./support/house.ts";

describe("a session", () => {
  test("ends after half an hour without a request, and after twelve hours in any case", async () => {
    const house = await openHouse();
    const idle = await house.signedIn("hoa", ["author"]);
    house.clock.now += 29 * MINUTE;
    expect((await idle.open("/desk")).statusCode).toBe(200);
    house.clock.now += 30 * MINUTE;
    expect((await idle.open("/desk")).headers.location).toContain("/desk/sign-in");
    const busy = await house.signedIn("lan", ["author"]);
    for (let n = 0; n < 35; n++) {
      house.clock.now += 20 * MINUTE;
      expect((await busy.open("/desk")).statusCode).toBe(200);
    }
    house.clock.now += 20 * MINUTE;
    expect((await busy.open("/desk")).statusCode).toBe(303);
  });

  test("outlives a restart, and the data folder does not give it away", async () => {
    const house = await openHouse();
    const visitor = await house.signedIn("hoa", ["author"]);
    const kept = JSON.stringify(await house.team.read("desk_sessions"));
    expect(kept).not.toContain(visitor.cookies.get("antam"));
    visitor.app = await house.restarted();
    expect((await visitor.open("/desk")).statusCode).toBe(200);
    house.clock.now += 13 * HOUR;
    visitor.app = await house.restarted();
    expect((await visitor.open("/desk")).statusCode).toBe(303);
  });

  test.each([
    { what: "roles", change: { roles: ["author", "directory"] as const } },
    { what: "place", change: { place: "01" } },
    { what: "activity", change: { active: false } },
  ])("is over once the $what changed", async ({ change }) => {
    const house = await openHouse();
    const visitor = await house.signedIn("hoa", ["author"]);
    house.clock.now += 1;
    await house.staff.change({ id: "hoa", ...change }, { id: "quan-tri", name: "", roles: ["admin"], via: "web" });
    expect((await visitor.open("/desk")).headers.location).toContain("/desk/sign-in");
    expect(await house.team.read("desk_sessions")).toEqual({});
  });

  test("of another browser is over once the password changed; this one goes on with another id", async () => {
    const house = await openHouse();
    const here = await house.signedIn("hoa", ["author"]);
    const there = house.visitor();
    await there.signIn("hoa", PASSWORD);
    house.clock.now += 1;
    const id = here.cookies.get("antam");
    await here.open("/desk/account");
    const wrong = await here.send("/desk/account/password", {
      before: PASSWORD,
      after: "gió lên đồi chè xanh",
      again: "khác",
    });
    expect([wrong.statusCode, wrong.body.includes("Hai lần gõ chưa giống nhau")]).toEqual([422, true]);
    const next = { before: PASSWORD, after: "gió lên đồi chè xanh", again: "gió lên đồi chè xanh" };
    const done = await here.send("/desk/account/password", next);
    expect(done.headers.location).toBe("/desk/account?said=password");
    expect(here.cookies.get("antam")).not.toBe(id);
    expect((await here.open("/desk/account?said=password")).body).toContain("Đã đổi mật khẩu.");
    expect((await there.open("/desk")).statusCode).toBe(303);
  });

  test("ends with signing out, everywhere too", async () => {
    const house = await openHouse();
    const here = await house.signedIn("hoa", ["author"]);
    const there = house.visitor();
    await there.signIn("hoa", PASSWORD);
    const id = there.cookies.get("antam") ?? "";
    expect((await there.send("/desk/sign-out", {})).headers.location).toBe("/desk/sign-in?said=signed-out&lang=vi");
    expect(there.cookies.has("antam")).toBe(false);
    there.cookies.set("antam", id);
    expect((await there.open("/desk")).statusCode).toBe(303);
    await there.signIn("hoa", PASSWORD);
    await here.open("/desk");
    await here.send("/desk/sign-out-everywhere", {});
    expect((await there.open("/desk")).statusCode).toBe(303);
    expect((await there.open("/desk/sign-in?said=signed-out-everywhere")).body).toContain(
      "Bạn đã đăng xuất ở mọi nơi.",
    );
  });

  test("has a cookie for https alone where the desk is reached by it, whatever the proxy says", async () => {
    const house = await openHouse({ publicUrl: "https://antam.example" });
    const visitor = house.visitor();
    await visitor.open("/desk/sign-in");
    await house.signedIn("hoa", ["author"]);
    const answer = await visitor.send("/desk/sign-in", { login: "hoa", password: PASSWORD });
    expect(answer.cookies).toMatchObject([
      { name: "__Host-antam", secure: true, httpOnly: true, sameSite: "Strict", path: "/" },
    ]);
    expect([...visitor.cookies.keys()].sort()).toEqual(["__Host-antam", "__Host-antam-form"]);
  });
});

describe("a form", () => {
  test("is taken only with the token of this session, and nothing that was typed is lost", async () => {
    const house = await openHouse();
    const visitor = await house.signedIn("quan-ly", ["admin"]);
    const other = await house.signedIn("khac", ["admin"]);
    await visitor.open("/desk/authority");
    for (const token of ["", "made-up", other.token]) {
      visitor.token = token;
      const typed = { "name.vi": "Ủy ban nhân dân phường <Mới>", password: "mật khẩu của tôi" };
      const answer = await visitor.send("/desk/authority", typed);
      expect([answer.statusCode, answer.body.includes("Trang này đã cũ")]).toEqual([403, true]);
      expect(answer.body).toContain("Ủy ban nhân dân phường &#60;Mới&#62;");
      expect(answer.body).not.toContain("mật khẩu của tôi");
    }
    expect(house.desk.authority.name()).toBeNull();
  });

  test.each([
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ "sec-fetch-site": "none" }, 403],
    [{ "sec-fetch-site": "same-origin", origin: "null" }, 303],
  ])("from elsewhere is refused: %o", async (headers, status) => {
    const house = await openHouse();
    const visitor = await house.signedIn("hoa", ["author"]);
    expect((await visitor.send("/desk/language", { lang: "en", back: "/desk" }, headers)).statusCode).toBe(status);
  });

  test.each([
    { origin: "https://antam.example", status: 303 },
    { origin: "https://evil.example", status: 403 },
    { origin: "http://antam.example", status: 403 },
    { origin: "null", status: 303 },
  ])("of an old browser from $origin: $status", async ({ origin, status }) => {
    const house = await openHouse({ publicUrl: "https://antam.example" });
    const visitor = await house.signedIn("hoa", ["author"]);
    delete visitor.headers["sec-fetch-site"];
    expect((await visitor.send("/desk/language", { lang: "en", back: "/desk" }, { origin })).statusCode).toBe(status);
  });

  test("that comes after the session ended is answered with what was typed", async () => {
    const house = await openHouse();
    const visitor = await house.signedIn("quan-ly", ["admin"]);
    await visitor.open("/desk/authority");
    house.clock.now += HOUR;
    const answer = await visitor.send("/desk/authority", { "name.vi": "Ủy ban nhân dân phường" });
    expect([answer.statusCode, answer.body.includes("Bạn đã được đăng xuất")]).toEqual([403, true]);
    expect(answer.body).toContain("Ủy ban nhân dân phường");
  });
});

const things: string[] = [];
const FILES: readonly Route[] = [
  {
    method: "POST",
    path: "/thing",
    action: "thing.write",
    files: true,
    input: (body) => ({ name: one(body, "name"), size: upload(body, "file")?.bytes.length ?? 0 }),
    done: () => "/account?said=saved",
  },
  { method: "POST", path: "/piece", right: "own", show: async (_, body) => html`<b>${one(body, "name")}</b>` },
  {
    method: "GET",
    path: "/file",
    right: "own",
    file: async () => ({ type: "text/calendar", name: "lịch.ics", body: "BEGIN" }),
  },
  { method: "GET", path: "/broken", right: "own", show: () => Promise.reject(new Error("secret words of somebody")) },
  { method: "GET", path: "/elsewhere", right: "own", show: () => Promise.reject(new DeskProblem("outside-place")) },
];
const Thing = z.strictObject({ name: z.string(), size: z.int() });
const ACTIONS = {
  "thing.write": action({
    right: "own",
    input: Thing,
    run: async ({ name, size }) => void things.push(`${name} ${size}`),
  }),
};

/** A form with a file as a browser sends it. */
function multipart(token: string, name: string, bytes: number) {
  const boundary = "----antam";
  const field = (key: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`;
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`;
  const payload = Buffer.concat([
    Buffer.from(field("_csrf", token) + field("name", name) + head),
    Buffer.alloc(bytes, 1),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return { payload, type: `multipart/form-data; boundary=${boundary}` };
}

describe("what comes with a form", () => {
  test.each([
    { bytes: 0, status: 303, size: 0 },
    { bytes: 3_000_000, status: 303, size: 3_000_000 },
    { bytes: 5_300_000, status: 413 },
  ])("a file of $bytes bytes: $status", async ({ bytes, status, size }) => {
    const house = await openHouse({ routes: FILES, actions: ACTIONS });
    const visitor = await house.signedIn("hoa", ["author"]);
    const { payload, type } = multipart(visitor.token, "ảnh", bytes);
    const headers = { "sec-fetch-site": "same-origin", "content-type": type, cookie: cookies(visitor.cookies) };
    const answer = await house.app.inject({ method: "POST", url: "/desk/thing", headers, payload });
    expect(answer.statusCode).toBe(status);
    if (size !== undefined) expect(things.at(-1)).toBe(`ảnh ${size}`);
    else expect(answer.body).toContain("Nội dung quá lớn");
    const elsewhere = await house.app.inject({ method: "POST", url: "/desk/language", headers, payload });
    expect(elsewhere.statusCode).toBe(400);
    const piece = await house.app.inject({ method: "POST", url: "/desk/piece", headers, payload });
    expect(piece.statusCode).toBe(status === 413 ? 413 : 200);
    if (status !== 413) expect(piece.body).toBe("<b>ảnh</b>");
  });

  test("32 KB of words are the most of an ordinary form", async () => {
    const house = await openHouse({ routes: FILES, actions: ACTIONS });
    const visitor = await house.signedIn("hoa", ["author"]);
    expect((await visitor.send("/desk/thing", { name: "a".repeat(31_000) })).statusCode).toBe(303);
    const answer = await visitor.send("/desk/thing", { name: "a".repeat(40_000) });
    expect([answer.statusCode, answer.body.includes("Nội dung quá lớn")]).toEqual([413, true]);
  });
});

describe("an answer", () => {
  test("is kept by nobody, frames nobody, and sends forms only to the desk", async () => {
    const house = await openHouse({ routes: FILES, actions: ACTIONS });
    const visitor = await house.signedIn("hoa", ["author"]);
    for (const path of ["/desk", "/desk/sign-in", "/desk/nothing", "/desk/file", "/desk/broken"]) {
      const { headers } = await visitor.open(path);
      expect(headers).toMatchObject({
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "same-origin",
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
      });
      expect(headers["content-security-policy"]).toContain("form-action 'self'");
      expect(headers["content-security-policy"]).not.toContain("unsafe");
    }
    const file = await visitor.open("/desk/file");
    expect([file.headers["content-type"], file.headers["content-disposition"], file.body]).toEqual([
      "text/calendar",
      'attachment; filename="l_ch.ics"',
      "BEGIN",
    ]);
  });

  test("to what fails says so in the person's language, and the log has no word of it", async () => {
    const house = await openHouse({ routes: FILES, actions: ACTIONS });
    const visitor = await house.signedIn("hoa", ["author"]);
    const broken = await visitor.open("/desk/broken?x=private");
    expect([broken.statusCode, broken.body.includes("Máy chủ đang gặp trục trặc")]).toEqual([500, true]);
    const other = await visitor.open("/desk/elsewhere");
    expect([other.statusCode, other.body.includes("thuộc địa bàn khác")]).toEqual([403, true]);
    const none = await visitor.open("/desk/nothing");
    expect([none.statusCode, none.body.includes("Không có trang này")]).toEqual([404, true]);
    expect(house.logged.join()).toContain("/desk/broken");
    expect(house.logged.join()).not.toMatch(/secret words|private|nothing/);
    expect(broken.body).not.toMatch(/secret words|at Object|\.ts:/);
  });

  test("to a link from an e-mail asks the browser to come again with its cookie", async () => {
    const house = await openHouse();
    const mail = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    const answer = await house.visitor().open("/desk/broadcasts/tin-1", mail);
    expect([answer.statusCode, answer.cookies, answer.body.includes('http-equiv="refresh"')]).toEqual([200, [], true]);
    const visitor = await house.signedIn("hoa", ["author"]);
    expect((await visitor.open("/desk/account", mail)).body).not.toContain("refresh");
  });
});

test("every route lets exactly those roles through that its right names", async () => {
  const house = await openHouse();
  const table = routeTable(house.routes, house.desk.actions).filter(
    ({ needs }) => needs !== "nobody" && needs !== "half",
  );
  expect(table.length).toBeGreaterThan(15);
  for (const role of ["author", "approver", "directory", "admin"] as const) {
    const visitor = await house.signedIn(`vai-${role}`, [role]);
    const token = visitor.token;
    for (const { method, path, roles } of table.filter(({ path: at }) => !at.includes("sign-out"))) {
      const url = path.replace(":id", "nobody");
      const sent = { "sec-fetch-site": "same-origin", cookie: cookies(visitor.cookies) };
      const type = { "content-type": "application/x-www-form-urlencoded" };
      const answer =
        method === "GET"
          ? await house.app.inject({ url, headers: sent })
          : await house.app.inject({ method, url, headers: { ...sent, ...type }, payload: `_csrf=${token}` });
      const forbidden = answer.statusCode === 403 && answer.body.includes("không có quyền làm việc này");
      expect(`${role} ${method} ${path}: ${forbidden}`).toBe(`${role} ${method} ${path}: ${!roles.includes(role)}`);
      const stranger = await house.app.inject({ method, url, headers: { "sec-fetch-site": "same-origin" } });
      expect(stranger.statusCode).toBe(method === "GET" ? 303 : 403);
    }
  }
});

function cookies(jar: ReadonlyMap<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}
