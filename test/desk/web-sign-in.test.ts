import { describe, expect, test } from "vitest";
import { codeOf, openHouse, PASSWORD } from "./support/house.ts";

describe("the first administrator", () => {
  test("follows the one-time link, sets up the second factor and is in", async () => {
    const house = await openHouse();
    const token = (
      await house.staff.invite(
        { name: "Chị Lan", roles: ["admin"] },
        { id: "quan-tri", name: "", roles: ["admin"], via: "web" },
      )
    ).token;
    const visitor = house.visitor();
    const page = await visitor.open(`/desk/accept/${token}`);
    expect(page.body).toContain("Nhận lời mời");
    const given = { name: "Chị Lan", login: "lan", password: PASSWORD, again: PASSWORD };
    const accepted = await visitor.send(`/desk/accept/${token}`, given);
    expect([accepted.statusCode, accepted.headers.location]).toEqual([303, "/desk/enrol"]);
    const enrol = await visitor.open("/desk/enrol");
    const secret = /class="secret">([^<]+)</.exec(enrol.body)?.[1]?.replaceAll(" ", "") ?? "";
    expect(enrol.body).toContain("<svg");
    expect((await visitor.send("/desk/enrol", { code: "000000" })).statusCode).toBe(422);
    const done = await visitor.send("/desk/enrol", { code: codeOf(house, secret) });
    expect([done.statusCode, done.headers.location]).toEqual([303, "/desk"]);
    const home = await visitor.open("/desk");
    expect(home.statusCode).toBe(200);
    expect(home.body).toContain("Chị Lan");
    expect((await house.visitor().open(`/desk/accept/${token}`)).statusCode).toBe(404);
  });

  test("keeps what was typed when the password is too weak, and the link stays good", async () => {
    const house = await openHouse();
    const by = { id: "quan-tri", name: "", roles: ["admin"], via: "web" } as const;
    const { token } = await house.staff.invite({ name: "Hoa", roles: ["author"] }, by);
    const visitor = house.visitor();
    await visitor.open(`/desk/accept/${token}`);
    const weak = await visitor.send(`/desk/accept/${token}`, {
      name: "Hoa",
      login: "hoa",
      password: "ngan",
      again: "ngan",
    });
    expect(weak.statusCode).toBe(422);
    expect(weak.body).toContain("Mật khẩu cần từ 12 ký tự");
    expect(weak.body).toContain('value="Hoa"');
    expect(weak.body).not.toContain("ngan");
    const good = { name: "Hoa", login: "hoa", password: PASSWORD, again: PASSWORD };
    expect((await visitor.send(`/desk/accept/${token}`, good)).headers.location).toBe("/desk");
  });
});

describe("signing in", () => {
  test("leads to the page that was asked for, and nowhere else", async () => {
    const house = await openHouse();
    await house.signedIn("hoa", ["author"]);
    const visitor = house.visitor();
    const first = await visitor.open("/desk/account?x=1");
    expect([first.statusCode, first.headers.location]).toEqual([303, "/desk/sign-in?next=%2Fdesk%2Faccount%3Fx%3D1"]);
    await visitor.open(String(first.headers.location));
    const answer = await visitor.send(String(first.headers.location), { login: "Hoa ", password: PASSWORD });
    expect(answer.headers.location).toBe("/desk/account?x=1");
    for (const next of [
      "https://evil.example",
      "//evil.example/desk",
      "/\\evil.example",
      "/desk/../api",
      "/desk/sign-out",
    ]) {
      const other = house.visitor();
      await other.open("/desk/sign-in");
      const path = `/desk/sign-in?next=${encodeURIComponent(next)}`;
      expect((await other.send(path, { login: "hoa", password: PASSWORD })).headers.location).toBe("/desk");
    }
  });

  test("says the same for a wrong name and a wrong password, and sets no session", async () => {
    const house = await openHouse();
    await house.signedIn("hoa", ["author"]);
    const visitor = house.visitor();
    const tries = [];
    for (const login of ["hoa", "nobody"]) {
      await visitor.open("/desk/sign-in");
      const answer = await visitor.send("/desk/sign-in", { login, password: "sai mất rồi nhé" });
      tries.push([
        answer.statusCode,
        answer.body.includes("Tên đăng nhập hoặc mật khẩu chưa đúng"),
        answer.body.includes("sai mất"),
      ]);
    }
    expect(tries).toEqual([
      [422, true, false],
      [422, true, false],
    ]);
    expect(visitor.cookies.has("antam")).toBe(false);
  });

  test("says how long to wait after many wrong tries, and a good sign-in later tells of them", async () => {
    const house = await openHouse();
    await house.signedIn("hoa", ["author"]);
    const visitor = house.visitor();
    await visitor.open("/desk/sign-in");
    let answer = await visitor.send("/desk/sign-in", { login: "hoa", password: "sai mất rồi nhé" });
    for (let n = 0; n < 10; n++)
      answer = await visitor.send("/desk/sign-in", { login: "hoa", password: "sai mất rồi nhé" });
    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(60);
    expect(answer.body).toContain("Bạn đợi 15 phút");
    await house.staff.unlock("hoa", { id: "quan-tri", name: "", roles: ["admin"], via: "web" });
    await visitor.send("/desk/sign-in", { login: "hoa", password: "sai mất rồi nhé" });
    await visitor.send("/desk/sign-in", { login: "hoa", password: PASSWORD });
    expect((await visitor.open("/desk")).body).toContain("1 lần nhập sai");
    expect((await visitor.open("/desk")).body).not.toContain("lần nhập sai");
  });

  test("with half a session only the code, and each step has a new id", async () => {
    const house = await openHouse();
    const known = await house.signedIn("duyet", ["approver"]);
    expect((await known.open("/desk")).statusCode).toBe(200);
    const visitor = house.visitor();
    await visitor.signIn("duyet", PASSWORD);
    const half = visitor.cookies.get("antam");
    for (const path of ["/desk", "/desk/account"]) {
      const answer = await visitor.open(path);
      expect([answer.statusCode, answer.headers.location]).toEqual([
        303,
        `/desk/code?next=${encodeURIComponent(path)}`,
      ]);
    }
    expect((await visitor.open("/desk/enrol")).headers.location).toBe("/desk/code");
    expect((await visitor.send("/desk/language", { lang: "en", back: "/desk" })).statusCode).toBe(403);
    expect((await visitor.send("/desk/code", { code: "123456" })).statusCode).toBe(422);
    expect(visitor.cookies.get("antam")).toBe(half);
  });

  test("before it the address chooses the language", async () => {
    const house = await openHouse();
    const page = await house.visitor().open("/desk/sign-in?lang=en");
    expect(page.body).toContain('<html lang="en">');
    expect(page.body).toContain("Sign in");
    const none = await house.visitor().open("/desk/accept/nothing?lang=en");
    expect([none.statusCode, none.body.includes("This link is no longer good")]).toEqual([404, true]);
  });
});
