import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { eventIcs } from "../../src/desk/month/ics.ts";
import { fieldsOf } from "../../src/desk/web/form.ts";
import { BROADCAST, EVENT, made, openWholeDesk, press } from "./security-stage.ts";
import { openHouse } from "./support/house.ts";

/** Breaks out of a text, an attribute and a textarea at once, where nothing is escaped. */
const HOSTILE = `"><script>alert(1)</script>'</textarea><img src=x>`;
const RAW = /<script>alert|<img src=x|<\/textarea><img/;
const ESCAPED = "&#60;script&#62;alert(1)";

describe("markup that staff type", () => {
  test("is words on every page that shows it: lists, views, forms, today, the calendar, the trail", async () => {
    const house = await openWholeDesk();
    const lan = await house.signedIn("lan", ["author"]);
    const hoa = await house.signedIn("hoa", ["approver", "admin"]);
    const both = (name: string) => ({ [`${name}.vi`]: HOSTILE, [`${name}.en`]: HOSTILE });
    const broadcast = await made(lan, "broadcasts/new", {
      ...{ ...BROADCAST, title: HOSTILE, "segment.places": "", ...both("content.text") },
      ...{ "content.ways.0.to": "payload:tips", ...both("content.ways.0.label") },
    });
    const event = await made(lan, "events/new", {
      ...{ ...EVENT, ...both("title"), ...both("about"), ...both("venue"), ...both("organiser") },
    });
    for (const address of [broadcast, event]) {
      await press(lan, address, "submit");
      expect((await press(hoa, address, "return", { remark: HOSTILE })).statusCode).toBe(303);
    }
    await hoa.open("/desk");
    const given = { ...both("name"), ...both("hours"), place: "" };
    expect((await hoa.send("/desk/authority", given)).statusCode).toBe(303);
    const views = [broadcast, `${broadcast}/edit`, `${broadcast}/delete`, event, `${event}/edit`, `${event}/cancel`];
    const lists = ["/desk/broadcasts", "/desk/events", "/desk/month", "/desk"];
    for (const page of [...views, ...lists]) {
      const { body } = await lan.open(page);
      expect([page, body.includes(ESCAPED), RAW.exec(body)]).toEqual([page, true, null]);
    }
    for (const page of ["/desk/audit", "/desk/authority"]) {
      const { body } = await hoa.open(page);
      expect([page, body.includes(ESCAPED), RAW.exec(body)]).toEqual([page, true, null]);
    }
  });

  test("is words where it comes back at once: refused forms, addresses, queries, a name at the sign-in", async () => {
    const house = await openWholeDesk();
    const staff = await house.signedIn("hoa", ["author", "approver", "directory", "admin"]);
    const query = new URLSearchParams(
      ["said", "q", "show", "page", "week", "from", "action", "before", "next", "lang"].map(
        (name): [string, string] => [name, HOSTILE],
      ),
    ).toString();
    for (const page of [
      "",
      "/broadcasts",
      "/events",
      "/month",
      "/directory",
      "/audit",
      "/staff",
      "/account",
      "/plan",
    ]) {
      const { statusCode, body } = await staff.open(`/desk${page}?${query}`);
      expect([page, statusCode, RAW.exec(body)]).toEqual([page, 200, null]);
    }
    await staff.open("/desk");
    const typed = { title: HOSTILE, "title.vi": HOSTILE, place: HOSTILE, from: HOSTILE, "segment.places": HOSTILE };
    for (const form of ["/broadcasts/new", "/events", "/staff/invite", "/authority"]) {
      const { statusCode, body } = await staff.send(`/desk${form}`, { ...typed, "name.vi": HOSTILE, name: HOSTILE });
      expect([form, statusCode, RAW.exec(body)]).toEqual([form, 422, null]);
    }
    const stranger = house.visitor();
    await stranger.open(`/desk/sign-in?${query}`);
    const refused = await stranger.send("/desk/sign-in", { login: HOSTILE, password: HOSTILE });
    expect([refused.statusCode, RAW.exec(refused.body)]).toEqual([422, null]);
  });

  test("that names a member of staff is words in the trail, one line of the file each", async () => {
    const house = await openHouse();
    const boss = await house.signedIn("sep", ["admin"]);
    await boss.open("/desk/staff");
    const name = `${HOSTILE}\n{"at":1}`;
    await boss.send("/desk/staff/invite", { name, roles: "author", place: "" });
    const { body } = await boss.open("/desk/audit");
    expect(RAW.exec(body)).toBeNull();
    const lines = (await readFile(join(house.folder, "audit.jsonl"), "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => typeof JSON.parse(line))).toEqual(lines.map(() => "object"));
    expect(lines.join()).toContain("<script>alert(1)");
  });
});

describe("fields that nobody asked for", () => {
  test("are refused by every action", async () => {
    const { desk } = await openWholeDesk();
    expect(Object.keys(desk.actions).length).toBeGreaterThan(25);
    for (const [name, { input }] of Object.entries(desk.actions)) {
      const codes = input.safeParse({ nobodyAskedForThis: true }).error?.issues.map(({ code }) => code) ?? [];
      expect([name, codes.includes("unrecognized_keys")]).toEqual([name, true]);
    }
  });

  test("in a form change neither state nor author nor rights", async () => {
    const house = await openWholeDesk();
    const lan = await house.signedIn("lan", ["author"]);
    const more = {
      state: "released",
      author: "hoa",
      writers: "hoa",
      releasedBy: "hoa",
      event: "x",
      id: "an-id-of-hers",
    };
    const address = await made(lan, "broadcasts/new", { ...BROADCAST, ...more });
    const admin = { id: "quan-tri", name: "", roles: ["admin"], via: "web" } as const;
    const { broadcast } = await house.desk.broadcasts.view(address.split("/").at(-1) ?? "", admin);
    expect(broadcast).toMatchObject({ state: "draft", author: "lan", writers: ["lan"] });
    expect([broadcast.releasedBy, broadcast.event, broadcast.id.includes("hers")]).toEqual([
      undefined,
      undefined,
      false,
    ]);
  });

  test("twice are read as the first alone where one is wanted", async () => {
    const house = await openHouse();
    await house.signedIn("hoa", ["author"]);
    const visitor = house.visitor();
    await visitor.open("/desk/sign-in");
    const twice = await visitor.send("/desk/sign-in", { login: ["hoa", "quan-tri"], password: ["x", "y"] });
    expect(twice.statusCode).toBe(422);
  });
});

describe("names that every object has", () => {
  const NAMES = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "constructor.prototype"];

  test("are no fields and change no object", () => {
    const form = new URLSearchParams(NAMES.map((name): [string, string] => [name, "polluted"]));
    const read = fieldsOf(Object.fromEntries(form));
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    expect(typeof {}.toString).toBe("function");
  });

  test.each(NAMES)("%s is no broadcast, event, member, campaign or file", async (name) => {
    const house = await openWholeDesk();
    const staff = await house.signedIn("hoa", ["author", "approver", "admin"]);
    for (const folder of ["broadcasts", "events", "staff", "campaign", "broadcasts/media", "accept"]) {
      const path = folder === "campaign" ? `/desk/campaign/${name}/edit` : `/desk/${folder}/${name}`;
      const { statusCode } = await staff.open(path);
      expect([path, statusCode]).toEqual([path, 404]);
    }
    await staff.open("/desk");
    const changes = ["broadcasts", "events"].map((folder) => `/desk/${folder}/${name}/submit`);
    for (const path of [...changes, `/desk/staff/${name}/unlock`, `/desk/campaign/${name}/submit`]) {
      const { statusCode } = await staff.send(path, { __proto__: "x", constructor: "x" });
      expect([path, statusCode >= 400 && statusCode < 500]).toEqual([path, true]);
    }
  });
});

test("a calendar file has the lines of the calendar alone, whatever stands in a title", async () => {
  const house = await openWholeDesk();
  const lan = await house.signedIn("lan", ["author"]);
  const injected = "Vui\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTACH:https://evil.example;x,y\\n";
  await made(lan, "broadcasts/new", { ...BROADCAST, title: injected, "segment.places": "" });
  const event = await made(lan, "events/new", { ...EVENT, "title.vi": injected, "venue.vi": injected });
  const { body } = await lan.open("/desk/month/calendar.ics");
  const drafts = await house.desk.month.event(event.split("/").at(-1) ?? "", ADMIN);
  for (const file of [body, eventIcs(drafts, "antam.example")]) {
    const lines = file.split("\r\n");
    expect(lines.filter((line) => line.startsWith("ATTACH"))).toEqual([]);
    expect(lines.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(
      lines.filter((line) => line.startsWith("UID:")).length,
    );
    expect(file.replace(/\r\n/g, "")).not.toMatch(/[\r\n]/);
  }
});

const ADMIN = { id: "quan-tri", name: "", roles: ["admin"], via: "web" } as const;

describe("a file", () => {
  test.each([
    { what: "a page", type: "image/png", bytes: "<!doctype html><script>alert(1)</script>" },
    {
      what: "a drawing with a script",
      type: "image/svg+xml",
      bytes: "<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>",
    },
    { what: "a program", type: "image/jpeg", bytes: "MZ\u0090\u0000" },
    { what: "an archive", type: "audio/ogg", bytes: "PK\u0003\u0004" },
  ])("that is $what is refused, whatever its name and type say", async ({ type, bytes }) => {
    const house = await openWholeDesk();
    const lan = await house.signedIn("lan", ["author"]);
    const { payload, headers } = multipart(lan.token, bytes, type);
    const cookie = [...lan.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const sent = { ...headers, cookie, "sec-fetch-site": "same-origin" };
    const answer = await house.app.inject({ method: "POST", url: "/desk/broadcasts/new", headers: sent, payload });
    expect([answer.statusCode, answer.body.includes("alert(1)")]).toEqual([422, false]);
  });
});

/** The form of a broadcast with a file. */
function multipart(token: string, bytes: string, type: string) {
  const [boundary, line] = ["----antam", "\r\n"];
  const fields = Object.entries({ ...BROADCAST, _csrf: token }).map(
    ([name, value]) =>
      `--${boundary}${line}Content-Disposition: form-data; name="${name}"${line}${line}${value}${line}`,
  );
  const name = '../../a.png"; x="<script>';
  const file = `--${boundary}${line}Content-Disposition: form-data; name="media"; filename="${name}"${line}Content-Type: ${type}${line}${line}${bytes}${line}--${boundary}--${line}`;
  return {
    payload: Buffer.from(fields.join("") + file, "latin1"),
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
  };
}
