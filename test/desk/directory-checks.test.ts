import { afterEach, beforeEach, expect, test } from "vitest";
import { dueServices } from "../../src/directory/due.ts";
import { SERVICES } from "../directory/content.ts";
import { makeFolder, removeFolder } from "../system/folder.ts";
import { caller, NOW, OWN, openChecks } from "./directory-desk.ts";

let folder: string;
beforeEach(async () => {
  folder = await makeFolder();
});
afterEach(() => removeFolder(folder));

const NATIONAL = "nat-legal-aid-1233";

test("what is due comes first, most pressing first, and nothing is left out or twice", async () => {
  const { queries } = await openChecks(folder);
  const entries = await queries.entries(caller());
  const due = dueServices(SERVICES, { checks: {}, own: [OWN] }, NOW);
  expect(entries.slice(0, due.length).map(({ service }) => service.id)).toEqual(due.map(({ service }) => service.id));
  expect(entries.slice(due.length).every(({ reason }) => reason === null)).toBe(true);
  expect(entries[0]?.reason).toBe("lapsed");
  expect(new Set(entries.map(({ service }) => service.id)).size).toBe(SERVICES.length + 1);
  expect(entries).toHaveLength(SERVICES.length + 1);
});

test.each([
  ["hoi phu nu HONG", OWN.id],
  ["02253555666", OWN.id],
  ["nat-legal-aid", NATIONAL],
])("%s finds %s, with or without tone marks", async (query, id) => {
  const { queries } = await openChecks(folder);
  const found = await queries.entries(caller(), query);
  expect(found.map(({ service }) => service.id)).toContain(id);
  expect(found.length).toBeLessThan(10);
});

test("a call is noted before it is written, then shown to conversations, with the caller's name", async () => {
  const { check, happened, noted, team, queries } = await openChecks(folder);
  await check({ service: NATIONAL, answer: "works", note: "Chị Hà trả lời" }, caller());
  expect(happened).toEqual(["note", "write", "renew"]);
  const kept = (await team.read("services"))?.checks[NATIONAL];
  expect(kept).toMatchObject({ by: "Chị Lan", on: "2026-11-23", answer: "works", note: "Chị Hà trả lời" });
  expect(noted).toEqual([
    {
      who: "lan",
      name: "Chị Lan",
      via: "web",
      action: "directory.check",
      subject: NATIONAL,
      before: null,
      after: kept,
    },
  ]);
  const entry = (await queries.entries(caller())).find(({ service }) => service.id === NATIONAL);
  expect(entry).toMatchObject({ reason: null, check: kept, service: { lapses: "2027-02-23" } });
  await check({ service: NATIONAL, answer: "wrong" }, caller());
  expect(noted[1]).toMatchObject({ before: kept, after: { answer: "wrong" } });
  expect((await queries.entries(caller())).find(({ service }) => service.id === NATIONAL)?.reason).toBe("failed");
});

test("calls recorded at the same moment are all kept", async () => {
  const { check, team } = await openChecks(folder);
  const ids = SERVICES.slice(0, 8).map(({ id }) => id);
  await Promise.all(ids.map((service) => check({ service, answer: "works" }, caller())));
  expect(Object.keys((await team.read("services"))?.checks ?? {}).sort()).toEqual(ids.sort());
  expect((await team.read("services"))?.own).toEqual([OWN]);
});

test.each([
  ["everywhere", undefined, [true, true, true]],
  ["of the authority's place", "31", [true, true, false]],
  ["of the ward", "11311", [false, true, false]],
  ["of another ward", "11329", [false, false, false]],
  ["of another province", "79", [false, false, true]],
])("staff %s check what is theirs", async (_, place, mine) => {
  const { queries, check } = await openChecks(folder);
  const entries = await queries.entries(caller(place));
  const saigon = SERVICES.find(({ coverage }) => coverage !== "national" && coverage.includes("79"));
  const ids = [NATIONAL, OWN.id, saigon?.id ?? ""];
  expect(ids.map((id) => entries.find(({ service }) => service.id === id)?.mine)).toEqual(mine);
  for (const [at, service] of ids.entries()) {
    const tried = check({ service, answer: "works" }, caller(place));
    if (mine[at] === true) await tried;
    else await expect(tried).rejects.toMatchObject({ problem: "outside-place" });
  }
});

test.each([
  ["another role", { service: NATIONAL, answer: "works" }, caller(undefined, ["author", "admin"]), "forbidden", []],
  ["an unknown entry", { service: "nat-nobody", answer: "works" }, caller(), "not-found", []],
  ["no answer", { service: NATIONAL, answer: "" }, caller(), "invalid", ["desk-directory.invalid.answer"]],
  [
    "a change nobody describes",
    { service: NATIONAL, answer: "changed", note: "  " },
    caller(),
    "invalid",
    ["desk-directory.invalid.note"],
  ],
  [
    "a long note",
    { service: NATIONAL, answer: "wrong", note: "a".repeat(501) },
    caller(),
    "invalid",
    ["desk-directory.invalid.note-long"],
  ],
  [
    "hiding an emergency line",
    { service: "nat-113", answer: "wrong" },
    caller(),
    "invalid",
    ["desk-directory.invalid.emergency"],
  ],
])("%s is refused and changes nothing", async (_, input, by, problem, texts) => {
  const { check, happened } = await openChecks(folder);
  const failure: unknown = await check(input, by).catch((error: unknown) => error);
  expect(failure).toMatchObject({ problem, issues: texts.map((text) => ({ text })) });
  expect(happened).toEqual([]);
});

test("an emergency line that answers is recorded", async () => {
  const { check, team } = await openChecks(folder);
  await check({ service: "nat-113", answer: "works" }, caller());
  expect((await team.read("services"))?.checks["nat-113"]).toMatchObject({ answer: "works" });
});
