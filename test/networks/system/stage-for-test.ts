import { onTestFinished } from "vitest";
import type { RigOptions } from "../../support/networks/rig.ts";
import { expectNoRefusals, openStage, type Stage } from "./stage.ts";

/** A rig for one test, which fails when a network had to refuse a call that `provoked` does not explain. */
export async function stageForTest(options: Partial<RigOptions> = {}, provoked?: RegExp): Promise<Stage> {
  const { stage, end } = await openStage(options);
  onTestFinished(async () => {
    await end();
    expectNoRefusals(stage, provoked);
  });
  return stage;
}
