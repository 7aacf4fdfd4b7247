import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take the longest: begun first, so that no worker ends with one of them while the other has nothing to do. */
const LONG =
  /(?:desk\/e2e|networks\/(?:kills|journeys|shutdown|isolation|sandbox)|broadcast\/kills|system\/walk|desk\/access|journeys\/look)\.test\.ts$/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return [
      ...usual.filter(({ moduleId }) => LONG.test(moduleId)),
      ...usual.filter(({ moduleId }) => !LONG.test(moduleId)),
    ];
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Much of the time is waiting: a third worker uses two processors better.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
  },
});
