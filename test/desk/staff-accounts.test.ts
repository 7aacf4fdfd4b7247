import { describe, expect, test } from "vitest";
import type { Actor } from "../../src/desk/access.ts";
import { staffActions } from "../../src/desk/staff/actions.ts";
import { colleague, firstAdmin, issuesOf, newestEntry, PASSWORD, staffStage } from "./staff-stage.ts";

/** `admin` for everywhere, `hanoi` an administrator of Hà Nội, `hoan-kiem` and `hai-phong` authors there. */
async function team() {
  const stage = await staffStage();
  const { staff } = stage;
  const admin = await firstAdmin(stage);
  const hanoi = await colleague(staff, admin, "hanoi", { roles: ["admin"], place: "01" });
  const ward = await colleague(staff, admin, "hoan-kiem", { place: "00004" });
  await colleague(staff, admin, "hai-phong", { place: "31" });
  return { ...stage, admin, hanoi, ward, actions: staffActions(staff) };
}

async function perform(
  { actions }: { readonly actions: ReturnType<typeof staffActions> },
  name: string,
  input: unknown,
  by: Actor,
): Promise<unknown> {
  return actions[name]?.perform(input, by);
}

describe("an administrator", () => {
  test("changes name, roles, place and activity; what is absent stays", async () => {
    const stage = await team();
    const { staff, admin } = stage;
    stage.clock.now += 1_000;
    await staff.change({ id: "hoan-kiem", name: "Lê Lan", roles: ["approver", "author"] }, admin);
    expect(await newestEntry(stage)).toMatchObject({
      ...{ who: "admin", action: "staff.change", subject: "hoan-kiem", place: "00004" },
      before: { name: "hoan-kiem", roles: ["author"], active: true },
      after: { name: "Lê Lan", roles: ["author", "approver"], active: true },
    });
    const changed = await staff.change({ id: "hoan-kiem", place: "" }, admin);
    expect(changed).toMatchObject({ place: undefined, changedAt: stage.clock.now });
    await staff.change({ id: "hoan-kiem", active: false }, admin);
    expect(await staff.member("hoan-kiem")).toBeNull();
    expect(await staff.change({ id: "hoan-kiem", active: true }, admin)).toMatchObject({
      name: "Lê Lan",
      active: true,
    });
    expect(await stage.again().member("hoan-kiem")).toEqual(await staff.member("hoan-kiem"));
  });

  test("notes nothing for a change that changes nothing, and keeps sessions for a new name", async () => {
    const stage = await team();
    const before = await stage.staff.member("hoan-kiem");
    stage.clock.now += 1_000;
    const entry = await newestEntry(stage);
    await stage.staff.change({ id: "hoan-kiem", roles: ["author"], place: "00004" }, stage.admin);
    expect(await newestEntry(stage)).toEqual(entry);
    const renamed = await stage.staff.change({ id: "hoan-kiem", name: "Lan" }, stage.admin);
    expect(renamed.changedAt).toBe(before?.changedAt);
  });

  test("may change their own name but not their own rights", async () => {
    const { staff, admin } = await team();
    expect(await staff.change({ id: "admin", name: "An" }, admin)).toMatchObject({ name: "An" });
    for (const given of [{ roles: ["author"] as const }, { place: "01" }, { active: false }]) {
      expect(await issuesOf(staff.change({ id: "admin", ...given }, admin))).toEqual({
        roles: "desk.invalid.own-roles",
      });
    }
  });

  test("is never the last for everywhere to go, whoever asks and however fast", async () => {
    const { staff, admin } = await team();
    const machine: Actor = { id: "-", name: "-", roles: ["admin"], via: "command" };
    expect(await issuesOf(staff.change({ id: "admin", place: "01" }, machine))).toEqual({
      roles: "desk.invalid.last-admin",
    });
    const other = await colleague(staff, admin, "second", { roles: ["admin"] });
    const both = await Promise.allSettled([
      staff.change({ id: "second", active: false }, admin),
      staff.change({ id: "admin", active: false }, other),
    ]);
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  });

  test("of a place manages its members only, and gives nothing wider", async () => {
    const { staff, hanoi } = await team();
    const outside = { problem: "outside-place" };
    await expect(staff.change({ id: "hai-phong", name: "X" }, hanoi)).rejects.toMatchObject(outside);
    await expect(staff.reset({ id: "admin", secondFactor: true }, hanoi)).rejects.toMatchObject(outside);
    await expect(staff.unlock("hai-phong", hanoi)).rejects.toMatchObject(outside);
    await expect(staff.change({ id: "hoan-kiem", place: "" }, hanoi)).rejects.toMatchObject(outside);
    await expect(staff.change({ id: "hoan-kiem", place: "31" }, hanoi)).rejects.toMatchObject(outside);
    await expect(staff.invite({ name: "X", roles: ["author"] }, hanoi)).rejects.toMatchObject(outside);
    await expect(staff.invite({ name: "X", roles: ["author"], place: "31" }, hanoi)).rejects.toMatchObject(outside);
    expect(await staff.change({ id: "hoan-kiem", place: "00008" }, hanoi)).toMatchObject({ place: "00008" });
    expect(await staff.invite({ name: "X", roles: ["admin"], place: "01" }, hanoi)).toHaveProperty("token");
  });

  test("is told of members and places that are not there", async () => {
    const { staff, admin } = await team();
    await expect(staff.change({ id: "constructor", name: "X" }, admin)).rejects.toMatchObject({ problem: "not-found" });
    expect(await issuesOf(staff.invite({ name: "X", roles: ["author"], place: "77" }, admin))).toEqual({
      place: "desk.invalid.place",
    });
    expect(await issuesOf(staff.change({ id: "hanoi", name: "\u202e" }, admin))).toEqual({ name: "desk.invalid.name" });
  });
});

describe("the actions", () => {
  test("of administrators are refused to everybody else", async () => {
    const stage = await team();
    for (const name of ["staff.invite", "staff.change", "staff.reset", "staff.unlock"]) {
      await expect(perform(stage, name, { id: "hanoi" }, stage.ward)).rejects.toMatchObject({ problem: "forbidden" });
    }
  });

  test("say which fields do not fit", async () => {
    const stage = await team();
    expect(await issuesOf(perform(stage, "staff.invite", { name: " ", roles: [], place: "1" }, stage.admin))).toEqual({
      name: "desk.invalid.name",
      roles: "desk.invalid.roles",
      place: "desk.invalid.place",
    });
  });

  test("give a link and open accounts", async () => {
    const stage = await team();
    const invited = await perform(stage, "staff.invite", { name: "X", roles: ["author"] }, stage.admin);
    expect(invited).toMatchObject({ until: stage.clock.now + 72 * 3_600_000 });
    expect(invited).toHaveProperty("token");
    expect(await perform(stage, "staff.reset", { id: "hoan-kiem", secondFactor: true }, stage.admin)).toHaveProperty(
      "token",
    );
    expect(await perform(stage, "staff.change", { id: "hoan-kiem", active: false }, stage.admin)).toMatchObject({
      active: false,
    });
    expect(await perform(stage, "staff.unlock", { id: "hoan-kiem" }, stage.admin)).toMatchObject({ id: "hoan-kiem" });
  });

  test("let everybody change their language and their password", async () => {
    const stage = await team();
    const after = "gió thổi qua cánh đồng";
    expect(await perform(stage, "own.language", { lang: "en" }, stage.ward)).toMatchObject({ lang: "en" });
    expect(await newestEntry(stage)).toMatchObject({ who: "hoan-kiem", action: "own.language", after: { lang: "en" } });
    expect(await issuesOf(perform(stage, "own.password", { before: "không đúng", after: "ngắn" }, stage.ward))).toEqual(
      {
        before: "desk.invalid.password-before",
        after: "desk.invalid.password-short",
      },
    );
    stage.clock.now += 1_000;
    await perform(stage, "own.password", { before: PASSWORD, after }, { ...stage.ward, via: "command" });
    expect(await newestEntry(stage)).toMatchObject({ who: "hoan-kiem", via: "command", action: "own.password" });
    expect(await stage.staff.signIn("hoan-kiem", PASSWORD, "::1")).toMatchObject({ kind: "refused" });
    expect(await stage.staff.signIn("hoan-kiem", after, "::1")).toMatchObject({
      ...{ kind: "in", member: { changedAt: stage.clock.now } },
    });
  });

  test("do not let somebody at an unlocked computer guess the password", async () => {
    const stage = await team();
    const guess = () => perform(stage, "own.password", { before: "sai mật khẩu", after: "ngắn" }, stage.ward);
    for (let n = 0; n < 10; n++) expect(await issuesOf(guess())).toMatchObject({ before: /before/ });
    expect(await issuesOf(guess())).toMatchObject({ before: "desk.invalid.wait" });
  });
});

test("chats for tests are kept sealed and counted only", async () => {
  const stage = await team();
  await stage.staff.changeTestChats((chats) => [...chats, "c2VhbGVk"], stage.ward);
  expect(await stage.staff.testChats("hoan-kiem")).toEqual(["c2VhbGVk"]);
  expect(await stage.staff.member("hoan-kiem")).toMatchObject({ testChats: 1 });
  expect(await newestEntry(stage)).toMatchObject({ before: { testChats: 0 }, after: { testChats: 1 } });
});

test("nothing changes that the audit trail could not be told of first", async () => {
  const stage = await team();
  const order: string[] = [];
  const staff = stage.again({
    audit: { note: async ({ action }) => void order.push(action) },
    team: {
      read: stage.team.read,
      write: async (name, value) => {
        order.push(`write ${name}`);
        await stage.team.write(name, value);
      },
    },
  });
  await staff.change({ id: "hoan-kiem", name: "Lan" }, stage.admin);
  expect(order).toEqual(["staff.change", "write staff"]);
  const failing = stage.again({ audit: { note: () => Promise.reject(new Error("full")) } });
  await expect(failing.change({ id: "hoan-kiem", name: "Mai" }, stage.admin)).rejects.toThrow("full");
  expect(await failing.member("hoan-kiem")).toMatchObject({ name: "Lan" });
  expect(await stage.again().member("hoan-kiem")).toMatchObject({ name: "Lan" });
});

test("changes of the same moment are all kept", async () => {
  const { staff, admin, again } = await team();
  const invited = await Promise.all(
    Array.from({ length: 12 }, (_, n) => staff.invite({ name: `người ${n}`, roles: ["author"] }, admin)),
  );
  const restarted = again();
  for (const { token } of invited) expect(await restarted.invitation(token)).toMatchObject({ kind: "invitation" });
});
