import axios from "axios";
import { afterEach, expect, test } from "vitest";
import { startZaloBotNetwork, type ZaloBotNetwork } from "../support/networks/zalo-bot/network.ts";
import type { ZaloBotOptions } from "../support/networks/zalo-bot/state.ts";
import { startCatcher, until } from "./catcher.ts";

const SECRET = "a-secret-of-the-webhook";
const PNG = Buffer.from("\x89PNG\r\n\x1a\n and so on", "latin1");

/** Matchers have no type of their own. */
const SOME_TEXT: unknown = expect.any(String);
const SOME_NUMBER: unknown = expect.any(Number);
const DIGITS: unknown = expect.stringMatching(/^\d{19}$/);
const GONE: unknown = expect.stringContaining("gone");
const IMAGE: unknown = expect.objectContaining({ event_name: "message.image.received" });
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(options: ZaloBotOptions = {}) {
  const network = await startZaloBotNetwork(options);
  opened.push(network);
  return { network, call: callerOf(network) };
}

async function openHook(options: ZaloBotOptions = {}) {
  const catcher = await startCatcher();
  opened.push(catcher);
  const { network, call } = await open({ emptyPosts: 0, ...options });
  await call("setWebhook", { url: catcher.url, secret_token: SECRET });
  return { network, call, catcher };
}

function callerOf({ root, token }: ZaloBotNetwork) {
  return async (method: string, params: object = {}): Promise<unknown> => {
    const response = await axios.post<unknown>(`${root}/bot${token}/${method}`, params, { validateStatus: () => true });
    expect(response.status).toBe(200);
    return response.data;
  };
}

test("says everything inside HTTP 200, also that the token is wrong", async () => {
  const { network, call } = await open();
  expect(await call("getMe")).toMatchObject({ ok: true, result: { id: DIGITS } });
  const wrong = await axios.get<unknown>(`${network.root}/bot1:wrong/getMe`);
  expect(wrong.data).toEqual({ ok: false, error_code: 401, description: "Unauthorized" });
  expect(await call("getme")).toMatchObject({ ok: false, error_code: 400 });
});

test("takes parameters from query, form, JSON and multipart", async () => {
  const { network } = await open();
  const lan = network.phone("lan");
  lan.type("xin chào");
  const url = `${network.root}/bot${network.token}/sendMessage`;
  const params = { chat_id: lan.chat, text: "Chào bạn." };
  const form = new FormData();
  for (const [name, value] of Object.entries(params)) form.set(name, value);
  await axios.get(url, { params });
  await axios.post(url, new URLSearchParams(params));
  await axios.post(url, params);
  await axios.post(url, form);
  expect(lan.received().map(({ text }) => text)).toEqual(Array(4).fill("Chào bạn."));
  expect(network.refusals).toEqual([]);
});

test("refuses what the reference does not know, and records it", async () => {
  const { network, call } = await open({ slack: 100 });
  const lan = network.phone("lan");
  lan.type("xin chào");
  const to = { chat_id: lan.chat };
  const refused = [
    ["sendMessage", { ...to, text: "a".repeat(2_001) }],
    ["sendMessage", { ...to, text: "" }],
    ["sendMessage", { ...to, text: "x", reply_markup: {} }],
    ["sendMessage", { chat_id: "6e00aa11bb22cc33dd44", text: "x" }],
    ["sendVoice", { ...to, voice_url: "http://127.0.0.1:1/a.mp3" }],
    ["sendPhoto", { ...to, photo: "http://127.0.0.1:1/a.png" }],
    ["sendChatAction", { ...to, action: "upload_photo" }],
    ["setWebhook", { url: "https://example.org", secret_token: "short" }],
    ["editMessageText", { ...to, text: "x" }],
  ] as const;
  for (const [method, params] of refused) {
    expect(await call(method, params)).toMatchObject({ ok: false, error_code: 400 });
  }
  expect(network.refusals.map(({ method }) => method)).toEqual(refused.map(([method]) => method));
  expect(await call("sendMessage", { ...to, text: "x", parse_mode: "html" })).toMatchObject({ ok: true });
  expect(network.refusals).toHaveLength(refused.length + 1);
  expect(await call("sendChatAction", { ...to, action: "typing" })).toEqual({ ok: true });
});

test("gives one update to each poll, then error 408", async () => {
  const { network, call } = await open({ nameless: 0 });
  const lan = network.phone("lan");
  lan.type("một");
  lan.sticker();
  expect(network.waiting()).toBe(2);
  expect(await call("getUpdates", { timeout: "1" })).toMatchObject({
    ok: true,
    result: { event_name: "message.text.received", message: { text: "một", chat: { chat_type: "PRIVATE" } } },
  });
  expect(await call("getUpdates", { timeout: 1 })).toMatchObject({
    result: { event_name: "message.sticker.received" },
  });
  expect(await call("getUpdates", { timeout: 0 })).toMatchObject({ ok: false, error_code: 408 });
  expect(network.waiting()).toBe(0);
  expect(network.refusals).toEqual([]);
});

test("gives an update out again when the poller vanishes with it, or loses it", async () => {
  for (const [polledAgain, lost] of [
    [1, 0],
    [0, 1],
  ] as const) {
    const { network, call } = await open({ polledAgain });
    network.phone("lan").type("một");
    await axios.post(`${network.root}/bot${network.token}/getUpdates`, {}, { headers: { connection: "close" } });
    await until(() => network.lost() === 1 || network.waiting() === 1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(network.lost()).toBe(lost);
    expect(await call("getUpdates", { timeout: 0 })).toMatchObject({ ok: polledAgain === 1 });
  }
});

test("probes a webhook at once without the secret, and stores it whatever comes", async () => {
  const { network, call, catcher } = await openHook();
  expect(catcher.bodies()).toEqual([
    {
      event_name: "webhook.test",
      message: { message_id: "webhook-test", date: SOME_NUMBER, text: SOME_TEXT },
    },
  ]);
  expect(catcher.calls[0]?.headers["x-bot-api-secret-token"]).toBeUndefined();
  const { url } = catcher;
  expect(await call("testWebhook")).toMatchObject({ result: { ok: true, outcome: "webhook.ok", status_code: 200 } });
  catcher.statuses.push(403);
  const again = await call("setWebhook", { url, secret_token: SECRET });
  expect(again).toMatchObject({ ok: true, result: { url, verification: { ok: false, outcome: "webhook.http.403" } } });
  expect(await call("getWebhookInfo")).toMatchObject({ result: { url } });
  expect(await call("getUpdates", { timeout: 0 })).toMatchObject({ ok: false });
  expect(network.refusals).toEqual([{ method: "getUpdates", why: "a webhook is set" }]);
  expect(await call("deleteWebhook")).toMatchObject({ result: { url: "" } });
});

test("has a daily limit of setWebhook and testWebhook", async () => {
  const { network, call, catcher } = await openHook({ webhookCalls: 1 });
  const params = { url: catcher.url, secret_token: SECRET };
  expect(await call("setWebhook", params)).toMatchObject({ ok: false, error_code: 426 });
  network.forward(86_400_000);
  expect(await call("setWebhook", params)).toMatchObject({ ok: true });
  for (let n = 0; n < 5; n++) await call("testWebhook");
  expect(await call("testWebhook")).toMatchObject({ ok: false, errorCode: 426 });
});

test("delivers in both shapes with secret and caller, again until it is acknowledged", async () => {
  const { network, catcher } = await openHook();
  const lan = network.phone("lan");
  catcher.statuses.push(503, 401);
  for (let n = 0; n < 20; n++) lan.photo();
  network.phone("mai").unsupported();
  await until(() => network.waiting() === 0);
  const bodies = catcher.bodies().slice(1);
  expect(bodies).toHaveLength(23);
  expect(bodies).toContainEqual({
    ok: true,
    result: IMAGE,
  });
  expect(bodies).toContainEqual(IMAGE);
  expect(catcher.calls[1]?.headers).toMatchObject({ "x-bot-api-secret-token": SECRET, "user-agent": "Java/17.0.12" });
  expect(JSON.stringify(bodies)).toContain('"photo_url"');
  expect(JSON.stringify(bodies)).toContain('"photo":');
  expect(network.answers.get(200)).toBe(21);
});

test("may lose what is not acknowledged, repeat what was, and post nothing at all", async () => {
  const lossy = await openHook({ unacknowledged: "lost" });
  lossy.catcher.statuses.push(503);
  lossy.network.phone("lan").type("mất");
  await until(() => lossy.network.waiting() === 0);
  expect([lossy.network.lost(), lossy.catcher.calls.length]).toEqual([1, 2]);

  const twice = await openHook({ emptyPosts: 1 });
  twice.network.faults.redelivered = 1;
  twice.network.phone("lan").type("hai lần");
  await until(() => twice.catcher.calls.length >= 5);
  twice.network.faults.redelivered = 0;
  expect(twice.catcher.bodies()).toContain(null);
});

test("counts people, messages and the hidden rate", async () => {
  const { network, call } = await open({ users: 1, messagesPerMonth: 7, perSecond: 5, slack: 0 });
  const [lan, mai] = [network.phone("lan"), network.phone("mai")];
  lan.type("chào");
  mai.type("chào");
  const send = (chat_id: string) => call("sendMessage", { chat_id, text: "x" });
  const spent = { ok: false, error_code: 429 };
  expect(await send(mai.chat)).toMatchObject(spent);
  expect(network.refusals).toEqual([]);
  const burst = await Promise.all(Array.from({ length: 6 }, () => send(lan.chat)));
  expect(burst.filter((answer) => JSON.stringify(answer).includes("429"))).toHaveLength(1);
  expect(network.refusals).toEqual([{ method: "sendMessage", why: "Too many requests" }]);
  network.forward(1_000);
  expect([await send(lan.chat), await send(lan.chat)]).toMatchObject([{ ok: true }, { ok: true }]);
  network.forward(1_000);
  expect(await send(lan.chat)).toMatchObject(spent);
  network.forward(32 * 86_400_000);
  expect(await send(lan.chat)).toMatchObject({ ok: true });
  expect(network.refusals).toHaveLength(1);
});

test("fetches a picture twice: one that has died by then is black", async () => {
  const files = new Map([["/a.png", PNG]]);
  const catcher = await startCatcher(files);
  opened.push(catcher);
  const { network, call } = await open({ pictureAgainMs: 50 });
  const lan = network.phone("lan");
  lan.type("chào");
  const photo = new URL("/a.png", catcher.url).href;
  expect(await call("sendPhoto", { chat_id: lan.chat, photo, caption: "Áp phích" })).toMatchObject({ ok: true });
  expect(lan.received()).toMatchObject([{ text: "Áp phích", picture: { bytes: PNG } }]);
  files.clear();
  await until(() => network.refusals.length > 0);
  expect(network.refusals).toMatchObject([{ method: "sendPhoto", why: GONE }]);
  expect(lan.received()[0]?.picture).toEqual({ url: photo });
});

test("shows numbered choices as things to press", async () => {
  const { network, call } = await open({ nameless: 0 });
  const lan = network.phone("lan");
  lan.start();
  await call("getUpdates", { timeout: 0 });
  await call("sendMessage", { chat_id: lan.chat, text: "Bạn muốn làm gì?\n\n1. Tìm nơi giúp\n2. Làm bài đố" });
  lan.press("Làm bài đố");
  expect(await call("getUpdates", { timeout: 0 })).toMatchObject({ result: { message: { text: "2" } } });
  expect(() => lan.press("Không có")).toThrow("nothing on the screen");
});

test("cuts calls before or after their effect, and says which messages nobody can know of", async () => {
  const { network, call } = await open();
  const lan = network.phone("lan");
  lan.type("chào");
  const send = () => call("sendMessage", { chat_id: lan.chat, text: "x" });
  network.faults.cutBefore = 1;
  await expect(send()).rejects.toThrow();
  expect(lan.received()).toEqual([]);
  network.faults.cutBefore = 0;
  network.faults.cutAfter = 1;
  await expect(send()).rejects.toThrow();
  expect([...network.unknowable]).toEqual(lan.received().map(({ id }) => id));
  network.faults.cutAfter = 0;
  network.outage = "cut";
  await expect(send()).rejects.toThrow();
  network.outage = "none";
  expect(await send()).toMatchObject({ ok: true });
});

test("brings an update again whose connection was cut, under the same id", async () => {
  const { network, catcher } = await openHook({ shape: "flat" });
  network.faults.webhookCut = 1;
  network.phone("lan").type("xin chào");
  await until(() => catcher.calls.length >= 3);
  expect(network.waiting()).toBe(1);
  network.faults.webhookCut = 0;
  await until(() => network.waiting() === 0);
  const ids = catcher
    .bodies()
    .slice(1)
    .map((body) => /"message_id":"(\w+)"/.exec(JSON.stringify(body))?.[1]);
  expect(new Set(ids).size).toBe(1);
});

test("fails with an error of its own or the page of a gateway, before any effect", async () => {
  const { network } = await open();
  const lan = network.phone("lan");
  lan.type("chào");
  network.faults.failing = 1;
  const url = `${network.root}/bot${network.token}/sendMessage`;
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const { status, data } = await axios.post<unknown>(
        url,
        { chat_id: lan.chat, text: "x" },
        { validateStatus: () => true },
      );
      return `${status} ${JSON.stringify(data)}`;
    }),
  );
  expect(answers.some((answer) => answer.startsWith('200 {"ok":false,"error_code":403'))).toBe(true);
  expect(answers.some((answer) => answer.startsWith('502 "<html>'))).toBe(true);
  expect([lan.received(), network.refusals]).toEqual([[], []]);
});
