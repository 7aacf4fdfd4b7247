import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../src/commands/app.ts";
import { amountOf } from "./amounts.ts";
import { realApp } from "./real-app.ts";
import { ScreenProof } from "./screen-proof.ts";
import { walk } from "./walk.ts";

const SEED = 20261115;
/** Random inputs that each flow gets. */
const INPUTS = amountOf("WALK_INPUTS", 10_000);
const FLOWS = readdirSync(join(ROOT, "flows"))
  .filter((name) => name.endsWith(".yaml") && !name.endsWith(".test.yaml") && name !== "program.yaml")
  .map((name) => name.slice(0, -".yaml".length));
const app = await realApp();
const proof = new ScreenProof(app);

test("every flow is walked", () => {
  expect(FLOWS.sort()).toEqual([...app.program.flows.keys()].sort());
});

test.each(FLOWS)(
  `%s: whatever people do ${INPUTS} times, the bot answers, never gets stuck, and help stays near`,
  (flow) => {
    expect(walk(app, proof, flow, INPUTS, SEED)).toBeGreaterThanOrEqual(INPUTS);
  },
  600_000,
);

test("the walks saw many different screens, and each fits every channel in its language", () => {
  expect(proof.size).toBeGreaterThan(1_000);
});
