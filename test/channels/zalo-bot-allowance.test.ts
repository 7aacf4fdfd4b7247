import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Notice } from "../../src/channels/port.ts";
import { Allowance, allowanceNow, inMonthOf, warningsOf, withPerson } from "../../src/channels/zalo-bot/allowance.ts";
import { watchAllowance } from "../../src/channels/zalo-bot/allowance-watch.ts";
import { Exhaustion } from "../../src/channels/zalo-bot/exhaustion.ts";
import { OnceIn } from "../../src/channels/zalo-bot/once.ts";

const NOW = Date.parse("2026-11-20T10:00:00+07:00");
const HOUR_MS = 3_600_000;

function openWatch(plan: { stored?: Allowance; caps?: { people: number; messages: number }; broken?: boolean } = {}) {
  const written: Allowance[] = [];
  const notices: Notice[] = [];
  const clock = { now: NOW };
  const disk = { stored: plan.stored ?? null, broken: plan.broken ?? false };
  const store = {
    read: async () => disk.stored,
    write: async (allowance: Allowance) => {
      if (disk.broken) throw new Error("disk full");
      disk.stored = allowance;
      written.push(allowance);
    },
  };
  const watch = watchAllowance({
    store,
    caps: plan.caps ?? { people: 50, messages: 3_000 },
    secret: "s",
    report: (notice) => void notices.push(notice),
    now: () => clock.now,
  });
  return { watch, written, notices, clock, disk };
}

describe("counting people without keeping who", () => {
  test.each([0, 1, 10, 50, 200])("%i people are counted almost exactly, however often they write", async (people) => {
    const { watch, disk } = openWatch();
    await watch.load();
    for (let n = 0; n < people * 3; n++) watch.met(`chat-${n % people}`);
    await watch.close();
    const counted = allowanceNow(disk.stored, NOW).people;
    expect(Math.abs(counted - people)).toBeLessThanOrEqual(Math.max(2, people * 0.06));
  });

  test("what is kept holds no id, and means nothing with another key", async () => {
    const { watch, disk } = openWatch();
    await watch.load();
    watch.met("6e00aa11bb22cc33dd44");
    await watch.close();
    expect(JSON.stringify(disk.stored)).not.toContain("6e00");
    expect(Allowance.parse(disk.stored)).toEqual(disk.stored);
  });

  test("any bits and any count make a sensible number", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 128, maxLength: 128 }), (bits) => {
        const stored = { ...inMonthOf(null, NOW), people: Buffer.from(bits).toString("base64") };
        const { people } = allowanceNow(Allowance.parse(stored), NOW);
        expect(people).toBeGreaterThanOrEqual(0);
        expect(people).toBeLessThan(7_200);
      }),
    );
  });

  test("a damaged document is not taken for one", () => {
    const good = inMonthOf(null, NOW);
    for (const bad of [
      { people: "" },
      { people: "AAAA" },
      { month: "2026-13" },
      { sent: -1 },
      { told: ["x"] },
      { more: 1 },
    ]) {
      expect(Allowance.safeParse({ ...good, ...bad }).success).toBe(false);
    }
  });
});

describe("telling the operator", () => {
  test("at 80 % and at 100 % of each cap, once each", () => {
    const told = (sent: number, before: Allowance["told"] = []) =>
      warningsOf({ ...inMonthOf(null, NOW), sent, told: before }, { people: 50, messages: 100 }).map(
        ({ notice }) => notice,
      );
    expect(told(79)).toEqual([]);
    expect(told(80)).toEqual(["messages-near-cap"]);
    expect(told(90, ["messages-near-cap"])).toEqual([]);
    expect(told(100, ["messages-near-cap"])).toEqual(["messages-at-cap"]);
    expect(told(101, ["messages-near-cap", "messages-at-cap"])).toEqual([]);
  });

  test("survives a restart, and begins again with the month of Viet Nam", async () => {
    const first = openWatch({ caps: { people: 50, messages: 5 } });
    await first.watch.load();
    for (let n = 0; n < 4; n++) first.watch.sent();
    first.watch.met("Lan");
    await first.watch.close();
    expect(first.notices.map(({ code, level }) => [code, level])).toEqual([["messages-near-cap", "warn"]]);

    const second = openWatch({
      caps: { people: 50, messages: 5 },
      ...(first.disk.stored && { stored: first.disk.stored }),
    });
    await second.watch.load();
    expect(second.notices).toEqual([]);
    second.clock.now = Date.parse("2026-12-01T00:00:00+07:00");
    for (let n = 0; n < 4; n++) second.watch.sent();
    await second.watch.close();
    expect(second.notices).toMatchObject([{ code: "messages-near-cap", facts: { used: 4, cap: 5 } }]);
    expect(allowanceNow(second.disk.stored, second.clock.now)).toEqual({ month: "2026-12", sent: 4, people: 1 });
  });
});

describe("writing", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("at once for somebody new, else at most every 30 s, and at the end", async () => {
    const { watch, written } = openWatch();
    await watch.load();
    watch.met("Lan");
    watch.met("Lan");
    await vi.advanceTimersByTimeAsync(0);
    expect(written).toHaveLength(1);
    for (let n = 0; n < 10; n++) watch.sent();
    await vi.advanceTimersByTimeAsync(29_000);
    expect(written).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(written.map(({ sent }) => sent)).toEqual([0, 10]);
    watch.sent();
    await watch.close();
    expect(written.at(-1)?.sent).toBe(11);
  });

  test("a count from before what was stored is read replaces nothing and is not forgotten", async () => {
    const { watch, written, disk } = openWatch({ stored: { ...inMonthOf(null, NOW), sent: 7 } });
    watch.sent();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(written).toEqual([]);
    await watch.load();
    await watch.close();
    expect(disk.stored?.sent).toBe(8);
  });

  test("a write that fails is told once and tried again", async () => {
    const { watch, notices, disk } = openWatch({ broken: true });
    await watch.load();
    watch.met("Lan");
    await vi.advanceTimersByTimeAsync(61_000);
    expect(notices).toEqual([{ channel: "zalo-bot", level: "warn", code: "allowance-unsaved" }]);
    disk.broken = false;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(disk.stored).not.toBeNull();
  });
});

test("somebody new leaves everybody else where they were", () => {
  const before = inMonthOf(null, NOW);
  const once = withPerson(before, Buffer.from([0, 9]));
  expect(once).not.toBe(before);
  expect(withPerson(once, Buffer.from([0, 9]))).toBe(once);
  expect(allowanceNow(withPerson(once, Buffer.from([0, 10])), NOW).people).toBe(2);
});

describe("a burst and a spent month", () => {
  const MINUTE_MS = 60_000;
  const spentBy = (addresses: readonly string[]) => {
    const exhaustion = new Exhaustion();
    addresses.forEach((address, n) => void exhaustion.refused(address, NOW + n * MINUTE_MS));
    return exhaustion;
  };

  test("many failures within seconds are a burst", () => {
    const exhaustion = new Exhaustion();
    for (let n = 0; n < 50; n++) expect(exhaustion.refused("a", NOW + n * 100)).toBe(false);
  });

  test("three failures spaced over minutes mean spent, until a message is taken", () => {
    const exhaustion = spentBy(["a", "b"]);
    expect(exhaustion.refused("a", NOW + 2 * MINUTE_MS)).toBe(true);
    expect(exhaustion.holdsBack("c", NOW + 3 * MINUTE_MS)).toBe(true);
    expect(exhaustion.holdsBack("c", NOW + 12 * MINUTE_MS)).toBe(false);
    exhaustion.took();
    expect(exhaustion.holdsBack("c", NOW + 3 * MINUTE_MS)).toBe(false);
  });

  test("one person above the cap does not silence the others", () => {
    const exhaustion = spentBy(["a", "a", "a"]);
    expect(exhaustion.holdsBack("a", NOW + 3 * MINUTE_MS)).toBe(true);
    expect(exhaustion.holdsBack("b", NOW + 3 * MINUTE_MS)).toBe(false);
  });

  test("failures hours apart have nothing to do with each other", () => {
    const exhaustion = new Exhaustion();
    for (let n = 0; n < 5; n++) expect(exhaustion.refused("a", NOW + n * 2 * HOUR_MS)).toBe(false);
  });
});

test("once in an hour for each key, and the memory for keys is bounded", () => {
  const once = new OnceIn(HOUR_MS, 2);
  expect([once.first("a", 0), once.first("a", HOUR_MS - 1), once.first("a", HOUR_MS)]).toEqual([true, false, true]);
  once.forget("a");
  expect(once.first("a", HOUR_MS)).toBe(true);
  once.first("b", HOUR_MS);
  once.first("c", HOUR_MS);
  expect([once.first("c", HOUR_MS), once.first("a", HOUR_MS)]).toEqual([false, true]);
});
