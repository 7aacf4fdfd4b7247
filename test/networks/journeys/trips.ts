import { setTimeout as pause } from "node:timers/promises";
import type { App } from "../../../src/commands/app.ts";
import { LANGS } from "../../../src/flow/ids.ts";
import { NETWORKS, type Rig } from "../../support/networks/rig.ts";
import type { Journey } from "./journey.ts";
import { MANNERS, type Trip, travel } from "./travel.ts";

export interface Outcome {
  readonly trip: Trip;
  /** What went wrong; null once it ended well. Never rejects. */
  readonly failure: Promise<string | null>;
}

/** Every journey on every network, in every language and manner. */
export function allTrips(journeys: readonly Journey[]): readonly Trip[] {
  return journeys.flatMap((journey) =>
    NETWORKS.flatMap((network) =>
      LANGS.flatMap((lang) => MANNERS.map((manner): Trip => ({ journey, network, lang, manner }))),
    ),
  );
}

/** Half of them: the manner changes from one to the next, so that each language and network has both. */
export function alternating(journeys: readonly Journey[]): readonly Trip[] {
  return journeys.flatMap((journey, j) =>
    NETWORKS.flatMap((network, n) =>
      LANGS.map((lang, l): Trip => {
        return { journey, network, lang, manner: (j + n + l) % 2 === 0 ? "press" : "typed" };
      }),
    ),
  );
}

/** Everybody sets out within a few seconds, those who go furthest first. */
export function startTrips(rig: Rig, app: App, trips: readonly Trip[]): readonly Outcome[] {
  return trips.map((trip, index) => ({ trip, failure: outcomeOf(rig, app, trip, index * SET_OUT_EVERY_MS) }));
}

const SET_OUT_EVERY_MS = 15;

async function outcomeOf(rig: Rig, app: App, trip: Trip, afterMs: number): Promise<string | null> {
  await pause(afterMs);
  try {
    await travel(rig, app, trip);
    return null;
  } catch (error) {
    return String(error);
  }
}
