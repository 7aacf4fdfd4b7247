import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { StoreError } from "../../src/errors.ts";
import { openLowdbStore } from "../../src/stores/lowdb/store.ts";
import { describeTeamStore, PROFILE, SLOTS } from "./team-contract.ts";
import { temporaryFolder } from "./temporary-folder.ts";

describeTeamStore("lowdb", async () => {
  const folder = await temporaryFolder();
  return () => openLowdbStore({ folder });
});

const OLDER = { ...PROFILE, place: "01" };

/** A folder where the profile was written twice: `OLDER`, then `PROFILE`. */
async function writtenTwice() {
  const folder = await temporaryFolder();
  const store = await openLowdbStore({ folder });
  await store.write("profile", OLDER);
  await store.write("profile", PROFILE);
  return { folder, store, file: join(folder, "profile.json"), backup: join(folder, "profile.backup.json") };
}

async function snapshot(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).toSorted();
  const texts: Record<string, string> = {};
  for (const name of names) texts[name] = await readFile(join(folder, name), "utf8");
  return texts;
}

describe("the files of lowdb", () => {
  test("are plain JSON with the version before beside it, for their owner only", async () => {
    const { folder, file, backup } = await writtenTwice();
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual(PROFILE);
    expect(JSON.parse(await readFile(backup, "utf8"))).toEqual(OLDER);
    expect((await readdir(folder)).toSorted()).toEqual(["profile.backup.json", "profile.json"]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(backup)).mode & 0o777).toBe(0o600);
  });

  test("may be edited by hand while the bot runs", async () => {
    const { store, file } = await writtenTwice();
    await writeFile(file, JSON.stringify({ ...PROFILE, place: "48" }));
    expect((await store.read("profile"))?.place).toBe("48");
  });

  test("lie in a folder that is made when needed", async () => {
    const folder = join(await temporaryFolder(), "team");
    await openLowdbStore({ folder });
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  const half = JSON.stringify(PROFILE).slice(0, 40);
  test.each([
    ["torn", half, "not JSON"],
    ["empty", "", "not JSON"],
    ["foreign", '{"name":"someone else"}', "not the expected document"],
    ["from another age", JSON.stringify({ ...PROFILE, extra: 1 }), "not the expected document"],
  ])("a %s file is set aside and the backup used", async (_, text, why) => {
    const { folder, store, file } = await writtenTwice();
    await store.write("campaigns", SLOTS);
    await writeFile(file, text);
    expect(await store.read("profile")).toEqual(OLDER);
    const movedTo = join(folder, "profile.broken-1.json");
    expect(store.problems()).toMatchObject([{ file, movedTo }]);
    expect(store.problems()[0]?.what).toMatch(new RegExp(`^${why}.*the backup is used$`, "s"));
    expect(await readFile(movedTo, "utf8")).toBe(text);
    expect(await store.read("profile")).toEqual(OLDER);
    expect(await store.read("campaigns")).toEqual(SLOTS);
    expect(store.problems()).toHaveLength(1);
  });

  test("with a bad backup too, both are set aside and nothing is used", async () => {
    const { folder, store, file, backup } = await writtenTwice();
    await writeFile(file, half);
    await writeFile(backup, "null");
    expect(await store.read("profile")).toBeNull();
    expect((await readdir(folder)).toSorted()).toEqual(["profile.broken-1.json", "profile.broken-2.json"]);
    expect(store.problems().map((problem) => problem.file)).toEqual([file, backup]);
    await store.write("profile", PROFILE);
    expect(await store.read("profile")).toEqual(PROFILE);
  });

  test("a lost file is replaced from its backup, and said to be", async () => {
    const { store, file } = await writtenTwice();
    await rm(file);
    expect(await store.read("profile")).toEqual(OLDER);
    expect(store.problems()).toEqual([{ file, movedTo: "", what: "missing; the backup is used" }]);
  });

  test("a write over a torn file keeps it aside and leaves the good backup", async () => {
    const { folder, store, file } = await writtenTwice();
    await writeFile(file, half);
    const newest = { ...PROFILE, place: "92" };
    await store.write("profile", newest);
    expect(await store.read("profile")).toEqual(newest);
    const files = await snapshot(folder);
    expect(files["profile.broken-1.json"]).toBe(half);
    expect(JSON.parse(files["profile.backup.json"] ?? "")).toEqual(OLDER);
  });

  test("a folder that cannot be used is a StoreError that names it", async () => {
    const file = join(await temporaryFolder(), "a-file");
    await writeFile(file, "");
    await expect(openLowdbStore({ folder: file })).rejects.toBeInstanceOf(StoreError);
    const store = await openLowdbStore({ folder: file, readOnly: true });
    await expect(store.read("profile")).rejects.toThrow(file);
  });
});

describe("opened for reading only", () => {
  test("reads, and leaves broken files where they are", async () => {
    const { folder, file } = await writtenTwice();
    await writeFile(file, half());
    const before = await snapshot(folder);
    const store = await openLowdbStore({ folder, readOnly: true });
    expect(await store.read("profile")).toEqual(OLDER);
    expect(await store.read("profile")).toEqual(OLDER);
    expect(store.problems()).toEqual([{ file, movedTo: "", what: "not JSON; the backup is used" }]);
    await expect(store.write("profile", PROFILE)).rejects.toBeInstanceOf(StoreError);
    expect(await snapshot(folder)).toEqual(before);
  });

  test("does not even make the folder", async () => {
    const folder = join(await temporaryFolder(), "nowhere");
    const store = await openLowdbStore({ folder, readOnly: true });
    expect(await store.read("profile")).toBeNull();
    await expect(stat(folder)).rejects.toMatchObject({ code: "ENOENT" });
  });

  function half(): string {
    return JSON.stringify(PROFILE).slice(0, 40);
  }
});
