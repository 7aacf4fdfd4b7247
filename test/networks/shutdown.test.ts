import { expect, onTestFinished, test } from "vitest";
import { rawConnection } from "../server/raw.ts";
import type { Phone } from "../support/networks/network.ts";
import { NETWORKS, ROOMY } from "../support/networks/rig.ts";
import { runCommand } from "../support/server.ts";
import { makeFolder, removeFolder } from "../system/folder.ts";
import { doorsOf, post } from "./system/doors.ts";
import { answerTo, LATE, noticesOf, until } from "./system/stage.ts";
import { stageForTest } from "./system/stage-for-test.ts";

/** What everybody writes at once: a chat gets three answers, then one a second, so some have to wait for the next start. */
const TALK = ["menu", "giúp", "menu", "giúp", "menu", "giúp", "menu", "giúp"] as const;
const PEOPLE = 4;

const textsOf = (phone: Phone): string[] => phone.received().map(({ text }) => text);

test("a stop under load loses nothing and repeats nothing, whether updates come by webhook or are asked for", async () => {
  await Promise.all([stopUnderLoad(true), stopUnderLoad(false)]);
});

async function stopUnderLoad(webhooks: boolean): Promise<void> {
  const stage = await stageForTest({ ...ROOMY, webhooks }, LATE);
  const groups = NETWORKS.map((name) => Array.from({ length: PEOPLE }, (_, i) => stage.phone(name, `Người ${i}`)));
  const phones = groups.flat();
  await Promise.all(phones.map((phone) => answerTo(phone, ({ type }) => type("xin chào"))));
  for (const text of TALK) for (const phone of phones) phone.type(text);
  await until("the first answers", () => phones.every((phone) => phone.received().length >= 2));
  const asked = performance.now();
  expect(await stage.bot.stop()).toBe(0);
  expect(performance.now() - asked).toBeLessThan(10_000);
  const missing = () => phones.some((phone) => phone.received().length < 1 + TALK.length);
  expect(missing()).toBe(true);
  await stage.restart();
  await until("every answer", () => !missing(), 20_000);
  await until("every update to be taken", () => NETWORKS.every((name) => stage.network(name).waiting() === 0));
  for (const [first, ...others] of groups) {
    const texts = first === undefined ? [] : textsOf(first);
    expect([texts.length, new Set(texts).size]).toEqual([1 + TALK.length, 3]);
    for (const phone of others) expect(textsOf(phone)).toEqual(texts);
  }
}

test("while the bot stops, webhooks are answered with 503, so that the networks bring updates again", async () => {
  const stage = await stageForTest();
  const doors = await doorsOf(stage);
  const path = new URL(doors.telegram.url).pathname;
  const unfinished = rawConnection(stage.bot.port);
  unfinished.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"half":`);
  await until("the request to begin", async () => (await fetch(`${stage.bot.address}/healthz`)).ok);
  const stopped = stage.bot.stop();
  const isStopping = async () => (await fetch(`${stage.bot.address}/readyz`)).status === 503;
  await until("the bot to stop", isStopping);
  const body = Buffer.from('{"update_id":1}');
  const statuses = await Promise.all(Object.values(doors).map(({ url, proof }) => post(url, body, proof(body))));
  expect(statuses).toEqual([503, 503, 503]);
  unfinished.end();
  expect(await stopped).toBe(0);
});

test("a second bot with the token of a Telegram bot that polls stops and says why; the first goes on", async () => {
  const stage = await stageForTest({ webhooks: false });
  const { telegram } = stage;
  const phone = stage.phone("telegram", "Lan");
  await answerTo(phone, ({ start }) => start());
  await expectRefusedSecond({ TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.root }, "telegram");
  await answerTo(phone, ({ type }) => type("giúp"));
  expect(noticesOf(stage.bot.output()).filter((notice) => notice.endsWith("second-poller"))).toEqual([]);
});

test("a second bot with the token of a Zalo bot that polls stops and says why; the first goes on", async () => {
  const stage = await stageForTest({ webhooks: false });
  const { zaloBot } = stage;
  const phone = stage.phone("zalo-bot", "Lan");
  await answerTo(phone, ({ start }) => start());
  await expectRefusedSecond({ ZALO_BOT_TOKEN: zaloBot.token, ZALO_BOT_API_ROOT: zaloBot.root }, "zalo-bot");
  await answerTo(phone, ({ type }) => type("giúp"));
  expect(noticesOf(stage.bot.output()).filter((notice) => notice.endsWith("second-poller"))).toEqual([]);
});

/** Starts a bot on a data folder of its own with these settings alone. */
async function expectRefusedSecond(env: Readonly<Record<string, string>>, channel: string): Promise<void> {
  const dataDir = await makeFolder();
  onTestFinished(() => removeFolder(dataDir));
  const { code, stderr } = await runCommand(["start"], { env: { DATA_DIR: dataDir, PORT: "0", ...env } });
  expect(code).toBe(1);
  expect(stderr.trim().split("\n")).toEqual([expect.stringMatching(`^an-tam: .*${channel}.*second-poller`)]);
}
