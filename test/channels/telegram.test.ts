import { Api } from "grammy";
import { expect, test } from "vitest";
import type { Inbound } from "../../src/channels/port.ts";
import { COMMANDS } from "../../src/channels/telegram/profile.ts";
import { realApp } from "../system/real-app.ts";
import { openStage, type Stage, until } from "./telegram-stage.ts";

function words({ inbounds }: Stage): readonly string[] {
  return inbounds.flatMap(({ input }) => (input.kind === "text" ? [input.text] : []));
}

function codes({ notices }: Stage): readonly string[] {
  return notices.map(({ code }) => code).filter((code) => !code.startsWith("profile-"));
}

test("what a person does arrives in order, and is confirmed", async () => {
  const { channel, network, inbounds } = await openStage();
  const lan = network.phone("Lan");
  await channel.start();
  lan.start("quiz");
  lan.type("xin chào");
  lan.location(10.77, 106.7);
  lan.sticker();
  lan.block();
  await until(() => inbounds.length === 5);
  expect(inbounds.map(({ input }) => input)).toEqual([
    { kind: "start", payload: "quiz" },
    { kind: "text", text: "xin chào" },
    { kind: "location", latitude: 10.77, longitude: 106.7 },
    { kind: "unreadable" },
    { kind: "left" },
  ]);
  expect(inbounds.every(({ chat }) => chat === lan.chat)).toBe(true);
  await until(() => network.waiting() === 0);
  expect(network.refusals).toEqual([]);
});

test("edited messages and channels are never asked for", async () => {
  const stage = await openStage();
  const lan = stage.network.phone("Lan");
  await stage.channel.start();
  lan.type("giúp");
  await until(() => stage.inbounds.length === 1);
  lan.edit(stage.inbounds[0]?.messageId ?? "", "không có gì");
  stage.network.publish("tin của phường");
  lan.type("cảm ơn");
  await until(() => stage.inbounds.length === 2);
  expect(words(stage)).toEqual(["giúp", "cảm ơn"]);
});

test("a slow turn holds up its own chat only", async () => {
  const stage = await openStage();
  const [lan, mai] = [stage.network.phone("Lan"), stage.network.phone("Mai")];
  const ended: string[] = [];
  let finish: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => {
    finish = resolve;
  });
  stage.turn = async ({ input }) => {
    const text = input.kind === "text" ? input.text : "";
    if (text === "Lan 1") await slow;
    ended.push(text);
    return {};
  };
  for (const text of ["Lan 1", "Lan 2"]) lan.type(text);
  for (const text of ["Mai 1", "Mai 2"]) mai.type(text);
  await stage.channel.start();
  await until(() => ended.length === 2);
  expect(ended).toEqual(["Mai 1", "Mai 2"]);
  expect(stage.network.waiting()).toBe(4);
  finish();
  await until(() => stage.network.waiting() === 0);
  expect(ended).toEqual(["Mai 1", "Mai 2", "Lan 1", "Lan 2"]);
});

test("what was not committed comes again, in order, and nothing else of it twice", async () => {
  const stage = await openStage();
  const [lan, mai] = [stage.network.phone("Lan"), stage.network.phone("Mai")];
  let broken = true;
  stage.turn = async (inbound: Inbound) => {
    if (broken && inbound.chat === lan.chat) throw new Error("the disk is full");
    return {};
  };
  for (const text of ["Lan 1", "Lan 2"]) lan.type(text);
  mai.type("Mai 1");
  await stage.channel.start();
  await until(() => stage.inbounds.length === 2);
  expect(words(stage)).toEqual(["Lan 1", "Mai 1"]);
  await until(() => codes(stage).includes("update-waits"));
  expect(stage.network.waiting()).toBe(3);
  broken = false;
  await until(() => stage.network.waiting() === 0);
  expect(words(stage)).toEqual(["Lan 1", "Mai 1", "Lan 1", "Lan 2"]);
  expect(stage.notices.filter(({ code }) => code === "update-waits")).toEqual([
    { channel: "telegram", level: "warn", code: "update-waits" },
  ]);
});

test("stopping lets the running turn finish and confirms it", async () => {
  const stage = await openStage();
  let finish: () => void = () => undefined;
  stage.turn = () => new Promise((resolve) => (finish = () => resolve({})));
  await stage.channel.start();
  stage.network.phone("Lan").type("xin chào");
  await until(() => stage.inbounds.length === 1);
  let stopped = false;
  const stop = stage.channel.stop().then(() => (stopped = true));
  await until(() => true);
  expect(stopped).toBe(false);
  finish();
  await stop;
  expect(stage.network.waiting()).toBe(0);
  stage.network.phone("Lan").type("nữa");
  expect(await stage.send(stage.network.phone("Lan").chat, {})).toHaveLength(1);
  expect(stage.inbounds).toHaveLength(1);
});

test("an outage is told once when it begins and once when it is over", async () => {
  const stage = await openStage();
  await stage.network.offline(true);
  await stage.channel.start();
  await until(() => codes(stage).length === 1);
  stage.network.phone("Lan").type("xin chào");
  await stage.network.offline(false);
  await until(() => stage.inbounds.length === 1);
  expect(codes(stage)).toEqual(["network-down", "network-back"]);
});

test("an outage in the middle of the day loses nothing", async () => {
  const stage = await openStage();
  await stage.channel.start();
  stage.network.phone("Lan").type("một");
  await until(() => stage.inbounds.length === 1);
  await stage.network.offline(true);
  stage.network.phone("Lan").type("hai");
  await until(() => codes(stage).length === 1);
  await stage.network.offline(false);
  await until(() => stage.network.waiting() === 0);
  expect(words(stage)).toEqual(["một", "hai"]);
  expect(codes(stage)).toEqual(["network-down", "network-back"]);
});

test("a token that Telegram does not know is refused at the start", async () => {
  const stage = await openStage({ token: "7000000001:AAE-la-mot-ma-khac-hoan-toan-khong-dung" });
  const started = stage.channel.start();
  await expect(started).rejects.toMatchObject({ code: "network_refused" });
  await expect(started).rejects.not.toThrow(/AAE/);
});

test("a token that is taken back while messages leave is told once", async () => {
  const stage = await openStage({ token: "7000000001:AAE-la-mot-ma-khac-hoan-toan-khong-dung" });
  for (const text of ["một", "hai"]) {
    await expect(stage.send("5300000001", { text })).rejects.toMatchObject({ failure: "unauthorised" });
  }
  expect(stage.notices).toEqual([{ channel: "telegram", level: "error", code: "token-refused" }]);
});

test("of two young processes with one token one stops for good, and the other goes on", async () => {
  const stage = await openStage();
  await stage.channel.start();
  await until(() => stage.network.calls.has("getMyShortDescription"));
  const second = stage.second();
  await second.start();
  await until(() => codes(stage).includes("second-poller"));
  expect(stage.notices.find(({ code }) => code === "second-poller")).toEqual({
    channel: "telegram",
    level: "error",
    code: "second-poller",
    facts: { fatal: true },
  });
  stage.network.phone("Lan").type("xin chào");
  await until(() => stage.network.waiting() === 0);
  expect(words(stage)).toEqual(["xin chào"]);
});

test("a process that has polled for a minute keeps its place", async () => {
  const stage = await openStage();
  await stage.channel.start();
  stage.network.phone("Lan").type("xin chào");
  await until(() => stage.network.waiting() === 0);
  stage.clock.ms = 61_000;
  await stage.second().start();
  await until(() => codes(stage).length === 2, 8_000);
  expect(stage.notices.flatMap(({ code, facts }) => (code === "second-poller" ? [facts] : []))).toEqual([
    { fatal: false },
    { fatal: true },
  ]);
  stage.network.phone("Lan").type("vẫn đây");
  await until(() => stage.network.waiting() === 0);
  expect(words(stage)).toEqual(["xin chào", "vẫn đây"]);
}, 15_000);

test("a webhook that somebody sets while the bot polls is taken away", async () => {
  const stage = await openStage();
  await stage.channel.start();
  await new Api(stage.network.token, { apiRoot: stage.network.root }).setWebhook(`${stage.network.root}/elsewhere`);
  await until(() => codes(stage).includes("webhook-removed"));
  stage.network.phone("Lan").type("xin chào");
  await until(() => stage.inbounds.length === 1);
});

test("an update that waits for more than a minute is an error", async () => {
  const stage = await openStage();
  stage.turn = () => Promise.reject(new Error("the disk is full"));
  await stage.channel.start();
  stage.network.phone("Lan").type("xin chào");
  await until(() => codes(stage).length === 1);
  stage.clock.ms = 61_000;
  await until(() => codes(stage).length === 2);
  expect(stage.notices.flatMap(({ code, level }) => (code === "update-waits" ? [level] : []))).toEqual([
    "warn",
    "error",
  ]);
  expect(stage.network.waiting()).toBe(1);
});

test("a group is told once, in both languages, where the bot can be talked to", async () => {
  const stage = await openStage();
  const lan = stage.network.phone("Lan");
  await stage.channel.start();
  const group = stage.network.addToGroup(lan);
  group.type("giúp tôi với");
  await until(() => group.screen().some(({ from }) => from === "bot"));
  await until(() => stage.network.waiting() === 0);
  const link = `https://t.me/${stage.network.username}`;
  expect(
    group
      .screen()
      .filter(({ from }) => from === "bot")
      .map(({ text }) => text),
  ).toEqual([`telegram.group:vi ${link}\n\ntelegram.group:en ${link}`]);
  expect(stage.inbounds).toEqual([]);
});

test("a group that became a supergroup meanwhile is told there", async () => {
  const stage = await openStage();
  const group = stage.network.addToGroup(stage.network.phone("Lan"));
  group.upgrade();
  await stage.channel.start();
  await until(() => stage.network.calls.get("sendMessage") === 1);
  expect(stage.notices.filter(({ level }) => level === "error")).toEqual([]);
});

test("commands and descriptions are set once, in both languages", async () => {
  const stage = await openStage();
  await stage.channel.start();
  await until(() => stage.notices.some(({ code }) => code === "profile-set"));
  expect(stage.network.commands("vi")).toEqual(COMMANDS.map(({ vi }) => vi));
  expect(stage.network.commands("en")).toEqual(COMMANDS.map(({ en }) => en));
  expect(stage.network.commands("ko")).toEqual(COMMANDS.map(({ vi }) => vi));
  const set = () => [...stage.network.calls].filter(([method]) => method.startsWith("setMy"));
  const before = set();
  expect(before.map(([, times]) => times)).toEqual([3, 2, 2]);
  await stage.channel.stop();
  const gets = stage.network.calls.get("getMyCommands") ?? 0;
  await stage.second().start();
  await until(() => stage.network.calls.get("getMyCommands") === gets + 3);
  await until(() => stage.network.calls.get("getMyShortDescription") === 6);
  expect(set()).toEqual(before);
  expect(stage.network.refusals).toEqual([]);
});

test("every command of the menu leads somewhere, and its texts fit Telegram", async () => {
  const { program, bundle } = await realApp();
  for (const lang of ["vi", "en"] as const) {
    const text = (key: string) => bundle.texts[lang].get(`networks.telegram.${key}`) ?? "";
    for (const command of COMMANDS) {
      const word = `/${command[lang]}`;
      expect([word, program.words.has(word) || program.commands.has(word)]).toEqual([word, true]);
      expect(word).toMatch(/^\/[a-z0-9_]{1,32}$/);
      expect(text(`command_${command.name}`)).toMatch(/^.{3,40}$/);
    }
    expect(text("description")).toMatch(/^[\s\S]{20,512}$/);
    expect(text("short_description")).toMatch(/^.{20,120}$/);
    expect(text("share_place")).toMatch(/^.{3,40}$/);
    expect(text("group")).toContain("{{link}}");
  }
});
