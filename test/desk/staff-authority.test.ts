import { expect, test } from "vitest";
import type { Actor } from "../../src/desk/access.ts";
import { openOwnAuthority } from "../../src/desk/own-authority.ts";
import type { Profile } from "../../src/stores/team-store.ts";
import { issuesOf, newestEntry, PLACES, staffStage } from "./staff-stage.ts";

const ADMIN: Actor = { id: "admin", name: "An", roles: ["admin"], via: "web" };
const GIVEN = {
  name: { vi: "Hội Phụ nữ phường", en: "Women's Union of the ward" },
  hours: { vi: "8:00–17:00, thứ Hai đến thứ Sáu", en: "8:00–17:00, Monday to Friday" },
};

async function opened() {
  const stage = await staffStage();
  const renewed: Profile[] = [];
  const renew = async (profile: Profile) => void renewed.push(profile);
  const open = () => openOwnAuthority({ team: stage.team, audit: stage.audit, places: PLACES, renew });
  const { authority, actions } = await open();
  const write = async (input: unknown, by = ADMIN) => actions["authority.write"]?.perform(input, by);
  return { ...stage, authority, write, renewed, open };
}

test("nobody runs this bot until an administrator says so; then pages, conversations and the next start know", async () => {
  const { authority, write, renewed, open, ...stage } = await opened();
  expect([authority.name(), authority.place(), authority.hours()]).toEqual([null, undefined, null]);
  await write({ ...GIVEN, place: "00004" });
  expect([authority.name(), authority.place(), authority.hours()]).toEqual([GIVEN.name, "00004", GIVEN.hours]);
  expect(renewed).toEqual([{ ...GIVEN, place: "00004" }]);
  expect((await open()).authority.place()).toBe("00004");
  expect(await newestEntry(stage)).toMatchObject({
    ...{ who: "admin", action: "authority.write", subject: "profile", place: "00004" },
    ...{ before: null, after: { ...GIVEN, place: "00004" } },
  });
});

test("without a place it is the whole country's", async () => {
  const { authority, write, team } = await opened();
  await write({ ...GIVEN, place: "01" });
  await write({ ...GIVEN, place: "" });
  expect(authority.place()).toBeUndefined();
  expect(await team.read("profile")).toEqual(GIVEN);
});

test("it is written by administrators, within their place", async () => {
  const { write } = await opened();
  const hanoi = { ...ADMIN, place: "01" };
  await expect(write(GIVEN, { ...ADMIN, roles: ["approver"] })).rejects.toMatchObject({ problem: "forbidden" });
  await expect(write({ ...GIVEN, place: "00004" }, hanoi)).rejects.toMatchObject({ problem: "outside-place" });
  await write({ ...GIVEN, place: "01" });
  await expect(write({ ...GIVEN, place: "31" }, hanoi)).rejects.toMatchObject({ problem: "outside-place" });
  await expect(write(GIVEN, hanoi)).rejects.toMatchObject({ problem: "outside-place" });
  await write({ ...GIVEN, place: "00004" }, hanoi);
});

test("what does not fit is said beside its field", async () => {
  const { write } = await opened();
  const name = { vi: " ", en: "x".repeat(121) };
  expect(await issuesOf(write({ ...GIVEN, name }))).toEqual({
    "name.vi": "desk.invalid.required",
    "name.en": "desk.invalid.long",
  });
  expect(await issuesOf(write({ ...GIVEN, place: "Hà Nội" }))).toEqual({ place: "desk.invalid.place" });
  expect(await issuesOf(write({ ...GIVEN, place: "77" }))).toEqual({ place: "desk.invalid.place" });
});
