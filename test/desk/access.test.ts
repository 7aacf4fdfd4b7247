import { readFileSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerCommand, type CommandAnswer } from "../../src/desk/command/command.ts";
import { PROBLEMS } from "../../src/desk/problem.ts";
import { routeTable } from "../../src/desk/web/route-table.ts";
import type { Browser } from "./support/access-browser.ts";
import { type Case, caseOf, doorCase, PICTURE, undo } from "./support/access-cases.ts";
import { type AccessHouse, openAccessHouse } from "./support/access-house.ts";
import { accessPage, PAGE_FILE } from "./support/access-page.ts";
import { EVERY_THING, loginOf, MAY, POSTS, type Post, type Thing } from "./support/access-places.ts";
import {
  DOOR_ROWS,
  nameOf,
  ROWS,
  type Row,
  STRANGERS,
  type Stranger,
  statusFor,
  statusOfStranger,
  thingsOf,
} from "./support/access-rows.ts";
import { BOSS, HALF, OFF } from "./support/access-staff.ts";
import { putEverything } from "./support/access-things.ts";

/** Known to programs of this machine alone: see command-route.test.ts. */
const COMMANDS = "POST /desk/command";

let folder: string;
let house: AccessHouse;
let strangers: Readonly<Record<Stranger, Browser>>;
let boss: Browser;
const seats = new Map<string, Browser>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "an-tam-"));
  house = await openAccessHouse(folder);
  await putEverything(house);
  await house.media.keep({ bytes: PICTURE });
  for (const post of POSTS) seats.set(loginOf(post), await house.signIn(loginOf(post)));
  boss = await house.signIn(BOSS);
  strangers = { nobody: await house.stranger(), half: await house.signIn(HALF, "half"), off: await house.signIn(OFF) };
  const by = { id: BOSS, name: BOSS, roles: ["admin"], via: "web" } as const;
  await house.desk.staff.change({ id: OFF, active: false }, by);
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

const FORMS = ROWS.filter(({ method }) => method === "POST");
const named = <R extends Pick<Row, "method" | "path">>(rows: readonly R[]) =>
  rows.map((row) => ({ name: nameOf(row), row }));

/** Bytes of the audit trail: whatever changes something is noted there first. */
const noted = () => statSync(join(folder, "audit.jsonl")).size;
const seatOf = (post: Post) => seats.get(loginOf(post)) ?? expect.fail("no seat");

function ask(browser: Browser, { method }: Pick<Row, "method">, { url, form }: Pick<Case, "url" | "form">) {
  return method === "GET" ? browser.get(url) : browser.send(url, form);
}

describe("the table", () => {
  test("has every route that the server really has, and no other", () => {
    const rows = [...ROWS, ...DOOR_ROWS].map(nameOf);
    expect(rows.toSorted()).toEqual(house.registered.filter((name) => name !== COMMANDS).toSorted());
    expect(new Set(rows).size).toBe(rows.length);
  });

  test("says of every route the roles that its guard lets through", () => {
    const guarded = routeTable(house.routes, house.desk.actions).map((row) => [
      `${row.method} ${row.path}`,
      [...row.roles].sort(),
    ]);
    const rows = [...ROWS, ...DOOR_ROWS].map((row) => [nameOf(row), [...row.roles].sort()]);
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(guarded));
  });

  test("has every action", () => {
    const actions = new Set([...ROWS, ...DOOR_ROWS].flatMap(({ action }) => action ?? []));
    expect([...actions].sort()).toEqual(Object.keys(house.desk.actions).sort());
  });

  test(`is ${PAGE_FILE}`, () => {
    expect(readFileSync(PAGE_FILE, "utf8")).toBe(accessPage());
  });
});

describe("over HTTP by role, place and thing", () => {
  test.each(named(ROWS))("$name", async ({ row }) => {
    const wrong: string[] = [];
    for (const thing of thingsOf(row)) {
      const it = await caseOf(house, row, thing);
      for (const who of STRANGERS) {
        const before = noted();
        const { status } = await ask(strangers[who], row, it);
        if (status !== statusOfStranger(row)) wrong.push(`${who} ${thing}: ${status}`);
        if (noted() !== before) wrong.push(`${who} ${thing}: changed something`);
      }
      wrong.push(...(await askEverybody(row, thing, it)));
    }
    expect(wrong).toEqual([]);
  });
});

async function askEverybody(row: Row, thing: Thing | null, first: Case): Promise<readonly string[]> {
  const wrong: string[] = [];
  let it = first;
  for (const post of POSTS) {
    const want = statusFor(row, post, thing);
    const before = noted();
    const { status } = await ask(seatOf(post), row, it);
    if (status !== want) wrong.push(`${loginOf(post)} ${thing}: ${status}, not ${want}`);
    if (status >= 400 && noted() !== before) wrong.push(`${loginOf(post)} ${thing}: changed something`);
    if (row.method === "GET" || status >= 400) continue;
    await undo(house, row, it);
    it = await caseOf(house, row, thing);
  }
  return wrong;
}

describe("on the command line by role, place and thing", () => {
  const rows = FORMS.filter(({ action }) => action !== undefined);
  test.each(named(rows))("the action of $name", async ({ row }) => {
    const wrong: string[] = [];
    for (const thing of thingsOf(row)) wrong.push(...(await commandEverybody(row, thing)));
    expect(wrong).toEqual([]);
  });

  test("is refused to somebody who is unknown or switched off", async () => {
    for (const as of [OFF, "khong-co-ai"]) {
      const answer = await command({ ...ROWS[0], action: "plan.tick" }, as, { campaign: "2026" });
      expect(answer).toMatchObject({ kind: "wrong-use", text: "member" });
    }
  });
});

function command({ action = "" }: Pick<Row, "action">, as: string, input: Case["input"]): Promise<CommandAnswer> {
  const request = { words: action.split("."), as, input: { ...input }, fields: [] };
  return answerCommand(house.desk, request, { now: house.now(), base: "", running: true });
}

/** The same answer as the page's, and for the right reason. */
async function commandEverybody(row: Row, thing: Thing | null): Promise<readonly string[]> {
  const wrong: string[] = [];
  let it = await caseOf(house, row, thing);
  for (const post of POSTS) {
    const want = statusFor({ ...row, outside: 403 }, post, thing);
    const reason = row.roles.includes(post.role) ? "outside-place" : "forbidden";
    const answer = await command(row, loginOf(post), it.input);
    const got = answer.kind === "refused" ? PROBLEMS[answer.problem] : answer.kind === "done" ? row.done : 0;
    if (got !== want) wrong.push(`${loginOf(post)} ${thing}: ${got}, not ${want}`);
    if (answer.kind === "refused" && got === 403 && answer.problem !== reason)
      wrong.push(`${loginOf(post)}: ${reason}`);
    if (answer.kind !== "done") continue;
    await undo(house, row, it);
    it = await caseOf(house, row, thing);
  }
  return wrong;
}

describe("what lists show", () => {
  const pages = ROWS.filter(({ method }) => method === "GET");
  const lists = pages.filter(({ path }) =>
    ["/", "/month", "/events", "/broadcasts", "/staff", "/audit"].includes(path),
  );
  const all = new Set(["/events", "/broadcasts", "/staff"]);

  test.each(named(lists))("$name is one's own place alone", async ({ row }) => {
    for (const post of POSTS.filter(({ role }) => row.roles.includes(role))) {
      const { body } = await seatOf(post).get(nameOf(row).replace("GET ", ""));
      const shown = new Set(Array.from(body.matchAll(SOME_THING), ([, thing = ""]) => thing));
      const own = EVERY_THING.filter((thing) => MAY[thing].includes(post.place));
      const others = [...shown].filter((thing) => !own.some((one) => one === thing));
      expect([loginOf(post), ...others]).toEqual([loginOf(post)]);
      if (all.has(row.path)) expect(shown.size).toBe(own.filter((thing) => hasThing(row, thing)).length);
    }
  });
});

/** Names of the things of this test end with where they are. */
const SOME_THING = /(?:draft|submitted|released|paused|dong-nghiep)-(everybody|ward|far)\b/g;
const hasThing = ({ path }: Row, thing: Thing) => path !== "/events" || thing !== "everybody";

describe("what is elsewhere cannot be moved here, nor what is here away", () => {
  const moves = FORMS.filter(({ path }) => ["/broadcasts/:id/edit", "/events/:id", "/staff/:id"].includes(path));

  test.each(named(moves))("$name", async ({ row }) => {
    const [here, there] = [await caseOf(house, row, "ward"), await caseOf(house, row, "far")];
    const before = noted();
    const seat = seatOf({ role: row.roles[0] ?? "admin", place: "ward" });
    const took = await seat.send(there.url, here.form);
    const gave = await seat.send(here.url, there.form);
    expect([took.status, gave.status]).toEqual([403, row.outside ?? 403]);
    expect(noted()).toBe(before);
  });
});

const DOCUMENTS = ["broadcasts", "campaigns", "month", "profile", "services", "staff"] as const;
const written = async () => JSON.stringify(await Promise.all(DOCUMENTS.map((name) => house.team.read(name))));

describe("a form that did not come from its own page", () => {
  const OWN = { "sec-fetch-site": "same-origin" } as const;
  const another = () => seatOf({ role: "admin", place: "none" }).token;

  test.each(named([...FORMS, ...DOOR_ROWS.filter(({ method }) => method === "POST")]))("$name", async ({ row }) => {
    const it = "things" in row ? await caseOf(house, row, row.things[0] ?? null) : doorCase(row);
    const [before, lines] = [await written(), noted()];
    const tries = [
      await boss.send(it.url, { ...it.form, _csrf: "" }, OWN),
      await boss.send(it.url, { ...it.form, _csrf: another() }, OWN),
      await boss.send(it.url, { ...it.form, _csrf: boss.earlyToken }, OWN),
      await boss.send(it.url, it.form, { "sec-fetch-site": "cross-site" }),
      await boss.send(it.url, it.form, { "sec-fetch-site": "same-site" }),
      await boss.send(it.url, it.form, { origin: "https://evil.example" }),
    ];
    expect(tries.map(({ status }) => status)).toEqual(tries.map(() => 403));
    expect([await written(), noted()]).toEqual([before, lines]);
  });
});

test("the address of a form is no page, and no other method does anything", async () => {
  const pages = new Set([...ROWS, ...DOOR_ROWS].filter(({ method }) => method === "GET").map(({ path }) => path));
  const lines = noted();
  for (const row of [...FORMS, ...DOOR_ROWS]) {
    const { url } =
      "things" in row ? await caseOf(house, { ...row, action: "" }, row.things[0] ?? null) : doorCase(row);
    const methods = ["PUT", "DELETE", "PATCH", ...(pages.has(row.path) ? [] : ["GET"])];
    for (const method of methods) {
      const { status } = await boss.ask(method, url);
      expect(`${method} ${url}: ${status}`).toBe(`${method} ${url}: 404`);
    }
  }
  expect(noted()).toBe(lines);
});

describe("ways in and out", () => {
  const chairs = (["author", "approver", "directory", "admin"] as const).map(
    (role) => ({ role, place: "none" }) as const,
  );

  test.each(named(DOOR_ROWS))("$name", async ({ row }) => {
    const { url, form } = doorCase(row);
    for (const who of STRANGERS) {
      const { status } = await ask(strangers[who], row, { url, form });
      expect(`${who}: ${status}`).toBe(`${who}: ${row.strangers[who]}`);
    }
    for (const post of chairs) {
      const { status } = await ask(seatOf(post), row, { url, form });
      expect(`${post.role}: ${status}`).toBe(`${post.role}: ${row.full[post.role]}`);
      if (row.path.startsWith("/sign-out") || row.path === "/renew") {
        seats.set(loginOf(post), await house.signIn(loginOf(post)));
      }
    }
  });
});
