import { z } from "zod";
import { EMERGENCY } from "./emergency.ts";
import type { Listed, Service } from "./service.ts";
import { listedOwn, type ServiceCheck, type TeamServices, triedOf } from "./team-services.ts";

/** What somebody says who called or opened an entry. */
export type Call = Omit<ServiceCheck, "tried">;

/** The entry as it was shipped or entered; undefined when there is none with this id. */
export function entryOf(shipped: readonly Service[], team: TeamServices, id: string): Listed | undefined {
  return [...shipped, ...team.own.map(listedOwn)].find((service) => service.id === id);
}

/** Why a call cannot be recorded; null when it can. No call that failed takes an emergency line away. */
export function callProblem(
  id: string,
  { on, answer }: Pick<Call, "on" | "answer">,
  today: string,
): "day-form" | "day-future" | "emergency" | null {
  if (!z.iso.date().safeParse(on).success) return "day-form";
  if (on > today) return "day-future";
  return answer !== "works" && EMERGENCY.has(id) ? "emergency" : null;
}

/** The call as it is kept, with what was tried. */
export function checkOf(service: Listed, call: Call): ServiceCheck {
  return { ...call, tried: triedOf(service) };
}

/** The team's document with this call in the place of the one before. */
export function withCheck(team: TeamServices, id: string, check: ServiceCheck): TeamServices {
  return { ...team, checks: { ...team.checks, [id]: check } };
}
