import { describe, expect, test } from "vitest";
import { hasPhrase } from "../../src/flow/checks/words.ts";
import { actor, EVENT, LAN, MINH, monthWorld, SLOT, THEME, WARD } from "./month-world.ts";

const problem = (name: string): unknown => expect.objectContaining({ problem: name });
const refusedFor = (...fields: string[]): unknown =>
  expect.objectContaining({
    problem: "invalid",
    issues: fields.map((field): unknown => expect.objectContaining({ field })),
  });

describe("the theme of the year", () => {
  test("is seen by citizens once a second person has released it, and not before", async () => {
    const { act, queries, team, renewed } = await monthWorld();
    expect(await queries.slots(LAN)).toMatchObject([{ campaign: "2026", draft: null, released: false, shown: null }]);
    await act("slot.write", SLOT, LAN);
    await act("slot.submit", { campaign: "2026" }, LAN);
    expect([await team.read("campaigns"), renewed.count]).toEqual([null, 0]);
    await act("slot.release", { campaign: "2026" }, MINH);
    expect(await team.read("campaigns")).toEqual({ "2026": { theme: THEME, slogans: SLOT.slogans } });
    expect(renewed.count).toBe(1);
    expect(await queries.slots(LAN)).toMatchObject([{ released: true, draft: { releasedBy: "minh" }, warnings: [] }]);
  });

  test("is released by nobody who wrote it, however many did", async () => {
    const { act, team } = await monthWorld();
    await act("slot.write", SLOT, MINH);
    await act("slot.write", { ...SLOT, slogans: [] }, LAN);
    await act("slot.submit", { campaign: "2026" }, LAN);
    await expect(act("slot.release", { campaign: "2026" }, MINH)).rejects.toEqual(problem("second-person"));
    await expect(act("slot.release", { campaign: "2026" }, LAN)).rejects.toEqual(problem("forbidden"));
    expect(await team.read("campaigns")).toBeNull();
    await act("slot.release", { campaign: "2026" }, actor("hoa", ["approver"]));
    expect(Object.keys((await team.read("campaigns")) ?? {})).toEqual(["2026"]);
  });

  test("stays as it was released while a change waits, and whoever released it may write the change", async () => {
    const { act, queries, team } = await monthWorld();
    await act("slot.write", SLOT, LAN);
    await act("slot.submit", { campaign: "2026" }, LAN);
    await act("slot.release", { campaign: "2026" }, MINH);
    await act("slot.write", { ...SLOT, theme: { ...THEME, vi: "Bản sửa" } }, MINH);
    expect((await team.read("campaigns"))?.["2026"]?.theme.vi).toBe(THEME.vi);
    expect(await queries.slots(LAN)).toMatchObject([
      { released: false, draft: { writers: ["minh"] }, shown: { theme: THEME } },
    ]);
  });

  test("that is sent back is a draft with a remark until it is submitted again", async () => {
    const { act, queries } = await monthWorld();
    await act("slot.write", SLOT, LAN);
    await act("slot.submit", { campaign: "2026" }, LAN);
    await expect(act("slot.return", { campaign: "2026", remark: " " }, MINH)).rejects.toEqual(refusedFor("remark"));
    await act("slot.return", { campaign: "2026", remark: "Thiếu số công văn" }, MINH);
    expect(await queries.slots(LAN)).toMatchObject([{ draft: { state: "draft", remark: "Thiếu số công văn" } }]);
    await act("slot.submit", { campaign: "2026" }, LAN);
    expect((await queries.slots(LAN))[0]?.draft?.remark).toBeUndefined();
  });

  test("is not released as it stands when the person saw another version", async () => {
    const { act, clock } = await monthWorld();
    await act("slot.write", SLOT, LAN);
    const seen = clock.now;
    clock.now += 1_000;
    await act("slot.write", { ...SLOT, slogans: [], seen }, LAN);
    await expect(act("slot.write", { ...SLOT, seen }, LAN)).rejects.toEqual(problem("conflict"));
    await act("slot.submit", { campaign: "2026" }, LAN);
    await expect(act("slot.release", { campaign: "2026", seen }, MINH)).rejects.toEqual(problem("conflict"));
    await expect(act("slot.submit", { campaign: "2026" }, LAN)).rejects.toEqual(problem("conflict"));
  });

  test("needs every source and keeps to lengths that fit a phone", async () => {
    const { act } = await monthWorld();
    const long = { vi: "a".repeat(301), en: "a", en_by: "ours", document: "", source: "" };
    await expect(act("slot.write", { ...SLOT, theme: long }, LAN)).rejects.toMatchObject({
      issues: [
        { field: "theme.vi", text: "desk-month.invalid.too-long" },
        { field: "theme.document", text: "desk-month.invalid.needed" },
        { field: "theme.source", text: "desk-month.invalid.needed" },
      ],
    });
    const slogans = [{ vi: "Một", en: "One", source: "" }];
    await expect(act("slot.write", { ...SLOT, slogans }, LAN)).rejects.toEqual(refusedFor("slogans.0.source"));
  });

  test("warns of an earlier year's words and of a document of another year", async () => {
    const { act, queries } = await monthWorld();
    const old = "Bình đẳng giới và an toàn cho phụ nữ và trẻ em gái trong kỷ nguyên số";
    await act(
      "slot.write",
      { ...SLOT, theme: { ...THEME, vi: ` “${old}” `, document: "Công văn 8935 năm 2025" } },
      LAN,
    );
    const [slot] = await queries.slots(LAN);
    expect(slot?.warnings.map(({ name }) => name)).toEqual(["same-theme", "other-year"]);
    expect(slot?.warnings[0]?.campaign?.vi).toBe("Hải Phòng – Tháng hành động 2025");
  });

  test("concerns everybody: staff of a part of the area neither write nor release it", async () => {
    const { act, queries } = await monthWorld();
    const ward = actor("ward", ["author", "approver"], WARD);
    await expect(act("slot.write", SLOT, ward)).rejects.toEqual(problem("outside-place"));
    expect(await queries.slots(ward)).toMatchObject([{ mine: false }]);
    await act("slot.write", SLOT, actor("city", ["author"], "01"));
    await act("slot.submit", { campaign: "2026" }, LAN);
    await expect(act("slot.release", { campaign: "2026" }, ward)).rejects.toEqual(problem("outside-place"));
    await expect(act("slot.write", { ...SLOT, campaign: "2025-hai-phong" }, LAN)).rejects.toEqual(problem("not-found"));
  });
});

describe("a local event", () => {
  test("becomes public with its reminders once a second person releases it", async () => {
    const { act, queries, asked, released } = await monthWorld();
    const { id } = { id: "le-phat-dong-vi-binh-dang-gioi" };
    expect(await act("event.write", EVENT, LAN)).toMatchObject({ id, state: "draft", revision: 0 });
    await act("event.submit", { id }, LAN);
    expect(await queries.publicEvent(id)).toBeNull();
    await expect(act("event.release", { id }, LAN)).rejects.toEqual(problem("forbidden"));
    await act("event.release", { id }, MINH);
    expect(await queries.publicEvent(id)).toMatchObject({ id, state: "released", revision: 1, releasedBy: "minh" });
    expect(asked).toEqual([["release", id, 1]]);
    expect(released).toMatchObject([
      {
        segment: { topics: ["campaign"], channels: [], langs: [], places: [WARD] },
        schedule: { kind: "once", at: "2026-11-14T17:00", notAfter: "2026-11-14T21:00" },
      },
    ]);
  });

  test("is reminded of with a first line that says the day alone, and where to get it for a calendar", async () => {
    const { act, released } = await monthWorld();
    const reminders = ["2026-11-12T08:00", "2026-11-14T17:00", "2026-11-15T07:00"];
    await act("event.write", { ...EVENT, reminders }, LAN);
    await act("event.submit", { id: "le-phat-dong-vi-binh-dang-gioi" }, LAN);
    await act("event.release", { id: "le-phat-dong-vi-binh-dang-gioi" }, MINH);
    const shown = released.map(({ content }) => (content.kind === "message" ? content.text : { vi: "", en: "" }));
    expect(shown.map(({ vi }) => vi.split("\n")[0])).toEqual([
      "Lời nhắc cho ngày 15/11.",
      "Lời nhắc cho ngày mai, 15/11.",
      "Lời nhắc cho hôm nay, 15/11.",
    ]);
    expect(shown[1]?.en).toBe(
      "A reminder for tomorrow, 15 November.\n\nLaunch for gender equality\nA walk and music.\n\n" +
        "When: 08:00–11:00, Sunday, 15 November 2026\nWhere: Culture house\nOrganiser: The ward\n\n" +
        "Add it to your calendar: https://antam.example/events/le-phat-dong-vi-binh-dang-gioi.ics",
    );
    expect(shown.filter(({ vi }) => hasPhrase(vi.split("\n")[0] ?? "", "bình đẳng giới"))).toEqual([]);
    expect(released[2]?.schedule).toMatchObject({ notAfter: EVENT.from });
  });

  test.each([
    ["ends before it begins", { until: "2026-11-15T07:00" }, "until"],
    ["is over", { from: "2026-11-01T08:00", until: "2026-11-01T09:00", reminders: [] }, "from"],
    ["is on a day that does not exist", { from: "2026-02-30T08:00" }, "from"],
    ["is in a place that nobody knows", { place: "99999" }, "place"],
    ["is in a place that is not a code", { place: "Hà Nội" }, "place"],
    ["is outside the area of the authority", { place: "06652" }, "place"],
    ["reminds at night", { reminders: ["2026-11-14T21:00"] }, "reminders.0"],
    ["reminds after it began", { reminders: ["2026-11-15T08:00"] }, "reminders.0"],
    ["reminds in the past", { reminders: ["2026-11-10T11:00"] }, "reminders.0"],
    ["reminds twice at once", { reminders: ["2026-11-14T17:00", "2026-11-14T17:00"] }, "reminders.1"],
    ["has a time without a day", { from: "08:00" }, "from"],
    ["has no name", { title: { vi: " ", en: "A" } }, "title.vi"],
  ])("that %s is refused beside its field", async (_, change, field) => {
    const { act, queries } = await monthWorld();
    await expect(act("event.write", { ...EVENT, ...change }, LAN)).rejects.toEqual(refusedFor(field));
    expect(await queries.events(LAN)).toEqual([]);
  });

  test("whose reminder went past while it waited is not released as it is", async () => {
    const { act, clock, asked } = await monthWorld();
    await act("event.write", EVENT, LAN);
    await act("event.submit", { id: "le-phat-dong-vi-binh-dang-gioi" }, LAN);
    clock.now = Date.parse("2026-11-14T18:00:00+07:00");
    await expect(act("event.release", { id: "le-phat-dong-vi-binh-dang-gioi" }, MINH)).rejects.toEqual(
      refusedFor("reminders.0"),
    );
    expect(asked).toEqual([]);
  });

  test("stays public as it was released while a change waits; released again, it carries a higher number", async () => {
    const { act, queries } = await monthWorld();
    const id = "le-phat-dong-vi-binh-dang-gioi";
    const step = (name: string, by = LAN) => act(name, { id }, by);
    await act("event.write", EVENT, LAN);
    await step("event.submit");
    await step("event.release", MINH);
    await act("event.write", { ...EVENT, id, venue: { vi: "Sân vận động", en: "Stadium" } }, LAN);
    expect((await queries.publicEvent(id))?.venue.vi).toBe("Nhà văn hóa phường");
    expect((await queries.event(id, LAN)).state).toBe("draft");
    await step("event.submit");
    await step("event.release", MINH);
    expect(await queries.publicEvent(id)).toMatchObject({ venue: { vi: "Sân vận động" }, revision: 2 });
  });

  test("that changes after a reminder went out keeps that reminder, and sends only those to come", async () => {
    const { act, clock, released } = await monthWorld();
    const id = "le-phat-dong-vi-binh-dang-gioi";
    const reminders = ["2026-11-12T08:00", "2026-11-14T17:00"];
    await act("event.write", { ...EVENT, reminders }, LAN);
    await act("event.submit", { id }, LAN);
    await act("event.release", { id }, MINH);
    clock.now = Date.parse("2026-11-13T12:00:00+07:00");
    const changed = { ...EVENT, id, venue: { vi: "Sân vận động", en: "Stadium" } };
    await expect(act("event.write", { ...changed, reminders: ["2026-11-11T08:00"] }, LAN)).rejects.toEqual(
      refusedFor("reminders.0"),
    );
    await act("event.write", { ...changed, reminders }, LAN);
    await act("event.submit", { id }, LAN);
    released.length = 0;
    await act("event.release", { id }, MINH);
    expect(released.map(({ schedule }) => schedule)).toMatchObject([{ at: "2026-11-14T17:00" }]);
  });

  test("that is cancelled takes its reminders back, says so in public, and is changed no more", async () => {
    const { act, queries, asked } = await monthWorld();
    const id = "le-phat-dong-vi-binh-dang-gioi";
    await act("event.write", EVENT, LAN);
    await act("event.submit", { id }, LAN);
    await act("event.release", { id }, MINH);
    await act("event.cancel", { id }, LAN);
    expect(asked.at(-1)).toEqual(["cancel", id, 0]);
    expect(await queries.publicEvent(id)).toMatchObject({ state: "cancelled", revision: 2 });
    await expect(act("event.write", { ...EVENT, id }, LAN)).rejects.toEqual(problem("conflict"));
    await expect(act("event.cancel", { id }, LAN)).rejects.toEqual(problem("conflict"));
  });

  test("that was never released is in public neither before nor after it is cancelled", async () => {
    const { act, queries } = await monthWorld();
    await act("event.write", EVENT, LAN);
    await act("event.cancel", { id: "le-phat-dong-vi-binh-dang-gioi" }, LAN);
    expect(await queries.publicEvent("le-phat-dong-vi-binh-dang-gioi")).toBeNull();
  });

  test("gets an address of its own, also when two have one name or the name is that of a page", async () => {
    const { act } = await monthWorld();
    const named = (vi: string) => act("event.write", { ...EVENT, title: { vi, en: vi } }, LAN);
    const ids = [await named("Hội thi"), await named("Hội thi!"), await named("New"), await named("…")];
    expect(ids).toMatchObject([{ id: "hoi-thi" }, { id: "hoi-thi-2" }, { id: "new-2" }, { id: "event" }]);
  });

  test("is the business of its own place alone", async () => {
    const { act, queries } = await monthWorld();
    const other = actor("other", ["author", "approver"], "06652");
    await act("event.write", EVENT, actor("ward", ["author"], WARD));
    const id = "le-phat-dong-vi-binh-dang-gioi";
    expect(await queries.events(other)).toEqual([]);
    await expect(queries.event(id, other)).rejects.toEqual(problem("outside-place"));
    for (const name of ["event.submit", "event.release", "event.cancel"])
      await expect(act(name, { id }, other)).rejects.toEqual(problem("outside-place"));
    await expect(act("event.write", { ...EVENT, id, place: "22" }, other)).rejects.toEqual(problem("outside-place"));
  });
});

test("every change is in the audit trail with before and after, and what is refused is not", async () => {
  const { act, audit } = await monthWorld();
  await act("slot.write", SLOT, LAN);
  await act("slot.submit", { campaign: "2026" }, LAN);
  await act("event.write", EVENT, LAN);
  await act("plan.tick", { campaign: "2026", item: "fill-slot", done: true }, LAN);
  await expect(act("slot.release", { campaign: "2026" }, LAN)).rejects.toThrow();
  expect(audit.map(({ action, subject, who, place }) => [action, subject, who, place])).toEqual([
    ["slot.write", "2026", "lan", undefined],
    ["slot.submit", "2026", "lan", undefined],
    ["event.write", "le-phat-dong-vi-binh-dang-gioi", "lan", WARD],
    ["plan.tick", "2026/fill-slot", "lan", undefined],
  ]);
  expect(audit[1]).toMatchObject({ before: { state: "draft" }, after: { state: "submitted" } });
});

test("changes at the same moment follow one another: none is lost", async () => {
  const { act, queries } = await monthWorld();
  const items = ["get-letter", "fill-slot", "share-work", "launch"];
  await Promise.all([
    ...items.map((item) => act("plan.tick", { campaign: "2026", item, done: true }, LAN)),
    act("event.write", EVENT, LAN),
  ]);
  const plan = await queries.plan("2026", LAN);
  expect(
    plan
      .filter(({ done }) => done)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...items].sort());
  expect(await queries.events(LAN)).toHaveLength(1);
});
