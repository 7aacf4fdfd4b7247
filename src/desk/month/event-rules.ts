import { isQuiet, vietnamLocal, vietnamTime } from "../../broadcast/schedule.ts";
import { isWithin } from "../../broadcast/segment.ts";
import { DeskProblem, type FieldIssue } from "../problem.ts";
import type { LocalEvent } from "./month.ts";
import type { MonthDeps } from "./month-parts.ts";

type Written = Pick<LocalEvent, "place" | "from" | "until" | "reminders">;

/**
 * Throws `DeskProblem` invalid with all that does not fit in the times and the place of an event. `last`: the event as
 * it was released before; its reminders may have gone out meanwhile.
 */
export function demandSense(
  event: Written,
  last: Written | undefined,
  deps: Pick<MonthDeps, "authorityPlace" | "provinceOf" | "now">,
): void {
  const now = deps.now();
  const reminders = reminderIssues(event, last?.reminders ?? [], now);
  const issues = [...placeIssues(event, deps), ...timeIssues(event, now), ...reminders];
  if (issues.length > 0) throw new DeskProblem("invalid", issues);
}

function placeIssues(
  { place }: Written,
  { authorityPlace, provinceOf }: Pick<MonthDeps, "authorityPlace" | "provinceOf">,
): readonly FieldIssue[] {
  const [home, province] = [authorityPlace(), provinceOf(place)];
  if (province === undefined) return [issue("place", "place")];
  return home === undefined || isWithin(home, place, provinceOf) ? [] : [issue("place", "place-outside")];
}

function timeIssues({ from, until }: Written, now: number): readonly FieldIssue[] {
  const unknown = (["from", "until"] as const).filter((field) => !isReal({ from, until }[field]));
  if (unknown.length > 0) return unknown.map((field) => issue(field, "no-such-day"));
  if (vietnamTime(from) <= now) return [issue("from", "past")];
  return until <= from ? [issue("until", "ends-before-begin")] : [];
}

function reminderIssues({ from, reminders }: Written, before: readonly string[], now: number): readonly FieldIssue[] {
  return reminders.flatMap((at, n): readonly FieldIssue[] => {
    const field = `reminders.${n}`;
    if (!isReal(at)) return [issue(field, "no-such-day")];
    if (reminders.indexOf(at) < n) return [issue(field, "twice")];
    if (at >= from) return [issue(field, "after-begin")];
    if (isQuiet(vietnamTime(at))) return [issue(field, "quiet")];
    return vietnamTime(at) <= now && !before.includes(at) ? [issue(field, "past")] : [];
  });
}

/** Whether the calendar has this day: not 31 February. */
function isReal(local: string): boolean {
  const ms = vietnamTime(local);
  return !Number.isNaN(ms) && vietnamLocal(ms) === local;
}

function issue(field: string, name: string): FieldIssue {
  return { field, text: `desk-month.invalid.${name}` };
}
