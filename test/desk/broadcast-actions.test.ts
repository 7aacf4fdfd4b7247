import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Broadcast } from "../../src/broadcast/broadcast.ts";
import type { Cut } from "../../src/broadcast/preview.ts";
import { vietnamTime } from "../../src/broadcast/schedule.ts";
import type { Actor, Role } from "../../src/desk/access.ts";
import type { Actions } from "../../src/desk/action.ts";
import type { AuditEntry } from "../../src/desk/audit.ts";
import { broadcastActions } from "../../src/desk/broadcasts/actions.ts";
import { type Book, openBook } from "../../src/desk/broadcasts/book.ts";
import { openLowdbStore } from "../../src/stores/lowdb/store.ts";
import { makeFolder, removeFolder } from "../system/folder.ts";

const NOW = vietnamTime("2026-11-22T10:00");
const provinceOf = (place: string) => (place.length === 2 ? place : { "00004": "01" }[place]);

function staff(id: string, roles: readonly Role[], place?: string): Actor {
  return { id, name: id.toUpperCase(), roles, via: "web", ...(place !== undefined && { place }) };
}
const lan = staff("lan", ["author"]);
const hoa = staff("hoa", ["approver"]);
const minh = staff("minh", ["approver"]);

const message = {
  title: "Ngày 25/11",
  content: { kind: "message", text: { vi: "Chào bạn", en: "Hello" }, ways: [] },
  segment: { topics: ["campaign"], channels: [], langs: [], places: [] },
  schedule: { kind: "once", at: "2026-11-25T08:00", notAfter: "2026-11-25T20:00" },
};

let folder = "";
let book: Book;
let actions: Actions;
let cuts: Cut[] = [];
let testsLeft = 0;
let trail: Omit<AuditEntry, "at">[] = [];

beforeEach(async () => {
  folder = await makeFolder();
  onTestFinished(() => removeFolder(folder));
  cuts = [];
  testsLeft = 1;
  trail = [];
  await open();
});

async function open(): Promise<void> {
  const team = await openLowdbStore({ folder });
  const audit = { note: async (entry: Omit<AuditEntry, "at">) => void trail.push(entry), read: async () => [] };
  book = await openBook({ team, audit, changed: () => undefined });
  actions = broadcastActions({
    book,
    provinceOf,
    preview: () => cuts.map((cut) => ({ channel: "web", lang: "vi", message: EMPTY, cuts: [cut], length: 0, most: 1 })),
    hasMedia: async (file) => file === "known.png",
    sendTest: async () => 2,
    mayTest: async () => testsLeft-- > 0,
    now: () => NOW,
  });
}

const EMPTY = { text: "", choices: [], exits: [], calls: [], links: [], expects: "nothing", clear: false } as const;

const perform = (name: string, input: unknown, by: Actor) => actions[name]?.perform(input, by);

async function written(changes: object = {}, by = lan): Promise<string> {
  const broadcast = await perform("broadcast.write", { ...message, ...changes }, by);
  return (broadcast as Broadcast).id;
}

async function submitted(): Promise<string> {
  const id = await written();
  await perform("broadcast.submit", { id }, lan);
  return id;
}

describe("two people stand behind a broadcast", () => {
  test("one writes, another releases, and a restart knows it", async () => {
    const id = await submitted();
    await perform("broadcast.release", { id }, hoa);
    await open();
    expect(book.get(id)).toMatchObject({ state: "released", author: "lan", releasedBy: "hoa", releasedAt: NOW });
    expect(id).toBe("2026-11-22-ngay-25-11");
  });

  test("nobody releases what they wrote, or ever changed", async () => {
    const id = await submitted();
    await perform("broadcast.write", { ...message, id, title: "Khác" }, hoa);
    await perform("broadcast.submit", { id }, lan);
    await expect(perform("broadcast.release", { id }, hoa)).rejects.toMatchObject({ problem: "second-person" });
    await expect(perform("broadcast.release", { id }, lan)).rejects.toMatchObject({ problem: "forbidden" });
    await perform("broadcast.release", { id }, minh);
    expect(book.get(id)).toMatchObject({ state: "released", writers: ["lan", "hoa"] });
  });

  test("a change makes a draft of what was submitted; what is released cannot be changed", async () => {
    const id = await submitted();
    await perform("broadcast.write", { ...message, id }, lan);
    await expect(perform("broadcast.release", { id }, hoa)).rejects.toMatchObject({ problem: "conflict" });
    await perform("broadcast.submit", { id }, lan);
    await perform("broadcast.release", { id }, hoa);
    await expect(perform("broadcast.write", { ...message, id }, lan)).rejects.toMatchObject({ problem: "conflict" });
  });

  test("what is sent back is a draft with the reason, until it is released", async () => {
    const id = await submitted();
    await perform("broadcast.return", { id, remark: "Câu đầu dài quá" }, hoa);
    expect(book.get(id)).toMatchObject({ state: "draft", remark: "Câu đầu dài quá" });
    await perform("broadcast.submit", { id }, lan);
    await perform("broadcast.release", { id }, hoa);
    expect(book.get(id)).not.toHaveProperty("remark");
  });
});

test("two of one title written at the same moment are two, or one is asked to try again", async () => {
  const both = await Promise.allSettled([written(), written()]);
  const made = both.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  expect(new Set(made).size).toBe(made.length);
  expect(book.all()).toHaveLength(made.length);
  expect(both.filter(({ status }) => status === "rejected")).toMatchObject([{ reason: { problem: "conflict" } }]);
});

test("nobody overwrites a version that they did not see", async () => {
  const id = await written();
  await expect(perform("broadcast.write", { ...message, id, seen: NOW - 1 }, lan)).rejects.toMatchObject({
    problem: "conflict",
  });
  await perform("broadcast.write", { ...message, id, seen: NOW }, lan);
});

describe("a broadcast is refused", () => {
  test.each<[string, object]>([
    ["without a title", { title: " " }],
    ["in quiet hours", { schedule: { ...message.schedule, at: "2026-11-25T21:00", notAfter: "2026-11-26T10:00" } }],
    ["after its end", { schedule: { ...message.schedule, at: "2026-11-20T08:00", notAfter: "2026-11-21T20:00" } }],
    ["with a file nobody uploaded", { content: { ...message.content, media: media("other.png") } }],
    ["with a field nobody knows", { state: "released" }],
  ])("%s", async (_, changes) => {
    await expect(written(changes)).rejects.toMatchObject({ problem: "invalid" });
    expect(book.all()).toEqual([]);
    expect(trail).toEqual([]);
  });

  test.each<Cut>(["text-too-long", "topic-first", "label-cut", "nothing-to-show"])(
    "when it would be submitted with %s",
    async (cut) => {
      const id = await written();
      cuts = [cut];
      const issues = [{ field: "content", text: `desk-broadcasts.cut.${cut}` }];
      await expect(perform("broadcast.submit", { id }, lan)).rejects.toMatchObject({ issues });
    },
  );

  test("and not for what only looks different somewhere", async () => {
    const id = await written({ content: { ...message.content, media: media("known.png") } });
    cuts = ["numbers", "no-voice", "no-picture"];
    await perform("broadcast.submit", { id }, lan);
    expect(book.get(id)?.state).toBe("submitted");
  });
});

function media(file: string) {
  return { kind: "image", file, alt: { vi: "Hoa", en: "Flowers" } };
}

describe("places", () => {
  test("are in the audit trail where there is just one", async () => {
    for (const places of [[], ["00004"], ["00004", "79"]]) await written({ segment: { ...message.segment, places } });
    expect(trail.map(({ place }) => place)).toEqual([undefined, "00004", undefined]);
  });

  const ward = staff("ward", ["author", "approver"], "00004");
  const here = { segment: { ...message.segment, places: ["00004"] } };

  test("limit what somebody may write, change and steer", async () => {
    await expect(written({}, ward)).rejects.toMatchObject({ problem: "outside-place" });
    await expect(written({ segment: { ...message.segment, places: ["00004", "01"] } }, ward)).rejects.toMatchObject({
      problem: "outside-place",
    });
    const id = await written(here, ward);
    await expect(perform("broadcast.write", { ...message, id }, ward)).rejects.toMatchObject({
      problem: "outside-place",
    });
    const others = await submitted();
    for (const step of ["release", "abort", "test", "submit", "pause"]) {
      const done = perform(`broadcast.${step}`, { id: others }, ward);
      await expect(done).rejects.toMatchObject({ problem: "outside-place" });
    }
  });
});

test("the audit trail tells who did what, before it is done", async () => {
  const id = await submitted();
  await perform("broadcast.release", { id }, hoa);
  await perform("broadcast.pause", { id }, lan);
  await perform("broadcast.resume", { id }, minh);
  await perform("broadcast.abort", { id }, hoa);
  const told = trail.map(({ action, who, before, after }) => [action, who, stateOf(before), stateOf(after)]);
  expect(told).toEqual([
    ["broadcast.write", "lan", undefined, "draft"],
    ["broadcast.submit", "lan", "draft", "submitted"],
    ["broadcast.release", "hoa", "submitted", "released"],
    ["broadcast.pause", "lan", "released", "paused"],
    ["broadcast.resume", "minh", "paused", "released"],
    ["broadcast.abort", "hoa", "released", "aborted"],
  ]);
});

function stateOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "state" in value ? value.state : undefined;
}

test("a draft can be deleted and tested, an unknown one not", async () => {
  const id = await written();
  expect(await perform("broadcast.test", { id }, lan)).toEqual({ sent: 2 });
  expect(trail.at(-1)).toMatchObject({ action: "broadcast.test", subject: id, who: "lan" });
  await expect(perform("broadcast.test", { id }, lan)).rejects.toMatchObject({ problem: "too-many" });
  await perform("broadcast.delete", { id }, lan);
  expect(book.all()).toEqual([]);
  await expect(perform("broadcast.delete", { id }, lan)).rejects.toMatchObject({ problem: "not-found" });
});
