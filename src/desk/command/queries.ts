import { z } from "zod";
import type { Reach } from "../../broadcast/reach.ts";
import { vietnamLocal } from "../../broadcast/schedule.ts";
import { vietnamDay } from "../../campaign/vietnam-day.ts";
import { Slug } from "../../flow/ids.ts";
import { covers } from "../access.ts";
import { type Actions, action } from "../action.ts";
import { readTrail } from "../audit.ts";
import type { BroadcastView } from "../broadcasts/broadcasts.ts";
import type { Desk } from "../desk.ts";
import type { DirectoryEntry } from "../directory/directory.ts";
import { hidingFew } from "../few.ts";
import type { ShownMember } from "../staff/staff.ts";

const DAY_MS = 86_400_000;
const CALENDAR_DAYS = 30;
const AUDIT_MOST = 50;

const Nothing = z.strictObject({});
const One = z.strictObject({ id: Slug });

/**
 * What a member of staff can look at from the command line, by name. They are made as actions are, and change nothing.
 * `now`: milliseconds since 1970.
 */
export function queriesOf(desk: Desk, now: number): Actions {
  return { ...broadcastQueries(desk, now), ...monthQueries(desk, now), ...otherQueries(desk) };
}

function broadcastQueries({ broadcasts }: Desk, now: number): Actions {
  const right = "broadcast.read";
  return {
    "broadcast.list": action({
      right,
      input: Nothing,
      run: async (_, by) => (await broadcasts.list(by)).map(broadcastRow),
    }),
    "broadcast.show": action({
      right,
      input: One,
      run: async ({ id }, by) => shownView(await broadcasts.view(id, by)),
    }),
    "broadcast.preview": action({
      right,
      input: One,
      run: async ({ id }, by) => {
        const { broadcast, nextAt } = await broadcasts.view(id, by);
        return broadcasts.preview(broadcast.content, broadcast.segment, nextAt ?? now);
      },
    }),
    "broadcast.reach": action({
      right,
      input: One,
      run: async ({ id }, by) => shownReach(await broadcasts.reach((await broadcasts.view(id, by)).broadcast.segment)),
    }),
    "broadcast.ways": action({ right, input: Nothing, run: async () => broadcasts.ways() }),
    "broadcast.tip-topics": action({ right, input: Nothing, run: async () => broadcasts.tipTopics() }),
  };
}

function monthQueries({ month }: Desk, now: number): Actions {
  const right = "month.read";
  return {
    "month.calendar": action({
      right,
      input: z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() }),
      run: ({ from = vietnamDay(now), to }, by) =>
        month.calendar(from, to ?? vietnamDay(Date.parse(from) + CALENDAR_DAYS * DAY_MS), by),
    }),
    "plan.list": action({
      right,
      input: z.strictObject({ campaign: z.string().optional() }),
      run: ({ campaign }, by) => month.plan(campaign ?? month.current(by)?.campaign ?? "", by),
    }),
    "slot.list": action({ right, input: Nothing, run: (_, by) => month.slots(by) }),
    "event.list": action({ right, input: Nothing, run: (_, by) => month.events(by) }),
    "event.show": action({ right, input: One, run: ({ id }, by) => month.event(id, by) }),
  };
}

function otherQueries({ directory, staff, audit, authority, places }: Desk): Actions {
  return {
    "directory.list": action({
      right: "directory.read",
      input: z.strictObject({ query: z.string().optional(), due: z.boolean().optional() }),
      run: async ({ query, due = false }, by) => {
        const entries = await directory.entries(by, query);
        return entries.filter(({ reason }) => !due || reason !== null).map(entryRow);
      },
    }),
    "staff.list": action({
      right: "staff.manage",
      input: Nothing,
      run: async (_, by) =>
        (await staff.all()).filter(({ place }) => covers(by, place, places.provinceOf)).map(memberRow),
    }),
    "authority.show": action({
      right: "own",
      input: Nothing,
      run: async () => ({ name: authority.name(), place: authority.place() ?? null, hours: authority.hours() }),
    }),
    audit: action({
      right: "audit.read",
      input: z.strictObject({ most: z.int().min(1).max(1_000).optional(), before: z.int().optional() }),
      run: async ({ most = AUDIT_MOST, before }, by) =>
        (await readTrail({ audit, places }, by, { most, before })).entries,
    }),
  };
}

function shownView({ runs, ...view }: BroadcastView) {
  const hidden = runs.map(({ run, tallies }) => ({
    run,
    tallies: tallies.map((tally) => ({ ...tally, n: hidingFew(tally.n) })),
  }));
  return { ...view, runs: hidden };
}

function shownReach({ channels, subscribed, reachable, seconds }: Reach) {
  return {
    channels: channels.map((one) => ({
      ...one,
      subscribed: hidingFew(one.subscribed),
      outsideWindow: hidingFew(one.outsideWindow),
      reachable: hidingFew(one.reachable),
      blocked: hidingFew(one.blocked),
    })),
    subscribed: hidingFew(subscribed),
    reachable: hidingFew(reachable),
    seconds,
  };
}

/** One line of a list. */
function broadcastRow({ broadcast, standing, nextAt, authorName, runs }: BroadcastView) {
  const tallies = runs.flatMap((run) => run.tallies);
  const sum = (of: typeof tallies) => of.reduce((all, { n }) => all + n, 0);
  return {
    id: broadcast.id,
    standing,
    next: nextAt === null ? "" : vietnamLocal(nextAt),
    sent: hidingFew(sum(tallies.filter(({ state }) => state === "sent"))),
    of: hidingFew(sum(tallies)),
    author: authorName,
    title: broadcast.title,
  };
}

function entryRow({ service, reason, check, mine }: DirectoryEntry) {
  return {
    id: service.id,
    due: reason ?? "",
    lapses: service.lapses,
    checked: check === undefined ? "" : `${check.on} ${check.answer}`,
    yours: mine,
    name: service.names.vi,
  };
}

function memberRow({ id, login, name, roles, place, active, secondFactor, lockedUntil }: ShownMember) {
  return {
    ...{ id, login, active, secondFactor, roles, place: place ?? "" },
    lockedUntil: lockedUntil === undefined ? "" : vietnamLocal(lockedUntil),
    name,
  };
}
