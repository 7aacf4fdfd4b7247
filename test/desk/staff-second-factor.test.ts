import { describe, expect, test } from "vitest";
import { needsSecondFactor } from "../../src/desk/staff/staff.ts";
import {
  actionsIn,
  colleague,
  firstAdmin,
  issuesOf,
  newestEntry,
  PASSWORD,
  staffStage,
  withApp,
} from "./staff-stage.ts";

const REFUSED = { kind: "refused", waitSeconds: 0 };

async function adminWithApp() {
  const stage = await staffStage();
  const { id } = await firstAdmin(stage);
  const app = await withApp(stage, id);
  stage.clock.now += 60_000;
  return { ...stage, id, ...app };
}

describe("the second factor", () => {
  test("is for approvers and administrators, and for everybody who wants it", async () => {
    const stage = await staffStage();
    const by = await firstAdmin(stage);
    await colleague(stage.staff, by, "binh", { roles: ["author", "directory"] });
    expect(needsSecondFactor({ roles: ["author", "directory"] })).toBe(false);
    expect(await stage.staff.signIn("admin", PASSWORD, "::1")).toMatchObject({ kind: "enrol" });
    expect(await stage.staff.signIn("binh", PASSWORD, "::1")).toMatchObject({ kind: "in" });
    await withApp(stage, "binh");
    expect(await stage.staff.signIn("binh", PASSWORD, "::1")).toMatchObject({ kind: "code" });
  });

  test("is shown as text, address and picture, and not kept before its first code", async () => {
    const { staff, ...stage } = await staffStage();
    const { id } = await firstAdmin({ staff });
    const { secret, uri, svg } = await staff.newSecondFactor(id);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(uri).toBe(`otpauth://totp/An%20T%C3%A2m:admin?secret=${secret}&issuer=An%20T%C3%A2m`);
    expect(svg).toMatch(/^<svg [^>]*viewBox.*<\/svg>\s*$/s);
    expect(svg).not.toMatch(/style|script/);
    expect(await issuesOf(staff.enrol(id, secret, "000"))).toEqual({ code: "desk.invalid.code" });
    expect(await issuesOf(staff.enrol(id, "short", "123456"))).toEqual({ code: "desk.invalid.code" });
    expect(await staff.member(id)).toMatchObject({ secondFactor: false });
    expect(await stage.written()).not.toContain(secret);
  });

  test("lets in with a code of now, of the step before and of the step after", async () => {
    const stage = await adminWithApp();
    for (const step of [-1, 0, 1]) {
      expect(await stage.staff.checkCode(stage.id, stage.code(step), "::1")).toMatchObject({ kind: "in" });
      stage.clock.now += 90_000;
    }
    expect(await stage.staff.checkCode(stage.id, stage.code(2), "::1")).toEqual(REFUSED);
    expect(await stage.staff.checkCode(stage.id, stage.code(-2), "::1")).toEqual(REFUSED);
    expect(await stage.staff.checkCode(stage.id, "12 34", "::1")).toEqual(REFUSED);
  });

  test("takes a code once, also one of the same moment, also the one it was set up with", async () => {
    const { staff, id, code, clock } = await adminWithApp();
    const twice = await Promise.all([staff.checkCode(id, code(), "::1"), staff.checkCode(id, ` ${code()} `, "::1")]);
    expect(twice.map(({ kind }) => kind).toSorted()).toEqual(["in", "refused"]);
    expect(await staff.checkCode(id, code(-1), "::1")).toEqual(REFUSED);
    clock.now += 30_000;
    const other = await withApp({ staff, clock }, id);
    expect(await staff.checkCode(id, other.code(), "::1")).toEqual(REFUSED);
  });

  test("counts wrong codes on the account, and a right password does not set them back", async () => {
    const stage = await adminWithApp();
    for (let n = 0; n < 9; n++) {
      expect(await stage.staff.signIn("admin", PASSWORD, "::1")).toMatchObject({ kind: "code" });
      expect(await stage.staff.checkCode(stage.id, "000000", "::1")).toEqual(REFUSED);
    }
    expect(await stage.staff.checkCode(stage.id, "000000", "::1")).toEqual({ kind: "refused", waitSeconds: 900 });
    expect(await stage.again().checkCode(stage.id, stage.code(), "::1")).toMatchObject({ kind: "refused" });
    expect(await stage.again().signIn("admin", PASSWORD, "::1")).toEqual({ kind: "refused", waitSeconds: 900 });
    stage.clock.now += 900_000;
    const staff = stage.again();
    expect(await staff.signIn("admin", PASSWORD, "::1")).toMatchObject({ kind: "code" });
    expect(await staff.checkCode(stage.id, stage.code(), "::1")).toMatchObject({
      ...{ kind: "in", missed: { failures: 10, locked: true } },
    });
    expect((await actionsIn(stage)).slice(-2)).toEqual(["staff.password-right", "staff.sign-in"]);
  });

  test("is refused for nobody, and for a name of every object", async () => {
    const { staff } = await adminWithApp();
    expect(await staff.checkCode("nobody", "123456", "::1")).toEqual(REFUSED);
    expect(await staff.checkCode("constructor", "123456", "::1")).toEqual(REFUSED);
    await expect(staff.newSecondFactor("constructor")).rejects.toMatchObject({ problem: "not-found" });
  });

  test("can be set up anew, which ends sessions that began before", async () => {
    const stage = await adminWithApp();
    const before = (await stage.staff.member(stage.id))?.changedAt ?? 0;
    const other = await withApp(stage, stage.id);
    expect(await newestEntry(stage)).toMatchObject({ action: "own.second-factor", before: { secondFactor: true } });
    expect((await stage.staff.member(stage.id))?.changedAt).toBeGreaterThan(before);
    stage.clock.now += 60_000;
    expect(await stage.staff.checkCode(stage.id, stage.code(), "::1")).toEqual(REFUSED);
    expect(await stage.staff.checkCode(stage.id, other.code(), "::1")).toMatchObject({ kind: "in" });
  });
});
