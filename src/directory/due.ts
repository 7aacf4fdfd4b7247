import { dayStart } from "./days.ts";
import { hasLapsed } from "./ranking.ts";
import type { Listed, Service } from "./service.ts";
import { listedOwn, listServices, type ServiceCheck, type TeamServices, validCheck } from "./team-services.ts";

/** Why somebody should call, the most pressing first; each has a text `directory.due.<reason>`. */
export const DUE_REASONS = ["lapsed", "failed", "lapsing", "never-called"] as const;
export type DueReason = (typeof DUE_REASONS)[number];

export interface Due {
  readonly reason: DueReason;
  readonly service: Listed;
  /** The last call, if there was one about the entry as it is. */
  readonly check: ServiceCheck | undefined;
}

const DAY_MS = 86_400_000;
/** How early a coming lapse is told. */
const LAPSING_DAYS = 30;

/** Everything somebody should call or open, at `now` (milliseconds since 1970). */
export function dueServices(shipped: readonly Service[], team: TeamServices, now: number): readonly Due[] {
  const listed = new Map(listServices(shipped, team, []).map((service) => [service.id, service]));
  const due = [...shipped, ...team.own.map(listedOwn)].flatMap((entry: Listed) => {
    const check = validCheck(entry, team.checks);
    const service = listed.get(entry.id) ?? entry;
    const reason = reasonFor(service, check, now);
    return reason === undefined ? [] : [{ reason, service, check }];
  });
  return DUE_REASONS.flatMap((reason) => due.filter((one) => one.reason === reason));
}

function reasonFor(service: Listed, check: ServiceCheck | undefined, now: number): DueReason | undefined {
  if (check !== undefined && check.answer !== "works") return "failed";
  if (service.show === "after-check") return "never-called";
  if (hasLapsed(service, now)) return "lapsed";
  return dayStart(service.lapses) < now + LAPSING_DAYS * DAY_MS ? "lapsing" : undefined;
}
