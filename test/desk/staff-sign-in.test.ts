import { describe, expect, test } from "vitest";
import type { Staff } from "../../src/desk/staff/staff.ts";
import {
  actionsIn,
  colleague,
  firstAdmin,
  MINUTE,
  newestEntry,
  PASSWORD,
  type StaffStage,
  staffStage,
} from "./staff-stage.ts";

/** A stage where `binh`, an author, can sign in. */
async function withAuthor(): Promise<StaffStage> {
  const stage = await staffStage();
  await colleague(stage.staff, await firstAdmin(stage), "binh");
  return stage;
}

async function waits(staff: Staff, login: string, times: number): Promise<number[]> {
  const seconds: number[] = [];
  for (let n = 0; n < times; n++) {
    const answer = await staff.signIn(login, "sai mật khẩu", "198.51.100.1");
    seconds.push(answer.kind === "refused" ? answer.waitSeconds : expect.fail(answer.kind));
  }
  return seconds;
}

describe("signing in", () => {
  test("takes the login in any case and the password from any keyboard", async () => {
    const { staff } = await withAuthor();
    expect(await staff.signIn(" Binh ", PASSWORD.normalize("NFD"), "::1")).toEqual({
      kind: "in",
      member: await staff.member("binh"),
    });
  });

  test("is noted, with failures by themselves and names that nobody has", async () => {
    const stage = await withAuthor();
    await waits(stage.staff, "binh", 2);
    await waits(stage.staff, "nobody", 1);
    await stage.staff.signIn("binh", PASSWORD, "::1");
    const entries = (await stage.audit.read(4)).map(({ who, action, subject, before, after }) => ({
      who,
      action,
      subject,
      before,
      after,
    }));
    expect(entries).toEqual([
      { who: "binh", action: "staff.sign-in", subject: "binh", before: { failures: 2, locked: false } },
      { who: "-", action: "staff.refused", subject: "-", after: { failures: 1 } },
      { who: "-", action: "staff.refused", subject: "binh", after: { failures: 2 } },
      { who: "-", action: "staff.refused", subject: "binh", after: { failures: 1 } },
    ]);
  });

  test("is refused to somebody who is switched off, in the same words", async () => {
    const stage = await staffStage();
    const by = await firstAdmin(stage);
    const { id } = await colleague(stage.staff, by, "binh");
    await stage.staff.change({ id, active: false }, by);
    expect(await stage.staff.signIn("binh", PASSWORD, "::1")).toEqual({ kind: "refused", waitSeconds: 0 });
    expect(await stage.staff.member(id)).toBeNull();
  });

  test("is nothing that happens when the audit trail cannot be written", async () => {
    const stage = await withAuthor();
    const failing = stage.again({ audit: { note: () => Promise.reject(new Error("full")) } });
    await expect(failing.signIn("binh", PASSWORD, "::1")).rejects.toThrow("full");
  });
});

describe("after ten failures", () => {
  test("the account is locked for a quarter of an hour, across restarts, whatever the password", async () => {
    const stage = await withAuthor();
    expect(await waits(stage.staff, "binh", 10)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 900]);
    expect(await newestEntry(stage)).toMatchObject({
      ...{ action: "staff.locked", subject: "binh" },
      after: { failures: 10, lockedUntil: stage.clock.now + 15 * MINUTE },
    });
    const staff = stage.again();
    expect(await staff.signIn("binh", PASSWORD, "::1")).toEqual({ kind: "refused", waitSeconds: 900 });
    expect((await staff.byLogin("binh"))?.lockedUntil).toBe(stage.clock.now + 15 * MINUTE);
    stage.clock.now += 15 * MINUTE;
    expect((await staff.byLogin("binh"))?.lockedUntil).toBeUndefined();
    expect(await staff.signIn("binh", PASSWORD, "::1")).toMatchObject({
      ...{ kind: "in", missed: { failures: 10, locked: true } },
    });
    expect(await staff.signIn("binh", PASSWORD, "::1")).not.toHaveProperty("missed");
  });

  test("ten more lock it twice as long, a day at most", async () => {
    const stage = await withAuthor();
    const locks: number[] = [];
    for (let round = 0; round < 9; round++) {
      const seconds = (await waits(stage.again(), "binh", 10)).at(-1) ?? 0;
      locks.push(seconds / 60);
      stage.clock.now += seconds * 1_000;
    }
    expect(locks).toEqual([15, 30, 60, 120, 240, 480, 960, 1_440, 1_440]);
  });

  test("a name that nobody has gets the same answers", async () => {
    const stage = await withAuthor();
    const known = await waits(stage.staff, "binh", 14);
    expect(known.slice(9)).toEqual([900, 900, 900, 900, 900]);
    expect(await waits(stage.staff, "nobody", 14)).toEqual(known);
  });

  test("an administrator can open it at once", async () => {
    const stage = await withAuthor();
    const { staff } = stage;
    const by = { id: "admin", name: "An", roles: ["admin"], via: "web" } as const;
    await waits(staff, "binh", 10);
    expect(await staff.unlock("binh", by)).toMatchObject({ lockedUntil: undefined });
    expect(await newestEntry(stage)).toMatchObject({ who: "admin", action: "staff.unlock", before: { failures: 10 } });
    expect(await staff.signIn("binh", PASSWORD, "::1")).toMatchObject({ kind: "in" });
  });

  test("tries of the same moment are no way around", async () => {
    const stage = await withAuthor();
    const tries = Array.from({ length: 40 }, () => stage.staff.signIn("binh", "sai mật khẩu", "::1"));
    await Promise.all(tries);
    expect((await actionsIn(stage)).filter((action) => /refused|locked/.test(action))).toHaveLength(10);
  });
});

test("one address may try sixty times in a quarter of an hour, whatever the names; good ones do not count", async () => {
  const { staff } = await withAuthor();
  for (let n = 0; n < 5; n++) await staff.signIn("binh", PASSWORD, "2001:db8:1:2::1");
  for (let n = 0; n < 60; n++) await staff.signIn(`name${n}`, "sai", `2001:db8:1:2::${n}`);
  const next = await staff.signIn("binh", PASSWORD, "2001:db8:1:2:ffff::1");
  expect(next.kind === "refused" && next.waitSeconds).toBeGreaterThan(800);
  expect(await staff.signIn("binh", PASSWORD, "2001:db8:1:3::1")).toMatchObject({ kind: "in" });
});
