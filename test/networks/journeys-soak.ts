import type { App } from "../../src/commands/app.ts";
import { ROOMY, startRig } from "../support/networks/rig.ts";
import { allJourneys } from "./journeys/all.ts";
import { settled } from "./journeys/settled.ts";
import { allTrips, startTrips } from "./journeys/trips.ts";

export interface JourneysProof {
  readonly journeys: number;
  /** Each journey in two languages and two manners on three networks. */
  readonly trips: number;
  readonly milliseconds: number;
}

/** Rejects with everything that went wrong, on the way or at the end. */
export async function proveJourneys(app: App, dataDir: string): Promise<JourneysProof> {
  const journeys = allJourneys(app.bundle);
  const rig = await startRig({ dataDir, ...ROOMY });
  const started = performance.now();
  const outcomes = startTrips(rig, app, allTrips(journeys));
  const failures = await Promise.all(outcomes.map(({ failure }) => failure));
  const milliseconds = performance.now() - started;
  const troubles = [...failures.filter((failure) => failure !== null), ...(await settled(rig))];
  if (troubles.length > 0) throw new Error(troubles.join("\n\n"));
  return { journeys: journeys.length, trips: outcomes.length, milliseconds };
}
