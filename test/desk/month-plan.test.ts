import { describe, expect, test } from "vitest";
import { Broadcast, type Schedule } from "../../src/broadcast/broadcast.ts";
import { scheduleProblem } from "../../src/broadcast/schedule.ts";
import type { BroadcastView } from "../../src/desk/broadcasts/broadcasts.ts";
import type { Run } from "../../src/stores/ledger-store.ts";
import { actor, EVENT, LAN, MINH, monthWorld, NOON, plan, WARD } from "./month-world.ts";

const problem = (name: string): unknown => expect.objectContaining({ problem: name });
const tick = (item: string, done = true) => ({ campaign: "2026", item, done });
const item = (id: string) => ({ campaign: "2026", item: id });

describe("the plan", () => {
  test("is that of the authority's level", async () => {
    const ids = async (place: string | undefined) => {
      const { queries } = await monthWorld({ authorityPlace: () => place });
      return (await queries.plan("2026", LAN)).map(({ id }) => id);
    };
    const [ministry, province, commune] = [await ids(undefined), await ids("01"), await ids(WARD)];
    expect(ministry).toContain("send-letter");
    expect([ministry.includes("get-letter"), commune.includes("plan-province")]).toEqual([false, false]);
    expect(province).toEqual(expect.arrayContaining(["plan-province", "fill-slot", "message-orange"]));
    expect(commune).toEqual(expect.arrayContaining(["loudspeakers", "report-commune"]));
  });

  test("remembers what is done, and what is not done after all", async () => {
    const { act, queries } = await monthWorld();
    const done = async () => (await queries.plan("2026", LAN)).filter((one) => one.done).map(({ id }) => id);
    await act("plan.tick", tick("fill-slot"), LAN);
    await act("plan.tick", tick("fill-slot"), LAN);
    expect(await done()).toEqual(["fill-slot"]);
    await act("plan.tick", tick("fill-slot", false), MINH);
    expect(await done()).toEqual([]);
  });

  test("is ticked by staff of the authority itself, and only where there is something to tick", async () => {
    const { act } = await monthWorld();
    const refused = (input: unknown, by = LAN) => expect(act("plan.tick", input, by)).rejects;
    await refused(tick("send-letter")).toEqual(problem("not-found"));
    await refused({ ...tick("fill-slot"), campaign: "1999" }).toEqual(problem("not-found"));
    await refused(tick("fill-slot"), actor("ward", ["author"], WARD)).toEqual(problem("outside-place"));
    await refused(tick("fill-slot"), actor("reader", ["directory"])).toEqual(problem("forbidden"));
  });

  test("makes a draft of a suggested message on its day, with its choices", async () => {
    const { act, drafts } = await monthWorld();
    expect(await act("plan.draft", item("message-orange"), LAN)).toEqual({ id: "draft-1" });
    expect(drafts).toMatchObject([
      {
        title: "Tin ngày 25/11: ngày màu cam, mở đầu 16 ngày hành động",
        content: { kind: "message", ways: [{ payload: "pledge" }, { payload: "campaign" }] },
        segment: { topics: ["campaign"], channels: [], langs: [] },
        schedule: { kind: "once", at: "2026-11-25T08:00", notAfter: "2026-11-25T21:00" },
      },
    ]);
    expect(drafts[0]?.segment.places).toEqual([]);
  });

  test("makes series for tips and quizzes, for the place of whoever writes them", async () => {
    const { act, drafts } = await monthWorld();
    await act("plan.draft", item("series-tips"), actor("ward", ["author"], WARD));
    await act("plan.draft", item("series-quiz"), LAN);
    const daily = { kind: "daily", from: "2026-11-16", to: "2026-12-15", notAfter: "21:00" };
    expect(drafts).toMatchObject([
      { content: { kind: "tip" }, segment: { topics: ["tips"], places: [WARD] }, schedule: { ...daily, at: "11:30" } },
      { content: { kind: "quiz" }, segment: { topics: ["quizzes"] }, schedule: { ...daily, at: "19:30" } },
    ]);
  });

  test("never proposes a time that is over", async () => {
    const { act, drafts, clock } = await monthWorld();
    clock.now = Date.parse("2026-12-20T12:00:00+07:00");
    await act("plan.draft", item("message-orange"), LAN);
    await act("plan.draft", item("series-quiz"), LAN);
    expect(drafts.map(({ schedule }) => schedule)).toMatchObject([
      { at: "2026-12-21T08:00" },
      { from: "2026-12-20", to: "2026-12-20" },
    ]);
  });

  test("has drafts that are broadcasts as they stand, each of them", async () => {
    const { act, drafts } = await monthWorld();
    for (const { id, kind } of plan.entries) if (kind === "broadcast") await act("plan.draft", item(id), LAN);
    const marks = { id: "x", state: "draft", author: "lan", writers: ["lan"], changedAt: 0 };
    expect(drafts.filter((draft) => !Broadcast.safeParse({ ...draft, ...marks }).success)).toEqual([]);
    expect(drafts.map(({ schedule }) => scheduleProblem(schedule, NOON)).filter((wrong) => wrong !== null)).toEqual([]);
    expect(drafts.length).toBeGreaterThan(15);
  });

  test("makes no draft of what is no message", async () => {
    const { act } = await monthWorld();
    await expect(act("plan.draft", item("fill-slot"), LAN)).rejects.toEqual(problem("conflict"));
    await expect(act("plan.draft", item("fill-slot"), actor("reader", ["directory"]))).rejects.toEqual(
      problem("forbidden"),
    );
  });
});

/** A broadcast as the desk lists it. */
function view(id: string, schedule: Schedule, state: Broadcast["state"], runs: readonly Run[] = []): BroadcastView {
  const segment = { topics: ["tips"], channels: [], langs: [], places: [] } satisfies Broadcast["segment"];
  const marks = { author: "lan", writers: ["lan"], changedAt: 0 };
  const broadcast = Broadcast.parse({
    id,
    title: `Tin ${id}`,
    content: { kind: "tip" },
    segment,
    schedule,
    state,
    ...marks,
  });
  const progress = runs.map((run) => ({ run, tallies: [] }));
  return { broadcast, standing: "draft", runs: progress, nextAt: null, authorName: "Lan", releasedByName: null };
}
const run = (name: string, as: "done" | "aborted" | "expired"): Run => {
  return { run: name, startedAt: 0, planned: true, closed: { at: 1, as } };
};
const once = (day: string): Schedule => ({ kind: "once", at: `${day}T08:00`, notAfter: `${day}T13:00` });

describe("the calendar", () => {
  test("has days of the year, what is due, events and broadcasts, each day in the order of time", async () => {
    const { act, queries } = await monthWorld({ views: [view("a", once("2026-11-15"), "released")] });
    await act("event.write", { ...EVENT, from: "2026-11-15T07:30" }, LAN);
    const entries = await queries.calendar("2026-11-15", "2026-11-15", LAN);
    expect(entries.map(({ kind, at }) => [kind, at])).toEqual([
      ["day", undefined],
      ["plan", undefined],
      ["event", "07:30"],
      ["broadcast", "08:00"],
    ]);
    expect(entries[0]?.title.vi).toBe("Tháng hành động bắt đầu trên cả nước");
    expect(entries[2]).toMatchObject({ state: "draft", href: "/events/le-phat-dong-vi-binh-dang-gioi" });
  });

  test("says what is due, done, planned, being sent, sent and stopped", async () => {
    const { act, queries } = await monthWorld({
      views: [
        view("draft", once("2026-11-10"), "draft"),
        view("sending", once("2026-11-10"), "released"),
        view("planned", once("2026-11-11"), "released"),
        view("sent", once("2026-11-09"), "released", [run("sent", "done")]),
        view("late", once("2026-11-09"), "released", [run("late", "expired")]),
        view("off", once("2026-11-11"), "aborted"),
      ],
    });
    await act("plan.tick", tick("try-help"), LAN);
    const entries = await queries.calendar("2026-11-08", "2026-11-11", LAN);
    const states = Object.fromEntries(entries.map(({ title, state }) => [title.vi.slice(0, 12), state]));
    expect(states).toMatchObject({
      ...{ "Tin draft": "draft", "Tin sending": "sending", "Tin planned": "scheduled", "Tin sent": "sent" },
      ...{ "Tin late": "stopped", "Tin off": "stopped", "Gọi lại từng": "due", "Đi thử phần ": "done" },
    });
  });

  test("has each day of a series and of a long event", async () => {
    const daily: Schedule = { kind: "daily", from: "2026-11-20", to: "2026-11-22", at: "11:30", notAfter: "21:00" };
    const { act, queries } = await monthWorld({ views: [view("s", daily, "released", [run("s@2026-11-20", "done")])] });
    await act("event.write", { ...EVENT, from: "2026-11-20T08:00", until: "2026-11-22T17:00", reminders: [] }, LAN);
    const entries = await queries.calendar("2026-11-20", "2026-11-23", LAN);
    const of = (kind: string) =>
      entries.filter((entry) => entry.kind === kind).map(({ day, at, state }) => [day, at, state]);
    expect(of("event")).toEqual([
      ["2026-11-20", "08:00", "draft"],
      ["2026-11-21", undefined, "draft"],
      ["2026-11-22", undefined, "draft"],
    ]);
    expect(of("broadcast")).toEqual([
      ["2026-11-20", "11:30", "sent"],
      ["2026-11-21", "11:30", "scheduled"],
      ["2026-11-22", "11:30", "scheduled"],
    ]);
  });

  test("shows events of one's own place alone, and broadcasts to those who may read them", async () => {
    const { act, queries } = await monthWorld({ views: [view("a", once("2026-11-15"), "released")] });
    await act("event.write", EVENT, LAN);
    const kinds = async (by = LAN) =>
      (await queries.calendar("2026-11-15", "2026-11-15", by))
        .map(({ kind }) => kind)
        .filter((kind) => kind !== "plan");
    expect(await kinds(actor("other", ["author"], "06652"))).toEqual(["day", "broadcast"]);
    expect(await kinds(actor("reader", ["directory"]))).toEqual(["day", "event"]);
  });
});
