import { vietnamDay } from "../campaign/vietnam-day.ts";
import type { Broadcast, Schedule } from "./broadcast.ts";

/** Broadcasts keep quiet from 21:00 to 07:00 in Viet Nam; replies never do. */
export const QUIET = { from: "21:00", to: "07:00" } as const;

/** One sending: its name in the ledger and its bounds in milliseconds since 1970. */
export interface Occurrence {
  readonly run: string;
  /** The day in Viet Nam, `YYYY-MM-DD`. */
  readonly day: string;
  readonly from: number;
  /** Nothing is sent at or after it. */
  readonly until: number;
}

/** Milliseconds since 1970 of a moment in Viet Nam, `YYYY-MM-DDTHH:mm`. */
export function vietnamTime(local: string): number {
  return Date.parse(`${local}:00+07:00`);
}

/** The moment in Viet Nam, `YYYY-MM-DDTHH:mm`. */
export function vietnamLocal(ms: number): string {
  return new Date(ms + OFFSET_MS).toISOString().slice(0, "YYYY-MM-DDTHH:mm".length);
}

const OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

export function isQuiet(ms: number): boolean {
  const clock = vietnamLocal(ms).slice("YYYY-MM-DDT".length);
  return clock >= QUIET.from || clock < QUIET.to;
}

/** The first moment at or after `ms` that is not quiet. */
export function quietEnds(ms: number): number {
  if (!isQuiet(ms)) return ms;
  const today = vietnamTime(`${vietnamDay(ms)}T${QUIET.to}`);
  return today > ms ? today : today + DAY_MS;
}

/** All sendings of a broadcast in order; a series has one each day that was not over when it was released. */
export function occurrences({
  id,
  schedule,
  releasedAt = Number.NEGATIVE_INFINITY,
}: Pick<Broadcast, "id" | "schedule" | "releasedAt">): readonly Occurrence[] {
  if (schedule.kind === "once") {
    const from = vietnamTime(schedule.at);
    return [{ run: id, day: vietnamDay(from), from, until: vietnamTime(schedule.notAfter) }];
  }
  const all = daysOf(schedule).map((day) => ({
    run: `${id}@${day}`,
    day,
    from: vietnamTime(`${day}T${schedule.at}`),
    until: vietnamTime(`${day}T${schedule.notAfter}`),
  }));
  return all.filter(({ until }) => until > releasedAt);
}

function daysOf({ from, to }: Extract<Schedule, { kind: "daily" }>): string[] {
  const first = Date.parse(`${from}T00:00:00Z`);
  const count = Math.floor((Date.parse(`${to}T00:00:00Z`) - first) / DAY_MS) + 1;
  const days = Math.min(Math.max(count, 0), MOST_DAYS);
  return Array.from({ length: days }, (_, n) => new Date(first + n * DAY_MS).toISOString().slice(0, 10));
}

/** Of one series: a year. */
const MOST_DAYS = 366;

/** What is wrong with a schedule, as a name of the namespace `desk-broadcasts.problem`; null: nothing. */
export type ScheduleProblem = "ends-before-begin" | "in-quiet-hours" | "past" | "too-long";

export function scheduleProblem(schedule: Schedule, now: number): ScheduleProblem | null {
  const all = occurrences({ id: "x", schedule });
  const last = all.at(-1);
  if (last === undefined) return "ends-before-begin";
  if (schedule.kind === "daily" && schedule.to > (all.at(-1)?.day ?? "")) return "too-long";
  if (all.some(({ from, until }) => until <= from)) return "ends-before-begin";
  if (all.some(({ from }) => isQuiet(from))) return "in-quiet-hours";
  return last.until <= now ? "past" : null;
}
