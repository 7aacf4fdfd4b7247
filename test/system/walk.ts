import fc from "fast-check";
import type { App } from "../../src/commands/app.ts";
import type { ScreenProof } from "./screen-proof.ts";
import { moves, persons } from "./walk-inputs.ts";
import { Walker } from "./walker.ts";

/** Moves of one person in a row, at most; then another one begins. */
const MOVES_IN_A_ROW = 60;

/**
 * Lets persons who do anything at all walk through a flow and wherever it leads, until they have made at least
 * `inputs` moves; resolves with how many. Throws with the seed and the shortest moves found that break a promise.
 */
export function walk(app: App, proof: ScreenProof, flow: string, inputs: number, seed: number): number {
  let done = 0;
  const way = fc.array(moves(app.program), { minLength: 1, maxLength: MOVES_IN_A_ROW, size: "max" });
  const property = fc.property(persons(), way, (me, steps) => {
    const walker = new Walker(app, proof, flow, me);
    for (const move of steps) walker.step(move);
    done += steps.length;
  });
  for (let round = 0; done < inputs; round++) {
    const numRuns = Math.ceil(((inputs - done) * 2) / MOVES_IN_A_ROW);
    fc.assert(property, { seed: seed + round, numRuns });
  }
  return done;
}
