import type { Segment } from "../../broadcast/broadcast.ts";
import type { ProvinceOf } from "../../broadcast/segment.ts";
import { type Actor, covers } from "../access.ts";
import { DeskProblem } from "../problem.ts";

/** Whether all places of a segment are this person's business; what goes everywhere is only of those without a limit. */
export function coversSegment(
  by: Pick<Actor, "place">,
  { places }: Pick<Segment, "places">,
  provinceOf: ProvinceOf,
): boolean {
  return places.length === 0 ? by.place === undefined : places.every((place) => covers(by, place, provinceOf));
}

/** Throws `DeskProblem`: outside-place. */
export function demandSegment(by: Actor, segment: Pick<Segment, "places">, provinceOf: ProvinceOf): void {
  if (!coversSegment(by, segment, provinceOf)) throw new DeskProblem("outside-place");
}
