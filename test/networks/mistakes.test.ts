import { beforeEach, expect, onTestFinished, test } from "vitest";
import { ROOMY } from "../support/networks/rig.ts";
import { startTelegramNetwork } from "../support/networks/telegram/network.ts";
import { startZaloBotNetwork } from "../support/networks/zalo-bot/network.ts";
import { startZaloOaNetwork } from "../support/networks/zalo-oa/network.ts";
import { type RunningServer, runCommand, startServer } from "../support/server.ts";
import { ChatClient } from "../system/chat-client.ts";
import { makeFolder, removeFolder } from "../system/folder.ts";
import { realApp } from "../system/real-app.ts";
import { fastClock } from "./system/fast-clock.ts";
import { answerTo, noticesOf, until } from "./system/stage.ts";
import { stageForTest } from "./system/stage-for-test.ts";

let dataDir = "";
beforeEach(async () => {
  dataDir = await makeFolder();
  onTestFinished(() => removeFolder(dataDir));
});

async function start(env: Readonly<Record<string, string>>, port = 0): Promise<RunningServer> {
  const bot = await startServer({ dataDir, port, env: { LOG_LEVEL: "info", ...env } });
  onTestFinished(() => bot.kill9());
  return bot;
}

/** A local network that is closed after the test. */
async function opened<N extends { close(): Promise<void> }>(starting: Promise<N>): Promise<N> {
  const network = await starting;
  onTestFinished(() => network.close());
  return network;
}

const noticesOn = (bot: Pick<RunningServer, "output">, channel: string): string[] =>
  noticesOf(bot.output()).filter((notice) => notice.startsWith(`${channel} `));

test("a wrong Telegram token keeps Telegram off and nothing else, and is told once without the token", async () => {
  const telegram = await opened(startTelegramNetwork());
  const zaloBot = await opened(startZaloBotNetwork());
  const wrong = "7000000001:AAE-mot-ma-sai-hoan-toan-khong-dung-0002";
  const bot = await start({
    TELEGRAM_BOT_TOKEN: wrong,
    TELEGRAM_API_ROOT: telegram.root,
    ZALO_BOT_TOKEN: zaloBot.token,
    ZALO_BOT_API_ROOT: zaloBot.root,
  });
  await answerTo(zaloBot.phone("Lan"), ({ start }) => start());
  expect((await new ChatClient(() => bot.address).open()).flow).toBe("welcome");
  const ready = await fetch(`${bot.address}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { ok: false, parts: { store: true, telegram: false, "zalo-bot": true } },
  ]);
  expect(noticesOn(bot, "telegram")).toEqual(["telegram network-off"]);
  expect(bot.output()).not.toContain(wrong);
  expect([telegram.refusals, zaloBot.refusals]).toEqual([[], []]);
});

test("networks that cannot be reached at the start are served once they come up", async () => {
  const telegram = await opened(startTelegramNetwork());
  const zaloBot = await opened(startZaloBotNetwork());
  await telegram.offline(true);
  zaloBot.outage = "cut";
  const bot = await start({
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
    ZALO_BOT_TOKEN: zaloBot.token,
    ZALO_BOT_API_ROOT: zaloBot.root,
  });
  expect((await new ChatClient(() => bot.address).open()).flow).toBe("welcome");
  await until("the outage to be told", () => noticesOn(bot, "telegram").includes("telegram network-down"));
  await telegram.offline(false);
  zaloBot.outage = "none";
  await Promise.all([
    answerTo(telegram.phone("Lan"), ({ start }) => start(), 20_000),
    answerTo(zaloBot.phone("Lan"), ({ start }) => start(), 20_000),
  ]);
  expect(noticesOn(bot, "telegram").slice(0, 2)).toEqual(["telegram network-down", "telegram network-back"]);
  expect([telegram.refusals, zaloBot.refusals]).toEqual([[], []]);
});

test("an Official Account without login says so, and works after login and a new start", async () => {
  const oa = await opened(startZaloOaNetwork());
  const env = {
    ZALO_OA_APP_ID: oa.appId,
    ZALO_OA_APP_SECRET: oa.appSecret,
    ZALO_OA_SECRET_KEY: oa.oaSecretKey,
    ZALO_OA_API_ROOT: oa.root,
    ZALO_OA_OAUTH_ROOT: oa.oauthRoot,
  };
  const first = await start(env);
  await until("the notice", () => noticesOn(first, "zalo-oa").includes("zalo-oa login-needed"));
  expect(await oa.saveWebhook(`${first.address}/webhooks/zalo-oa`)).toBe(200);
  const lan = oa.phone("Lan");
  lan.type("giúp");
  await until("the update to be taken", () => oa.waiting() === 0);
  expect([await first.stop(), lan.received()]).toEqual([0, []]);
  const { accessToken, refreshToken } = oa.issuePair();
  const login = await runCommand(["zalo-oa", "login", "--tokens"], {
    input: `${accessToken} ${refreshToken}\n`,
    env: { ...env, DATA_DIR: dataDir, PUBLIC_URL: first.address },
  });
  expect([login.code, login.stderr]).toEqual([0, ""]);
  const second = await start(env, first.port);
  await until("what waited to arrive", () => lan.received().length === 1);
  await answerTo(lan, ({ type }) => type("menu"));
  expect(noticesOn(second, "zalo-oa")).not.toContain("zalo-oa login-needed");
  expect(oa.refusals).toEqual([]);
});

test("tokens that are taken back while the bot runs are told; a new one is fetched where that is possible", async () => {
  const stage = await stageForTest(ROOMY);
  const { zaloBot, zaloOa, bot } = stage;
  const lan = zaloOa.phone("Lan");
  await answerTo(lan, ({ start }) => start());
  zaloOa.expireAccess();
  await answerTo(lan, ({ type }) => type("menu"));
  expect(noticesOn(bot, "zalo-oa").filter((notice) => notice.includes("token"))).toEqual([]);
  zaloOa.expireAccess();
  zaloOa.killRefresh();
  zaloBot.revoke();
  lan.type("menu");
  zaloBot.phone("Lan").type("menu");
  await until("the notices", () => {
    const notices = noticesOf(bot.output());
    return notices.includes("zalo-oa token-refresh-failed") && notices.includes("zalo-bot token-refused");
  });
  await until("the updates to be taken", () => zaloOa.waiting() + zaloBot.waiting() === 0);
  await answerTo(stage.phone("telegram", "Lan"), ({ start }) => start());
});

test("of a plan for 50 people the team hears once that 40 are reached", async () => {
  const stage = await stageForTest({
    zaloBot: { users: 50, perSecond: 60 },
    env: { ZALO_BOT_RATE: "50", ZALO_BOT_PEOPLE: "50" },
  });
  const people = Array.from({ length: 44 }, (_, i) => stage.zaloBot.phone(`Người ${i}`));
  await Promise.all(people.map((phone) => answerTo(phone, ({ start }) => start())));
  const caps = noticesOf(stage.bot.output()).filter((notice) => notice.includes("-cap"));
  expect(caps).toEqual(["zalo-bot people-near-cap"]);
});

test("while the allowance of a Zalo bot is used up, only help is answered", async () => {
  const env = { ZALO_BOT_RATE: "50", NODE_OPTIONS: fastClock(60) };
  const stage = await stageForTest({ zaloBot: { perSecond: 60 }, env });
  const [lan, mai] = [stage.zaloBot.phone("Lan"), stage.zaloBot.phone("Mai")];
  stage.zaloBot.faults.tooMany = 1;
  for (const phone of [lan, mai]) phone.type("menu");
  const isTold = () => noticesOf(stage.bot.output()).includes("zalo-bot allowance-spent");
  await until("the alert", isTold, 20_000);
  stage.zaloBot.faults.tooMany = 0;
  mai.type("menu");
  const dropped = /^antam_send_failures_total\{channel="zalo-bot",failure="quota-spent",final="true"\} 3$/m;
  const figures = async () => (await fetch(`${stage.bot.address}/metrics`)).text();
  await until("what can wait to be dropped", async () => dropped.test(await figures()));
  const help = await answerTo(lan, ({ type }) => type("giúp"));
  const { bundle } = await realApp();
  expect(help.text).toContain(bundle.texts.vi.get("help.can-talk.danger"));
  expect(mai.received()).toEqual([]);
});
