import { expect, onTestFinished, test } from "vitest";
import { openKeyring } from "../../src/stores/keyring.ts";
import { startServer } from "../support/server.ts";
import { amountOf } from "./amounts.ts";
import { ChatClient } from "./chat-client.ts";
import { query } from "./database.ts";
import { bytesIn, makeFolder, removeFolder } from "./folder.ts";
import { proveKills } from "./kills.ts";

const KILLS = amountOf("SOAK_KILLS", 4);

test(`${KILLS} kills -9 under load lose no acknowledged input and apply none twice`, async () => {
  const dataDir = await makeFolder();
  onTestFinished(() => removeFolder(dataDir));
  const seed = Date.now() % 1_000_000;
  const figures = await proveKills({ kills: KILLS, clients: 16, seed, dataDir }).catch((cause: unknown) => {
    throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  });
  expect(figures.conversations).toBeGreaterThanOrEqual(16);
  expect(figures.inputs).toBeGreaterThan(16 * 8);
}, 600_000);

test("an answer lost in a crash is given again as it was: no message the browser had already shown", async () => {
  const dataDir = await makeFolder();
  onTestFinished(() => removeFolder(dataDir));
  const first = await startServer({ dataDir });
  onTestFinished(() => first.kill9());
  const client = new ChatClient(() => first.address);
  await client.open();
  await client.press("welcome:consent:no");
  const answer = await client.press("pledge:choose:listen");
  await first.kill9();
  const second = await startServer({ dataDir, port: first.port });
  onTestFinished(() => second.kill9());
  expect(await client.again()).toEqual(answer);
  expect(await client.again()).toEqual(answer);
});

test("who quick exit forgot stays forgotten when the process dies in the same moment", async () => {
  const dataDir = await makeFolder();
  onTestFinished(() => removeFolder(dataDir));
  const first = await startServer({ dataDir });
  onTestFinished(() => first.kill9());
  const client = new ChatClient(() => first.address);
  await client.open("settings");
  await client.press("welcome:consent:yes");
  const { citizenKey } = await openKeyring(dataDir);
  const key = citizenKey("web", client.token);
  const files = async () => [...(await bytesIn(dataDir)).values()].filter((bytes) => bytes.includes(key)).length;
  expect(await files()).toBeGreaterThan(0);
  expect(await client.forget()).toBe(204);
  await first.kill9();
  const second = await startServer({ dataDir });
  onTestFinished(() => second.kill9());
  expect(query(dataDir, "SELECT key FROM citizen")).toEqual([]);
  await expect.poll(files, { timeout: 5_000 }).toBe(0);
});
