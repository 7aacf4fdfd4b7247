import { expect, test } from "vitest";
import type { LoginPage } from "../../src/server/login-page.ts";
import { createMetrics } from "../../src/server/metrics.ts";
import { USUAL_TIMEOUTS } from "../../src/server/node-server.ts";
import type { ServerPart } from "../../src/server/part.ts";
import { rawConnection } from "./raw.ts";
import { EchoHook, HOOK, SECRET, startStage } from "./stage.ts";

const TOKEN = "a-long-token-for-metrics";

test("the process says that it lives", async () => {
  const { address } = await startStage();
  expect(await (await fetch(`${address}/healthz`)).json()).toEqual({ ok: true });
});

test("it is ready once the store answers and every network that is on has started", async () => {
  let started = false;
  const ready = { store: async () => true, telegram: () => started };
  const { address } = await startStage({ ready });
  const before = await fetch(`${address}/readyz`);
  expect(before.status).toBe(503);
  expect(await before.json()).toEqual({ ok: false, parts: { store: true, telegram: false } });
  started = true;
  const after = await fetch(`${address}/readyz`);
  expect(after.status).toBe(200);
  expect(await after.json()).toEqual({ ok: true, parts: { store: true, telegram: true } });
});

test("a store that fails is not ready, and says no more than that", async () => {
  const store = () => Promise.reject(new Error("disk I/O error at /srv/data"));
  const { address } = await startStage({ ready: { store } });
  const response = await fetch(`${address}/readyz`);
  expect([response.status, await response.json()]).toEqual([503, { ok: false, parts: { store: false } }]);
});

test("a store that hangs is not ready", async () => {
  const { address } = await startStage({ ready: { store: () => new Promise<boolean>(() => {}) } });
  expect((await fetch(`${address}/readyz`)).status).toBe(503);
});

test("a server that is stopping is not ready, but still alive", async () => {
  const hook = new EchoHook();
  const door = Promise.withResolvers<void>();
  hook.before = () => door.promise;
  const { address, post, close } = await startStage({ ready: { store: () => true }, mounts: [hook.mount] });
  const running = post(HOOK, "{}", { "x-secret": SECRET });
  await expect.poll(() => hook.received.length).toBe(1);
  const closed = close();
  const response = await fetch(`${address}/readyz`);
  expect([response.status, await response.json()]).toEqual([503, { ok: false, parts: { store: true } }]);
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  door.resolve();
  expect((await running).status).toBe(200);
  await closed;
});

test.each([
  { name: "this machine", headers: {}, status: 200 },
  { name: "a proxy on this machine", headers: { "x-forwarded-for": "203.0.113.7" }, status: 404 },
  { name: "a proxy that only says it is one", headers: { via: "1.1 x" }, status: 404 },
  { name: "elsewhere with the token", headers: { via: "1.1 x", authorization: `Bearer ${TOKEN}` }, status: 200 },
  { name: "elsewhere with another token", headers: { via: "1.1 x", authorization: "Bearer a-long" }, status: 404 },
  { name: "elsewhere with the bare token", headers: { via: "1.1 x", authorization: TOKEN }, status: 404 },
])("figures for $name: $status", async ({ headers, status }) => {
  const { address } = await startStage({ metricsToken: TOKEN });
  const response = await fetch(`${address}/metrics`, { headers });
  expect(response.status).toBe(status);
  if (status === 404) expect(await response.json()).toEqual({ error: "not_found" });
});

test("without a token figures stay on this machine", async () => {
  const { address } = await startStage();
  const headers = { "x-real-ip": "203.0.113.7", authorization: "Bearer " };
  expect((await fetch(`${address}/metrics`, { headers })).status).toBe(404);
});

test("figures are in the format of Prometheus, with network, kind and nothing about a person", async () => {
  const metrics = createMetrics();
  const { meter } = metrics;
  meter.inbound("telegram");
  meter.turn("telegram", 0.03, false);
  meter.turn("telegram", 0.001, true);
  meter.sent("zalo-oa", "reply");
  meter.sendFailed("zalo-oa", "rate-limited", false);
  meter.retryAfter("telegram", 3);
  meter.waiting("zalo-bot", 2);
  meter.notice({ channel: "zalo-oa", level: "warn", code: "token-refused", facts: { status: 401 } });
  meter.gauge("messages-left", "zalo-bot", 2_400);
  const { address } = await startStage({ metrics });
  const response = await fetch(`${address}/metrics`);
  expect(response.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  const figures = await response.text();
  for (const line of [
    'antam_inbound_total{channel="telegram"} 1',
    'antam_turn_seconds_bucket{le="0.05",channel="telegram"} 1',
    'antam_turn_seconds_count{channel="telegram"} 1',
    'antam_duplicate_inputs_total{channel="telegram"} 1',
    'antam_sent_total{channel="zalo-oa",lane="reply"} 1',
    'antam_send_failures_total{channel="zalo-oa",failure="rate-limited",final="false"} 1',
    'antam_retry_after_seconds_sum{channel="telegram"} 3',
    'antam_waiting_chats{channel="zalo-bot"} 2',
    'antam_notices_total{channel="zalo-oa",code="token-refused",level="warn"} 1',
    'antam_messages_left{channel="zalo-bot"} 2400',
  ]) {
    expect(figures).toContain(line);
  }
  expect(figures).toContain("process_resident_memory_bytes");
});

const LOGIN: LoginPage = {
  vi: { title: "Gần xong", copy: "Chép địa chỉ <này>", close: "Đóng" },
  en: { title: "Nearly done", copy: "Copy the address", close: "Close" },
};

test("the page after the consent shows both languages and nothing of the code", async () => {
  const { address, logged } = await startStage({ login: LOGIN });
  const response = await fetch(`${address}/webhooks/zalo-oa/login?code=s3cr3t&oa_id=42&redirect=https://evil.example`);
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(page).toContain("Chép địa chỉ &#60;này&#62;");
  expect(page).toContain("Copy the address");
  expect(page).not.toMatch(/s3cr3t|42|evil|<script/);
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("referrer-policy")).toBe("no-referrer");
  await expect.poll(() => logged.length).toBe(1);
  expect(logged[0]).not.toMatch(/s3cr3t|evil/);
});

test("without an Official Account there is no such page", async () => {
  const { address } = await startStage();
  expect((await fetch(`${address}/webhooks/zalo-oa/login`)).status).toBe(404);
});

test.each(["//evil.example/", "/https://evil.example", "/?next=https://evil.example", "/..//evil.example"])(
  "%s leads nowhere else",
  async (path) => {
    const { address } = await startStage({ login: LOGIN });
    const response = await fetch(`${address}${path}`, { redirect: "manual" });
    expect(response.status).toBe(404);
    expect(response.headers.get("location")).toBeNull();
    expect(await response.text()).not.toContain("evil");
  },
);

test("an unknown address is answered by the house, with all its headers", async () => {
  const { address } = await startStage({ publicUrl: "https://antam.example" });
  const response = await fetch(`${address}/nothing`);
  expect([response.status, await response.json()]).toEqual([404, { error: "not_found" }]);
  expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(response.headers.get("permissions-policy")).toContain("camera=()");
  expect(response.headers.get("strict-transport-security")).toBe("max-age=31536000");
});

test("too many headers are refused", async () => {
  const { port } = await startStage();
  const connection = rawConnection(port);
  connection.write("GET /healthz HTTP/1.1\r\nhost: x\r\n");
  connection.write(`${Array.from({ length: 200 }, (_, i) => `x-${i}: ${"a".repeat(100)}`).join("\r\n")}\r\n\r\n`);
  expect(await connection.gone).toMatch(/^HTTP\/1\.1 431 /);
});

const HASTY = { ...USUAL_TIMEOUTS, headers: 150, request: 300, look: 50 };

test.each([
  { name: "headers", status: 408, start: "POST /x HTTP/1.1\r\nhost: x\r\nx-slow: " },
  { name: "a body", status: 408, start: `POST ${HOOK} HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{"a"` },
  { name: "a body for the router", status: 404, start: "POST /x HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{" },
])("$name that never end are cut off", async ({ start, status }) => {
  const hook = new EchoHook();
  const { port } = await startStage({ timeouts: HASTY, mounts: [hook.mount] });
  const connection = rawConnection(port);
  connection.write(start);
  expect(await connection.gone).toContain(`HTTP/1.1 ${status} `);
  expect(hook.received).toEqual([]);
});

test("what only waits is ended before running requests are waited for", async () => {
  const held = Promise.withResolvers<string>();
  const poll: ServerPart = {
    open: async (app) => void app.get("/poll", () => held.promise),
    stop: () => held.resolve("over"),
  };
  const { address, close, logged } = await startStage({ parts: [poll] });
  const answer = fetch(`${address}/poll`);
  await fetch(`${address}/healthz`);
  await expect.poll(() => logged.length).toBe(1);
  await close();
  expect(await (await answer).text()).toBe("over");
});
