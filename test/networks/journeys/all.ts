import type { Bundle } from "../../../src/content/bundle.ts";
import { FIRST_STEPS } from "./first-steps.ts";
import { helpJourneys } from "./help.ts";
import type { Journey } from "./journey.ts";
import { monthJourneys } from "./month.ts";
import { paperJourneys } from "./papers.ts";
import { waysOut } from "./ways-out.ts";

/** Thirty journeys that every network has to carry, long ones first. */
export function allJourneys(bundle: Bundle): readonly Journey[] {
  const all = [
    ...FIRST_STEPS,
    ...helpJourneys(bundle),
    ...paperJourneys(bundle),
    ...monthJourneys(bundle),
    ...waysOut(bundle),
  ];
  return all.toSorted((a, b) => b.steps.length - a.steps.length);
}
