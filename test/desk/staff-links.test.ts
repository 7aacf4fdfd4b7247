import { describe, expect, test } from "vitest";
import {
  actionsIn,
  colleague,
  firstAdmin,
  HOUR,
  issuesOf,
  newestEntry,
  PASSWORD,
  staffStage,
  withApp,
} from "./staff-stage.ts";

const GIVEN = { login: "binh", name: "Trần Bình", password: PASSWORD, lang: "vi" } as const;

describe("the first administrator", () => {
  test("comes by a link that is renewed at each start until there is one", async () => {
    const stage = await staffStage();
    const first = await stage.staff.firstLink();
    const second = (await stage.again().firstLink()) ?? expect.fail("no link");
    const staff = stage.again();
    expect(second).toMatch(/^[\w-]{43}$/);
    expect(await staff.invitation(first ?? "")).toBeNull();
    expect(await staff.invitation(second)).toEqual({
      ...{ kind: "first-admin", name: "", roles: ["admin"] },
      until: stage.clock.now + 24 * HOUR,
    });
    expect(await staff.accept(second, GIVEN)).toMatchObject({ id: "binh", roles: ["admin"], active: true });
    expect(await staff.firstLink()).toBeNull();
    expect(await actionsIn(stage)).toEqual(["staff.first-link", "staff.first-link", "staff.join"]);
  });

  test("is one person although two use links of the same moment", async () => {
    const { staff } = await staffStage();
    const token = (await staff.firstLink()) ?? "";
    const both = await Promise.allSettled([
      staff.accept(token, GIVEN),
      staff.accept(token, { ...GIVEN, login: "cuong" }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await staff.all()).toHaveLength(1);
  });
});

describe("an invitation", () => {
  test("makes a member with its roles and place, once", async () => {
    const stage = await staffStage();
    const { staff } = stage;
    const by = await firstAdmin(stage);
    const { token, until } = await staff.invite({ name: "Bình", roles: ["approver", "author"], place: "00004" }, by);
    expect(until).toBe(stage.clock.now + 72 * HOUR);
    const member = await staff.accept(token, { ...GIVEN, login: " Binh.Tran@Phuong.example ", name: " Trần \n Bình " });
    expect(member).toMatchObject({
      ...{ id: "binh-tran-phuong-example", login: "binh.tran@phuong.example", name: "Trần Bình", lang: "vi" },
      ...{ roles: ["author", "approver"], place: "00004", secondFactor: false },
    });
    expect(await newestEntry(stage)).toMatchObject({
      ...{ who: member.id, action: "staff.join", subject: member.id, place: "00004" },
      after: { login: member.login, roles: ["author", "approver"] },
    });
    await expect(staff.accept(token, { ...GIVEN, login: "dung" })).rejects.toMatchObject({ problem: "not-found" });
  });

  test("is over after three days", async () => {
    const stage = await staffStage();
    const { token } = await stage.staff.invite({ name: "Bình", roles: ["author"] }, await firstAdmin(stage));
    stage.clock.now += 72 * HOUR;
    expect(await stage.staff.invitation(token)).toBeNull();
    await expect(stage.staff.accept(token, GIVEN)).rejects.toMatchObject({ problem: "not-found" });
  });

  test("stays good while what was given does not fit", async () => {
    const stage = await staffStage();
    const { staff } = stage;
    const { token } = await staff.invite({ name: "Bình", roles: ["author"] }, await firstAdmin(stage));
    expect(await issuesOf(staff.accept(token, { login: "a b", name: " ", password: "ngắn", lang: "vi" }))).toEqual({
      login: "desk.invalid.login",
      name: "desk.invalid.name",
      password: "desk.invalid.password-short",
    });
    expect(await issuesOf(staff.accept(token, { ...GIVEN, login: "Admin" }))).toEqual({
      login: "desk.invalid.login-taken",
    });
    expect(await issuesOf(staff.accept(token, { ...GIVEN, password: "hoa của trần bình" }))).toEqual({
      password: "desk.invalid.password-personal",
    });
    expect(await staff.accept(token, GIVEN)).toMatchObject({ login: "binh" });
  });

  test("gives two logins that look alike two ids", async () => {
    const stage = await staffStage();
    const by = await firstAdmin(stage);
    expect((await colleague(stage.staff, by, "lan.vu")).id).toBe("lan-vu");
    expect((await colleague(stage.staff, by, "lan-vu")).id).toBe("lan-vu-2");
    expect((await colleague(stage.staff, by, "constructor")).id).toBe("constructor");
  });
});

describe("a link for a new password", () => {
  test("keeps the second factor unless the administrator says otherwise", async () => {
    const stage = await staffStage();
    const { staff } = stage;
    const by = await firstAdmin(stage);
    const { id } = await colleague(staff, by, "binh", { roles: ["approver"] });
    await withApp(stage, id);
    const kept = await staff.reset({ id, secondFactor: false }, by);
    const given = { ...GIVEN, login: "somebody", password: "gió thổi qua cánh đồng" };
    expect(await staff.accept(kept.token, given)).toMatchObject({ login: "binh", secondFactor: true });
    expect(await staff.signIn("binh", given.password, "::1")).toMatchObject({ kind: "code" });
    const anew = await staff.reset({ id, secondFactor: true }, by);
    expect(await staff.accept(anew.token, { ...given, password: PASSWORD })).toMatchObject({ secondFactor: false });
    expect(await staff.signIn("binh", PASSWORD, "::1")).toMatchObject({ kind: "enrol" });
  });

  test("takes the place of the one before, and opens a locked account", async () => {
    const stage = await staffStage();
    const { staff } = stage;
    const by = await firstAdmin(stage);
    const { id } = await colleague(staff, by, "binh");
    for (let n = 0; n < 10; n++) await staff.signIn("binh", "sai", "::1");
    expect((await staff.byLogin("binh"))?.lockedUntil).toBeGreaterThan(stage.clock.now);
    const first = await staff.reset({ id, secondFactor: false }, by);
    const second = await staff.reset({ id, secondFactor: false }, by);
    await expect(staff.accept(first.token, GIVEN)).rejects.toMatchObject({ problem: "not-found" });
    await staff.accept(second.token, GIVEN);
    expect(await staff.signIn("binh", PASSWORD, "::1")).toMatchObject({ kind: "in" });
  });

  test("lets a lone administrator in who lost everything, from the machine itself", async () => {
    const stage = await staffStage();
    const { staff } = stage;
    const { id } = await firstAdmin(stage);
    await withApp(stage, id);
    const link = (await staff.resetLink(" ADMIN ")) ?? expect.fail("no link");
    expect(await newestEntry(stage)).toMatchObject({
      who: "-",
      via: "command",
      action: "staff.reset",
      subject: "admin",
    });
    await staff.accept(link.token, GIVEN);
    expect(await staff.signIn("admin", PASSWORD, "::1")).toMatchObject({ kind: "enrol" });
    expect(await staff.resetLink("nobody")).toBeNull();
  });

  test("is not given to oneself, nor for somebody who is switched off", async () => {
    const stage = await staffStage();
    const { staff } = stage;
    const by = await firstAdmin(stage);
    const { id } = await colleague(staff, by, "binh");
    await expect(staff.reset({ id: by.id, secondFactor: true }, by)).rejects.toMatchObject({ problem: "forbidden" });
    const { token } = await staff.reset({ id, secondFactor: false }, by);
    await staff.change({ id, active: false }, by);
    await expect(staff.reset({ id, secondFactor: false }, by)).rejects.toMatchObject({ problem: "conflict" });
    await expect(staff.accept(token, GIVEN)).rejects.toMatchObject({ problem: "not-found" });
    expect(await staff.resetLink("binh")).toBeNull();
  });
});

test("a link that was not used yet can be taken back, within one's own place", async () => {
  const stage = await staffStage();
  const { staff } = stage;
  const by = await firstAdmin(stage);
  const { token } = await staff.invite({ name: "Bình", roles: ["author"], place: "01" }, by);
  const [open] = await staff.openLinks(by);
  expect(open).toMatchObject({ kind: "invitation", name: "Bình", roles: ["author"], place: "01" });
  expect(JSON.stringify(open)).not.toContain(token);
  const elsewhere = { ...by, place: "79" };
  expect(await staff.openLinks(elsewhere)).toEqual([]);
  const link = open?.link ?? "";
  await expect(staff.withdraw(link, elsewhere)).rejects.toMatchObject({ problem: "outside-place" });
  await staff.withdraw(link, by);
  expect(await staff.openLinks(by)).toEqual([]);
  await expect(staff.accept(token, GIVEN)).rejects.toMatchObject({ problem: "not-found" });
  await expect(staff.withdraw(link, by)).rejects.toMatchObject({ problem: "not-found" });
  expect((await stage.audit.read(1))[0]).toMatchObject({ action: "staff.withdraw", subject: link, who: by.id });
});

test("no token, password or secret is written anywhere", async () => {
  const stage = await staffStage();
  const { staff } = stage;
  const by = await firstAdmin(stage);
  const { token } = await staff.invite({ name: "Bình", roles: ["author"] }, by);
  const { secret, code } = await withApp(stage, by.id);
  await staff.signIn("admin", "không phải mật khẩu", "::1");
  await staff.signIn("mật khẩu gõ nhầm ô", PASSWORD, "203.0.113.9");
  await staff.checkCode(by.id, code(1), "::1");
  const reset = await staff.resetLink("admin");
  const written = await stage.written();
  const open = [token, reset?.token ?? "?", PASSWORD, secret, code(1), "không phải", "gõ nhầm", "203.0.113.9"];
  for (const secretText of open) expect(written).not.toContain(secretText);
  const audit = JSON.stringify(await stage.audit.read(1_000));
  expect(audit).not.toContain("argon2");
  expect(audit).not.toContain("totp");
});
