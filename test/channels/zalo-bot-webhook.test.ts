import { expect, test, vi } from "vitest";
import { attach, startWorld } from "./zalo-bot-world.ts";

function bodyOf(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

const PROBE = bodyOf({
  event_name: "webhook.test",
  message: { message_id: "webhook-test", date: 1_780_000_000, text: "…" },
});

function words(text: string) {
  const message = { message_id: "2d", chat: { id: "6e", chat_type: "PRIVATE" }, text, date: Date.now() };
  return { event_name: "message.text.received", message };
}

test("is set once: a second start with the same address leaves the network alone", async () => {
  const { network, bot } = await startWorld({ webhook: true });
  await bot.start();
  await bot.stop();
  await bot.start();
  expect(network.calls.get("setWebhook")).toBe(1);
  expect(network.webhook()?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/webhooks\/zalo-bot\/[\w-]{16}$/);
  expect(network.webhook()?.secret).toMatch(/^[\w-]{43}$/);
  expect(network.webhook()?.url).not.toContain(network.webhook()?.secret);
});

test("is set again for another address", async () => {
  const first = await startWorld({ webhook: true });
  await first.bot.start();
  const second = await attach(first.network, { webhook: true });
  await second.bot.start();
  expect(first.network.calls.get("setWebhook")).toBe(2);
});

test("an address that the network cannot reach is reported with the network's word for it, and kept", async () => {
  const world = await startWorld({ webhook: true });
  const hook = world.bot.webhooks[0];
  const receive = hook?.receive;
  Object.assign(hook ?? {}, { receive: async () => 503 });
  await world.bot.start();
  Object.assign(hook ?? {}, { receive });
  expect(world.notices).toEqual([
    { channel: "zalo-bot", level: "warn", code: "webhook-unverified", facts: { outcome: "webhook.http.5xx" } },
  ]);
  world.network.phone("Lan").type("1");
  await vi.waitFor(() => expect(world.inbounds).toHaveLength(1));
});

test("before the start and after the end it answers 503, to the probe 200", async () => {
  const { network, bot, inbounds } = await startWorld({ webhook: true });
  const [hook] = bot.webhooks;
  expect(await hook?.receive({ headers: {}, body: PROBE })).toBe(200);
  await bot.start();
  const headers = { "x-bot-api-secret-token": network.webhook()?.secret };
  expect(await hook?.receive({ headers, body: bodyOf(words("1")) })).toBe(200);
  await bot.stop();
  expect(await hook?.receive({ headers, body: bodyOf(words("2")) })).toBe(503);
  expect(await hook?.receive({ headers, body: PROBE })).toBe(200);
  expect(inbounds).toHaveLength(1);
});

test("the end waits for turns in progress", async () => {
  const turns: (() => void)[] = [];
  const turn = () => new Promise<void>((resolve) => void turns.push(resolve));
  const { network, bot, inbounds } = await startWorld({ webhook: true, turn });
  await bot.start();
  network.phone("Lan").type("1");
  await vi.waitFor(() => expect(turns).toHaveLength(1));
  const stopped = bot.stop();
  setTimeout(() => turns[0]?.(), 50);
  await stopped;
  expect(inbounds).toHaveLength(1);
});

test("a turn that fails is answered 503, and the update that comes again is taken", async () => {
  let failures = 2;
  const turn = async () => {
    if (failures-- > 0) throw new Error("the store is away");
  };
  const { network, bot, inbounds } = await startWorld({ webhook: true, turn });
  await bot.start();
  network.phone("Lan").unsupported();
  await vi.waitFor(() => expect(inbounds).toHaveLength(1));
  expect(network.answers).toEqual(
    new Map([
      [503, 2],
      [200, 1],
    ]),
  );
});

test.each([
  ["cut JSON", Buffer.from('{"event_name":'), 400],
  ["broken UTF-8", Buffer.from([0xff, 0xfe, 0x22]), 400],
  ["a list", bodyOf([words("1")]), 400],
  ["a number", bodyOf(1), 400],
  ["deep nesting", Buffer.from("[".repeat(60_000)), 400],
  ["deep objects", Buffer.from('{"a":'.repeat(10_000)), 400],
  ["prototype keys", Buffer.from('{"__proto__":{"message":1},"constructor":{"prototype":1}}'), 200],
  ["nothing at all", Buffer.alloc(0), 200],
  ["no event", bodyOf({}), 200],
])("with the secret, %s is answered", async (_, body, status) => {
  const { network, bot, inbounds } = await startWorld({ webhook: true });
  await bot.start();
  const headers = { "x-bot-api-secret-token": network.webhook()?.secret };
  expect(await bot.webhooks[0]?.receive({ headers, body })).toBe(status);
  expect(inbounds).toEqual([]);
});

test("without the secret nothing but the exact probe and emptiness is answered 200", async () => {
  const { bot } = await startWorld({ webhook: true });
  await bot.start();
  const [hook] = bot.webhooks;
  const status = (body: Buffer) => hook?.receive({ headers: {}, body });
  expect(await status(PROBE)).toBe(200);
  expect(await status(Buffer.alloc(0))).toBe(200);
  expect(await status(Buffer.concat([PROBE, Buffer.alloc(2_000, " ")]))).toBe(401);
  expect(await status(bodyOf({}))).toBe(401);
  expect(await status(Buffer.from("{"))).toBe(401);
});

test("groups are acknowledged and not answered", async () => {
  const { network, bot, inbounds } = await startWorld({ webhook: true });
  await bot.start();
  network.group("the hamlet").say("Lan", "@Bot giúp tôi");
  await vi.waitFor(() => expect(network.waiting()).toBe(0));
  expect(inbounds).toEqual([]);
  expect([...network.answers.keys()]).toEqual([200]);
});

test("a token that is refused stops the start, and is not in what is said about it", async () => {
  const { network, bot, notices } = await startWorld({ webhook: true });
  network.revoke();
  const refusal: unknown = await bot.start().catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: "network_refused" });
  expect(String(refusal)).not.toContain(network.token);
  expect(notices).toEqual([]);
});

test("a public address that the network does not take stops the start", async () => {
  const { bot } = await startWorld({ webhook: true, network: { publicOnly: true } });
  await expect(bot.start()).rejects.toMatchObject({ code: "network_refused" });
});

test("a day's cap on setting webhooks is told to the operator, and not asked for again at once", async () => {
  const { network, bot, notices } = await startWorld({ webhook: true, network: { webhookCalls: 0 } });
  await bot.start();
  await vi.waitFor(() =>
    expect(notices).toMatchObject([{ level: "error", code: "day-cap-reached", facts: { detail: "426" } }]),
  );
  expect(network.refusals).toHaveLength(1);
});
