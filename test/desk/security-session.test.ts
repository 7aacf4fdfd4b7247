import { describe, expect, test } from "vitest";
import { BROADCAST, EVENT, made, openWholeDesk } from "./security-stage.ts";
import { HOUR, withApp } from "./staff-stage.ts";
import { openHouse, PASSWORD } from "./support/house.ts";

describe("the cookie of a session", () => {
  test("that was planted before the sign-in is never adopted, and each step has another", async () => {
    const house = await openHouse();
    await house.signedIn("hoa", ["author"]);
    const victim = house.visitor();
    const planted = "A".repeat(43);
    victim.cookies.set("antam", planted);
    await victim.signIn("hoa", PASSWORD);
    const id = victim.cookies.get("antam") ?? "";
    expect(id).toMatch(/^[\w-]{43}$/);
    expect(id).not.toBe(planted);
    for (const guess of [planted, "", id.slice(0, -1), `${id}x`, id.toLowerCase()]) {
      const attacker = house.visitor();
      attacker.cookies.set("antam", guess);
      expect((await attacker.open("/desk")).statusCode).toBe(303);
    }
    await victim.open("/desk");
    await victim.signIn("hoa", PASSWORD);
    expect((await victim.open("/desk")).statusCode).toBe(200);
  });

  test("is out of reach of scripts and of other sites; without https it cannot be for https alone", async () => {
    const house = await openHouse();
    await house.signedIn("hoa", ["author"]);
    const visitor = house.visitor();
    const form = await visitor.open("/desk/sign-in");
    const answer = await visitor.send("/desk/sign-in", { login: "hoa", password: PASSWORD });
    for (const [made, name] of [
      [form, "antam-form"],
      [answer, "antam"],
    ] as const) {
      const cookie = made.cookies.find((one) => one.name === name);
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/" });
      expect([cookie?.secure, cookie?.domain, cookie?.expires]).toEqual([undefined, undefined, undefined]);
    }
  });

  test("stands in no page, no address and no line of the log", async () => {
    const house = await openWholeDesk();
    const visitor = await house.signedIn("hoa", ["author", "approver"]);
    const id = visitor.cookies.get("antam") ?? expect.fail("not signed in");
    const address = await made(visitor, "broadcasts/new", BROADCAST);
    const pages = [address, "/desk", "/desk/account", "/desk/broken-link"];
    const answers = await Promise.all(pages.map((page) => visitor.open(page)));
    const told = [...answers.map(({ body, headers }) => body + JSON.stringify(headers)), ...house.logged].join("\n");
    expect(told).not.toContain(id);
    expect(told).not.toContain(PASSWORD);
  });

  test("is good in ten browsers at a time; the oldest is signed out", async () => {
    const house = await openHouse();
    const first = await house.signedIn("hoa", ["author"]);
    for (let n = 0; n < 10; n++) {
      house.clock.now += 1;
      await house.visitor().signIn("hoa", PASSWORD);
    }
    expect((await first.open("/desk")).statusCode).toBe(303);
    expect(Object.keys((await house.team.read("desk_sessions")) ?? {})).toHaveLength(10);
  });
});

test("a code of the second factor lets one browser in, not another that saw it", async () => {
  const house = await openHouse();
  await house.signedIn("hoa", ["author"]);
  const { code } = await withApp(house, "hoa");
  house.clock.now += 30_000;
  const [owner, thief] = [house.visitor(), house.visitor()];
  await owner.signIn("hoa", PASSWORD);
  await thief.signIn("hoa", PASSWORD);
  expect((await owner.send("/desk/code", { code: code() })).headers.location).toBe("/desk");
  expect((await thief.send("/desk/code", { code: code() })).statusCode).toBe(422);
  expect((await thief.open("/desk")).headers.location).toContain("/desk/code");
});

test("a link of an invitation is good once and for three days, and its page names no account", async () => {
  const house = await openHouse();
  const admin = { id: "quan-tri", name: "", roles: ["admin"], via: "web" } as const;
  const { token } = await house.staff.invite({ name: "Lan", roles: ["author"] }, admin);
  const fields = { login: "lan", name: "Lan", password: PASSWORD, again: PASSWORD };
  const visitor = house.visitor();
  await visitor.open(`/desk/accept/${token}`);
  expect((await visitor.send(`/desk/accept/${token}`, { ...fields, roles: "admin", place: "" })).statusCode).toBe(303);
  expect((await house.staff.member("lan"))?.roles).toEqual(["author"]);
  const second = house.visitor();
  const again = await second.open(`/desk/accept/${token}`);
  expect([again.statusCode, again.body.includes("Lan")]).toEqual([404, false]);
  const { token: late } = await house.staff.invite({ name: "Mai", roles: ["author"] }, admin);
  house.clock.now += 72 * HOUR;
  expect((await second.open(`/desk/accept/${late}`)).statusCode).toBe(404);
  expect(house.logged.join()).not.toContain(token);
});

test("a wrong name and a wrong password get the same answer to the last byte", async () => {
  const house = await openHouse();
  await house.signedIn("hoa", ["author"]);
  const told = await Promise.all(
    ["hoa", "aoh"].map(async (login) => {
      const visitor = house.visitor();
      await visitor.open("/desk/sign-in");
      const { statusCode, body } = await visitor.send("/desk/sign-in", { login, password: "không phải mật khẩu này" });
      return `${statusCode} ${body.replaceAll(login, "").replace(/name="_csrf" value="[^"]+"/g, "")}`;
    }),
  );
  expect(told[0]).toBe(told[1]);
});

test("after signing out the pages of before are not to be had, nor their forms", async () => {
  const house = await openWholeDesk();
  const visitor = await house.signedIn("hoa", ["author"]);
  const address = await made(visitor, "events/new", EVENT);
  const kept = new Map(visitor.cookies);
  await visitor.open("/desk");
  await visitor.send("/desk/sign-out", {});
  for (const [name, value] of kept) visitor.cookies.set(name, value);
  expect((await visitor.open(address)).statusCode).toBe(303);
  expect((await visitor.send(`${address}/submit`, {})).statusCode).toBe(403);
});
