import { setTimeout as pause } from "node:timers/promises";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type Broadcast, Segment } from "../../src/broadcast/broadcast.ts";
import { Runner, type RunnerDeps } from "../../src/broadcast/runner.ts";
import { vietnamTime } from "../../src/broadcast/schedule.ts";
import type { BulkResult } from "../../src/delivery/bulk.ts";
import { ephemeralKeyring } from "../../src/stores/keyring.ts";
import type { LedgerRow } from "../../src/stores/ledger-store.ts";
import { openSqliteStore, type SqliteStore } from "../../src/stores/sqlite/store.ts";
import { message, subscriber } from "../stores/sample-turn.ts";

const keyring = ephemeralKeyring();
let store: SqliteStore;
let now = vietnamTime("2026-11-25T08:00");
let broadcasts: Broadcast[] = [];
/** What the network took, by chat. */
let sent: string[] = [];
/** What the next tries come to. */
let answers: BulkResult[] = [];
let whileSending: () => void = () => undefined;
let left: string[] = [];

beforeEach(async () => {
  store = await openSqliteStore({ file: ":memory:", keyring });
  onTestFinished(() => store.close());
  now = vietnamTime("2026-11-25T08:00");
  broadcasts = [broadcast()];
  sent = [];
  answers = [];
  left = [];
  whileSending = () => undefined;
});

function broadcast(changes: Partial<Broadcast> = {}): Broadcast {
  return {
    id: "orange",
    title: "25/11",
    content: { kind: "message", text: { vi: "Chào", en: "Hello" }, ways: [] },
    segment: { topics: ["tips"], channels: [], langs: [], places: [] },
    schedule: { kind: "once", at: "2026-11-25T08:00", notAfter: "2026-11-25T20:00" },
    state: "released",
    author: "lan",
    writers: ["lan"],
    releasedBy: "hoa",
    changedAt: 0,
    ...changes,
  };
}

async function people(count: number, channel: "telegram" | "web" | "zalo-oa" = "telegram"): Promise<void> {
  const all = Array.from({ length: count }, (_, n) => {
    const chat = `${channel}-${n}`;
    const key = keyring.citizenKey(channel, chat);
    const address = channel === "web" ? null : chat;
    return store.commit({ ...subscriber(chat, { channel }), key, address });
  });
  await Promise.all(all);
}

function deps(changes: Partial<RunnerDeps> = {}): RunnerDeps {
  return {
    ledger: store.ledger,
    broadcasts: async () => broadcasts,
    outlet: (channel) => (channel === "telegram" ? { ahead: 4, send } : null),
    handOut,
    settle: (row, run, to, trail) => store.settle(row.key, 0, { trail, at: now, counts: [], ledger: { run, to } }),
    unreachable: async ({ address }) => void left.push(address ?? ""),
    provinceOf: (place) => place,
    now: () => now,
    failed: (error) => expect.unreachable(String(error)),
    ...changes,
  };
}

async function send(chat: string, claim: () => Promise<unknown>): Promise<BulkResult> {
  await pause(1);
  if ((await claim()) === null) return { kind: "nothing" };
  const answer = answers.shift() ?? { kind: "sent", messageIds: [`m-${chat}`] };
  if (answer.kind === "sent") sent.push(chat);
  whileSending();
  return answer;
}

async function handOut(_: Broadcast, { run }: { run: string }, { key, channel }: LedgerRow) {
  const pulled = channel === "web";
  const { duplicate } = await store.commit({
    ...subscriber("", { channel }, ""),
    ...{ key, inputId: "", messages: pulled ? [message("tin")] : [] },
    claim: { run, to: { state: pulled ? "sent" : "sending" } },
  });
  return duplicate ? null : message("tin");
}

/** Ticks until nothing is at work any more. */
async function tick(runner: Runner): Promise<void> {
  await runner.tick();
  for (let calm = 0, before = ""; calm < 5; ) {
    await pause(10);
    const state = JSON.stringify([sent.length, await store.ledger.tally("orange")]);
    calm = state === before ? calm + 1 : 0;
    before = state;
  }
}

const tally = async (run = "orange") =>
  Object.fromEntries(
    (await store.ledger.tally(run)).map(({ channel, state, why, n }) => [[channel, state, why].join(" ").trim(), n]),
  );
const closed = async (run = "orange") => (await store.ledger.runs()).find((one) => one.run === run)?.closed?.as ?? null;

describe("a run", () => {
  test("reaches everybody once, on networks and on the page, and is closed", async () => {
    await people(30);
    await people(5, "web");
    await people(3, "zalo-oa");
    const runner = new Runner(deps());
    await tick(runner);
    await tick(runner);
    expect(new Set(sent).size).toBe(30);
    expect(sent).toHaveLength(30);
    expect(await tally()).toEqual({ "telegram sent": 30, "web sent": 5, "zalo-oa skipped channel-off": 3 });
    expect(await closed()).toBe("done");
    expect(await store.pending(keyring.citizenKey("web", "web-0"), 0)).toHaveLength(1);
    expect(await store.trail(keyring.citizenKey("telegram", "telegram-0"), 0)).toEqual(["m-telegram-0"]);
  });

  test("waits for its time, and for the end of the quiet hours", async () => {
    await people(3);
    broadcasts = [broadcast({ schedule: { kind: "once", at: "2026-11-25T20:59", notAfter: "2026-11-26T20:00" } })];
    const runner = new Runner(deps());
    await tick(runner);
    expect(await closed()).toBeNull();
    now = vietnamTime("2026-11-25T21:00");
    await tick(runner);
    expect(sent).toEqual([]);
    now = vietnamTime("2026-11-26T07:00");
    await tick(runner);
    expect(sent).toHaveLength(3);
  });

  test("stops at once when it is paused, and goes on where it was", async () => {
    await people(40);
    const runner = new Runner(deps());
    whileSending = () => {
      if (sent.length !== 10) return;
      broadcasts = [broadcast({ state: "paused" })];
      void runner.tick();
    };
    await tick(runner);
    const before = sent.length;
    expect(before).toBeLessThan(10 + 8);
    await tick(runner);
    expect(sent).toHaveLength(before);
    broadcasts = [broadcast()];
    await tick(runner);
    expect(new Set(sent).size).toBe(40);
    expect(sent).toHaveLength(40);
    expect(await closed()).toBe("done");
  });

  test("ends when it is aborted, with a reason for each who was not reached", async () => {
    await people(40);
    const runner = new Runner(deps());
    whileSending = () => {
      if (sent.length !== 10) return;
      broadcasts = [broadcast({ state: "aborted" })];
      void runner.tick();
    };
    await tick(runner);
    await tick(runner);
    expect(await tally()).toEqual({ "telegram sent": sent.length, "telegram skipped aborted": 40 - sent.length });
    expect(await closed()).toBe("aborted");
  });

  test("that was aborted before it began leaves nothing", async () => {
    await people(3);
    broadcasts = [broadcast({ state: "aborted" })];
    await tick(new Runner(deps()));
    expect(await store.ledger.runs()).toEqual([]);
  });

  test("whose end came first says so of everybody it was meant for", async () => {
    await people(3);
    await people(2, "web");
    now = vietnamTime("2026-11-25T20:00");
    await tick(new Runner(deps()));
    expect(sent).toEqual([]);
    expect(await tally()).toEqual({ "telegram skipped expired": 3, "web skipped expired": 2 });
    expect(await closed()).toBe("expired");
  });
});

describe("a message", () => {
  test("that surely did not arrive is sent again later, one that may have arrived never", async () => {
    await people(3);
    answers = [
      { kind: "later", afterMs: 60_000 },
      { kind: "failed", why: "uncertain" },
    ];
    const runner = new Runner(deps());
    await tick(runner);
    expect(await tally()).toEqual({ "telegram planned": 1, "telegram failed uncertain": 1, "telegram sent": 1 });
    expect(await closed()).toBeNull();
    now += 60_000;
    await tick(runner);
    expect(await tally()).toEqual({ "telegram failed uncertain": 1, "telegram sent": 2 });
    expect(new Set(sent).size).toBe(2);
    expect(await closed()).toBe("done");
  });

  test("to somebody who cannot be reached any more ends their subscription", async () => {
    await people(1);
    answers = [{ kind: "failed", why: "unreachable" }];
    await tick(new Runner(deps()));
    expect(left).toEqual(["telegram-0"]);
    expect(await tally()).toEqual({ "telegram failed unreachable": 1 });
  });

  test.each(["window-closed", "quota-spent"] as const)(
    "that is refused with %s is skipped, not failed",
    async (why) => {
      await people(1);
      answers = [{ kind: "failed", why }];
      await tick(new Runner(deps()));
      expect(await tally()).toEqual({ [`telegram skipped ${why}`]: 1 });
    },
  );

  test("under way when the process ended is not sent again, and recorded", async () => {
    await people(2);
    const never = new Promise<BulkResult>(() => undefined);
    const stuck = async (_chat: string, claim: () => Promise<unknown>) => {
      await claim();
      return never;
    };
    await tick(new Runner(deps({ outlet: () => ({ ahead: 1, send: stuck }) })));
    const next = new Runner(deps());
    await next.begin();
    await tick(next);
    expect(await tally()).toEqual({ "telegram failed interrupted": 1, "telegram sent": 1 });
    expect(await closed()).toBe("done");
  });
});

test("a series has a run for each of its days", async () => {
  await people(2);
  broadcasts = [
    broadcast({
      schedule: { kind: "daily", from: "2026-11-24", to: "2026-11-26", at: "08:00", notAfter: "20:00" },
    }),
  ];
  const runner = new Runner(deps());
  await tick(runner);
  now = vietnamTime("2026-11-26T08:00");
  await tick(runner);
  expect(await closed("orange@2026-11-24")).toBe("expired");
  expect(await tally("orange@2026-11-25")).toEqual({ "telegram sent": 2 });
  expect(await tally("orange@2026-11-26")).toEqual({ "telegram sent": 2 });
  expect(sent).toHaveLength(4);
});

test("a series that was released late begins with the first day that was not over", async () => {
  await people(2);
  const releasedAt = vietnamTime("2026-11-25T07:30");
  const schedule = { kind: "daily", from: "2026-11-23", to: "2026-11-26", at: "08:00", notAfter: "20:00" } as const;
  broadcasts = [broadcast({ schedule, releasedAt })];
  await tick(new Runner(deps()));
  expect((await store.ledger.runs()).map(({ run }) => run)).toEqual(["orange@2026-11-25"]);
  expect(sent).toHaveLength(2);
});

test("somebody who is meant by several topics and places is sent it once, and has one row", async () => {
  const provinceOf = (place: string) => (place.length === 2 ? place : { "00004": "01" }[place]);
  const lives = async (chat: string, place: string | undefined, topics: readonly string[]) => {
    const me = place === undefined ? {} : { place };
    const key = keyring.citizenKey("telegram", chat);
    await store.commit({ ...subscriber(chat, { topics, me }), key, address: chat });
  };
  await lives("both", "00004", ["tips", "campaign"]);
  await lives("one", "79", ["campaign"]);
  await lives("elsewhere", "48", ["tips", "campaign"]);
  await lives("nowhere", undefined, ["tips"]);
  await lives("other-topic", "01", ["quizzes"]);
  const segment = { topics: ["tips", "campaign"], channels: [], langs: [], places: ["01", "00004", "79"] } as const;
  broadcasts = [broadcast({ segment: Segment.parse(segment) })];
  const runner = new Runner(deps({ provinceOf }));
  await tick(runner);
  const next = new Runner(deps({ provinceOf }));
  await next.begin();
  await tick(next);
  expect(sent.toSorted()).toEqual(["both", "one"]);
  expect(await tally()).toEqual({ "telegram sent": 2 });
  expect(await closed()).toBe("done");
});

test("once it closes nothing new leaves", async () => {
  await people(20);
  const runner = new Runner(deps());
  whileSending = () => {
    if (sent.length === 5) void runner.close();
  };
  await tick(runner);
  await runner.close();
  expect(sent.length).toBeLessThan(13);
  expect(await closed()).toBeNull();
});
