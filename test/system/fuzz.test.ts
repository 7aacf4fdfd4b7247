import { expect, onTestFinished, test } from "vitest";
import { complaintsIn, startServer } from "../support/server.ts";
import { amountOf } from "./amounts.ts";
import { makeFolder, removeFolder } from "./folder.ts";
import { fuzz } from "./fuzz.ts";

const REQUESTS = amountOf("FUZZ_REQUESTS", 1_000);

test(`${REQUESTS} requests of every shape: no failure of the server, no line in the log about one`, async () => {
  const dataDir = await makeFolder();
  onTestFinished(() => removeFolder(dataDir));
  const server = await startServer({ dataDir, env: { LOG_LEVEL: "warn" } });
  onTestFinished(() => server.kill9());
  const { statuses } = await fuzz(server.address, REQUESTS, 20261115);
  expect(statuses["200"]).toBeGreaterThan(REQUESTS / 4);
  expect(statuses["400"]).toBeGreaterThan(REQUESTS / 10);
  expect(await server.stop()).toBe(0);
  expect(complaintsIn(server.output())).toEqual([]);
}, 600_000);
