import { vietnamLocal } from "../../broadcast/schedule.ts";
import { runningCampaign } from "../../campaign/running-campaign.ts";
import { vietnamDay } from "../../campaign/vietnam-day.ts";
import { type Actor, covers, demandPlace, may } from "../access.ts";
import type { Actions } from "../action.ts";
import { DeskProblem } from "../problem.ts";
import { calendarOf } from "./calendar.ts";
import { eventActions, inOrder } from "./events.ts";
import type { CalendarEntry, CurrentCampaign, MonthQueries } from "./month.ts";
import { entryOf, isMine, type MonthDeps, type MonthParts, monthDocument } from "./month-parts.ts";
import { planActions, planItems } from "./plan-actions.ts";
import { slotActions, slotsFor } from "./slots.ts";

/** The month as a team plans it: the year's theme, the plan, local events, and a calendar of it all. */
export function createMonth(deps: MonthDeps): { readonly queries: MonthQueries; readonly actions: Actions } {
  const parts: MonthParts = { ...deps, document: monthDocument(deps) };
  return {
    queries: monthQueries(parts),
    actions: { ...slotActions(parts), ...planActions(parts), ...eventActions(parts) },
  };
}

function monthQueries(parts: MonthParts): MonthQueries {
  const { document, provinceOf, now } = parts;
  const eventsFor = async (by: Actor) => {
    const { events } = await document.read();
    const mine = Object.values(events).filter(({ place }) => covers(by, place, provinceOf));
    return inOrder(mine, vietnamLocal(now()));
  };
  return {
    current: (by) => currentCampaign(parts, by),
    slots: (by) => slotsFor(parts, by),
    plan: async (campaign) => planItems(parts, await document.read(), campaign),
    calendar: async (from, to, by) => calendarFor(parts, { from, to, by, events: await eventsFor(by) }),
    events: eventsFor,
    async event(id, by) {
      const event = entryOf((await document.read()).events, id);
      if (event === undefined) throw new DeskProblem("not-found");
      demandPlace(by, event.place, provinceOf);
      return event;
    },
    publicEvent: async (id) => entryOf((await document.read()).published, id) ?? null,
  };
}

function currentCampaign(parts: MonthParts, by: Actor): CurrentCampaign | null {
  const home = parts.authorityPlace();
  const province = home && parts.provinceOf(home);
  const found = runningCampaign(parts.bundle.campaigns, vietnamDay(parts.now()), province);
  if (found === undefined) return null;
  const { campaign, year, title, from, to } = found;
  return { campaign, year, title, from, to, mine: isMine(by, found.province, parts) };
}

interface CalendarQuery {
  readonly from: string;
  readonly to: string;
  readonly by: Actor;
  readonly events: Awaited<ReturnType<MonthQueries["events"]>>;
}

/** Broadcasts are in it for those who may read them. */
async function calendarFor(
  parts: MonthParts,
  { from, to, by, events }: CalendarQuery,
): Promise<readonly CalendarEntry[]> {
  const current = currentCampaign(parts, by);
  const plan = current === null ? [] : planItems(parts, await parts.document.read(), current.campaign);
  const broadcasts = may(by, "broadcast.read") ? await parts.broadcasts.list(by) : [];
  const now = parts.now();
  const days = parts.bundle.month?.days ?? [];
  return calendarOf({ days, plan, events, broadcasts, now, nowLocal: vietnamLocal(now) }, from, to);
}
