import { isWithin, type ProvinceOf } from "../broadcast/segment.ts";
import { DeskProblem } from "./problem.ts";

/** What a member of staff may be; one person may be several. */
export const ROLES = ["author", "approver", "directory", "admin"] as const;
export type Role = (typeof ROLES)[number];

const WRITERS = ["author", "approver"] as const;

/** Every right of the desk and the roles that have it. `own` is everybody's: their account. */
export const RIGHTS = {
  own: ROLES,
  "month.read": ROLES,
  "month.write": WRITERS,
  "month.release": ["approver"],
  "broadcast.read": ["author", "approver", "admin"],
  "broadcast.write": WRITERS,
  "broadcast.release": ["approver"],
  "broadcast.steer": WRITERS,
  "directory.read": ROLES,
  "directory.check": ["directory"],
  "staff.manage": ["admin"],
  "authority.write": ["admin"],
  "audit.read": ["admin"],
} as const satisfies Record<string, readonly Role[]>;
export type Right = keyof typeof RIGHTS;

/** Who does something at the desk. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Province or commune code to which this person is limited; absent: everywhere this installation serves. */
  readonly place?: string;
  readonly via: "web" | "command";
}

export function may({ roles }: Pick<Actor, "roles">, right: Right): boolean {
  const allowed: readonly Role[] = RIGHTS[right];
  return roles.some((role) => allowed.includes(role));
}

/** Whether something that concerns `place` (undefined: everybody) is this person's business. */
export function covers(
  { place: limit }: Pick<Actor, "place">,
  place: string | undefined,
  provinceOf: ProvinceOf,
): boolean {
  return limit === undefined || (place !== undefined && isWithin(limit, place, provinceOf));
}

/** Throws `DeskProblem`: forbidden. */
export function demandRight(by: Actor, right: Right): void {
  if (!may(by, right)) throw new DeskProblem("forbidden");
}

/** Throws `DeskProblem`: outside-place. */
export function demandPlace(by: Actor, place: string | undefined, provinceOf: ProvinceOf): void {
  if (!covers(by, place, provinceOf)) throw new DeskProblem("outside-place");
}
