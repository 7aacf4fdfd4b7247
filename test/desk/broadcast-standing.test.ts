import { expect, test } from "vitest";
import type { Broadcast } from "../../src/broadcast/broadcast.ts";
import { vietnamTime } from "../../src/broadcast/schedule.ts";
import { standingOf } from "../../src/desk/broadcasts/queries.ts";
import type { Run } from "../../src/stores/ledger-store.ts";

const series: Broadcast = {
  id: "meo",
  title: "Mẹo của ngày",
  content: { kind: "tip" },
  segment: { topics: ["tips"], channels: [], langs: [], places: [] },
  schedule: { kind: "daily", from: "2026-11-20", to: "2026-11-25", at: "08:00", notAfter: "12:00" },
  state: "released",
  author: "lan",
  writers: ["lan"],
  releasedBy: "hoa",
  releasedAt: vietnamTime("2026-11-19T10:00"),
  changedAt: 0,
};

function run(day: string, as: "done" | "expired" | null = null): { readonly run: Run } {
  const startedAt = vietnamTime(`${day}T08:00`);
  return { run: { run: `meo@${day}`, startedAt, planned: true, closed: as === null ? null : { at: startedAt, as } } };
}

test.each<[string, string, { readonly run: Run }[], Partial<Broadcast>, string]>([
  ["released after its first day, before the next", "2026-11-22T07:30", [], late("2026-11-22T07:00"), "scheduled"],
  ["released while its day goes on", "2026-11-22T09:01", [], late("2026-11-22T09:00"), "sending"],
  ["of which a day passed while no bot ran", "2026-11-21T07:30", [], {}, "scheduled"],
  ["whose day is being sent", "2026-11-21T09:00", [run("2026-11-20", "done"), run("2026-11-21")], {}, "sending"],
  ["whose day was cut short and is being closed", "2026-11-20T12:00", [run("2026-11-20")], {}, "sending"],
  ["between two days", "2026-11-20T13:00", [run("2026-11-20", "expired")], {}, "scheduled"],
  ["that is paused between two days", "2026-11-20T13:00", [run("2026-11-20", "done")], { state: "paused" }, "paused"],
  ["that is over", "2026-11-25T13:00", [run("2026-11-25", "done")], {}, "done"],
  ["that ended while no bot ran", "2026-11-26T08:00", [run("2026-11-24", "done")], {}, "expired"],
])("a series %s", (_, now, runs, changes, standing) => {
  expect(standingOf({ ...series, ...changes }, runs, vietnamTime(now))).toBe(standing);
});

function late(released: string): Partial<Broadcast> {
  return { releasedAt: vietnamTime(released) };
}
