import { expect, test } from "vitest";
import { webhookNames } from "../../src/channels/telegram/webhook.ts";
import { choices, openWebhookStage, until } from "./telegram-stage.ts";

const HEADER = "x-telegram-bot-api-secret-token";
const { path, token } = webhookNames("x".repeat(43));

function update(id: number, text = "xin chào") {
  const person = { id: 77, is_bot: false, first_name: "Lan", language_code: "vi" };
  const date = Math.floor(Date.now() / 1_000);
  return { update_id: id, message: { message_id: id, date, chat: { id: 77, type: "private" }, from: person, text } };
}

async function started() {
  const stage = await openWebhookStage();
  await stage.channel.start();
  const receive = (body: unknown, secret: string | undefined = token) =>
    stage.webhook.receive({ headers: { [HEADER]: secret }, body: Buffer.from(JSON.stringify(body)) });
  return Object.assign(stage, { receive });
}

test("Telegram is told where to report, once", async () => {
  const stage = await started();
  expect(stage.webhook.path).toBe(path);
  expect(path).toMatch(/^\/webhooks\/telegram\/[\w-]{12}$/);
  expect(stage.network.calls.get("setWebhook")).toBe(1);
  await stage.channel.stop();
  await stage.second().start();
  expect(stage.network.calls.get("setWebhook")).toBe(1);
  expect(stage.notices.filter(({ code }) => code === "webhook-set")).toHaveLength(1);
});

test("path and secret come from the key, and neither tells the other", () => {
  const other = webhookNames("y".repeat(43));
  expect(other.path).not.toBe(path);
  expect(other.token).not.toBe(token);
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(token).not.toContain(path.slice(-12));
});

test("what people write comes in, and the answer comes after the turn", async () => {
  const stage = await started();
  const lan = stage.network.phone("Lan");
  let finish: () => void = () => undefined;
  stage.turn = () => new Promise((resolve) => (finish = () => resolve({})));
  lan.type("xin chào");
  await until(() => stage.inbounds.length === 1);
  expect(stage.network.waiting()).toBe(1);
  finish();
  await until(() => stage.network.waiting() === 0);
});

test("what could not be kept is delivered again", async () => {
  const stage = await started();
  let failures = 2;
  stage.turn = async () => {
    if (failures-- > 0) throw new Error("the disk is full");
    return {};
  };
  stage.network.phone("Lan").type("xin chào");
  await until(() => stage.network.waiting() === 0);
  expect(stage.inbounds).toHaveLength(3);
  expect(stage.notices.filter(({ code }) => code === "update-waits")).toHaveLength(1);
});

test.each([
  ["nothing", undefined],
  ["something else", "x".repeat(43)],
  ["a part of it", token.slice(0, -1)],
  ["too much", `${token}a`],
])("with %s for a secret nothing is read", async (_name, secret) => {
  const stage = await started();
  const headers = secret === undefined ? {} : { [HEADER]: secret };
  const body = Buffer.from(JSON.stringify(update(1)));
  expect(await stage.webhook.receive({ headers, body })).toBe(401);
  expect(await stage.webhook.receive({ headers, body: Buffer.from("{") })).toBe(401);
  expect(stage.inbounds).toEqual([]);
});

test.each([
  ["", 400],
  ["{", 400],
  ["null", 400],
  ["[]", 400],
  ['{"update_id":"1"}', 400],
  ["\u0000", 400],
  ['{"update_id":1}', 200],
])("the body %j is answered with %i", async (body, status) => {
  const stage = await started();
  expect(await stage.webhook.receive({ headers: { [HEADER]: token }, body: Buffer.from(body) })).toBe(status);
  expect(stage.inbounds).toEqual([]);
});

test("bytes that are no text, and nesting without end, are refused or have no effect", async () => {
  const stage = await started();
  const headers = { [HEADER]: token };
  expect(await stage.webhook.receive({ headers, body: Buffer.from([0xff, 0xfe, 0x80]) })).toBe(400);
  const deep = `{"update_id":1,"message":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
  expect(await stage.webhook.receive({ headers, body: Buffer.from(deep) })).toBe(200);
  expect(stage.webhook.bodyLimit).toBe(262_144);
});

test("an update of days ago is acknowledged without effect", async () => {
  const stage = await started();
  stage.clock.ms = 49 * 3_600_000;
  expect(await stage.receive(update(1))).toBe(200);
  expect(stage.inbounds).toEqual([]);
});

test("before the start and after the end nothing is taken", async () => {
  const stage = await openWebhookStage();
  const request = { headers: { [HEADER]: token }, body: Buffer.from(JSON.stringify(update(1))) };
  expect(await stage.webhook.receive(request)).toBe(503);
  await stage.channel.start();
  expect(await stage.webhook.receive(request)).toBe(200);
  await stage.channel.stop();
  expect(await stage.webhook.receive(request)).toBe(503);
});

test("a hanging Telegram does not delay the acknowledgement of a press", async () => {
  const stage = await started();
  stage.network.faults.latencyMs = 3_000;
  const { message, ...rest } = update(5);
  const press = {
    ...rest,
    callback_query: { id: "q", from: message.from, data: "a:b:c", message, chat_instance: "1" },
  };
  const before = performance.now();
  expect(await stage.receive(press)).toBe(200);
  expect(performance.now() - before).toBeLessThan(500);
  stage.network.faults.latencyMs = 0;
});

test("a press is answered in the answer to the webhook, once it had its effect", async () => {
  const stage = await started();
  stage.network.phone("Lan").start();
  await stage.send(stage.network.phone("Lan").chat, { text: "Chọn", choices: choices("Có") });
  stage.network.phone("Lan").press("Có");
  await until(() => stage.network.calls.get("answerCallbackQuery") === 1);
  expect(stage.network.phone("Lan").answers()).toEqual([{ alert: false }]);
  expect(stage.network.refusals).toEqual([]);
});

test("polling takes the webhook away first and keeps what waits", async () => {
  const stage = await started();
  await stage.channel.stop();
  stage.network.phone("Lan").type("còn đây");
  const polling = stage.polling();
  await polling.start();
  await until(() => stage.inbounds.length === 1 && stage.network.waiting() === 0);
  expect(stage.notices.at(-1)).toMatchObject({ code: "webhook-removed" });
});
