import { expect, test } from "vitest";
import { rawConnection } from "./raw.ts";
import { EchoHook, HOOK, SECRET, startStage } from "./stage.ts";

const GENUINE = { "x-secret": SECRET };

/** A server with one webhook. */
async function withHook(hook: EchoHook = new EchoHook()) {
  return { hook, ...(await startStage({ mounts: [hook.mount] })) };
}

test("an update reaches its webhook byte for byte, with header names in small letters", async () => {
  const { hook, post } = await withHook();
  const response = await post(HOOK, '{"text":"xin chào"}', { "X-Secret": SECRET, "content-type": "x/unheard-of" });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("");
  expect(hook.received[0]?.body.toString("utf8")).toBe('{"text":"xin chào"}');
  expect(hook.received[0]?.headers).toMatchObject(GENUINE);
});

test("a body that comes in pieces is one body", async () => {
  const { hook, port } = await withHook();
  const connection = rawConnection(port);
  connection.write(`POST ${HOOK} HTTP/1.1\r\nhost: x\r\nx-secret: ${SECRET}\r\ntransfer-encoding: chunked\r\n\r\n`);
  for (const piece of ["4\r\n[1,2\r\n", "3\r\n,3]\r\n", "0\r\n\r\n"]) connection.write(piece);
  await connection.got(" 200 ");
  connection.end();
  expect(hook.received[0]?.body.toString("utf8")).toBe("[1,2,3]");
});

test.each([
  { name: "a forged update", headers: { "x-secret": "guess" }, body: "{}", status: 401 },
  { name: "an update without secret", headers: {}, body: "{}", status: 401 },
  { name: "no JSON", headers: GENUINE, body: '{"update_id":', status: 400 },
  { name: "bytes that are no text", headers: GENUINE, body: new Uint8Array([0xff, 0xfe, 0x80]), status: 400 },
  { name: "nothing at all", headers: GENUINE, body: "", status: 400 },
  { name: "a body at the limit", headers: GENUINE, body: `"${"a".repeat(998)}"`, status: 200 },
  { name: "a body above the limit", headers: GENUINE, body: `"${"a".repeat(999)}"`, status: 413 },
])("$name is answered with $status and an empty body", async ({ headers, body, status }) => {
  const { post } = await withHook();
  const response = await post(HOOK, body, headers);
  expect(response.status).toBe(status);
  expect(await response.text()).toBe("");
});

test("a body announced above the limit is refused before it is sent", async () => {
  const { hook, port } = await withHook();
  const connection = rawConnection(port);
  connection.write(`POST ${HOOK} HTTP/1.1\r\nhost: x\r\nx-secret: ${SECRET}\r\ncontent-length: 1001\r\n\r\n`);
  expect(await connection.gone).toMatch(/^HTTP\/1\.1 413 /);
  expect(hook.received).toEqual([]);
});

test("a body in pieces is refused at the piece that goes above the limit", async () => {
  const { hook, port } = await withHook();
  const connection = rawConnection(port);
  connection.write(`POST ${HOOK} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n`);
  connection.write(`3e8\r\n${"a".repeat(1_000)}\r\n`);
  connection.write("1\r\na\r\n");
  expect(await connection.gone).toMatch(/^HTTP\/1\.1 413 /);
  expect(hook.received).toEqual([]);
});

test.each(["GET", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"])("%s is not allowed", async (method) => {
  const { hook, address } = await withHook();
  const response = await fetch(`${address}${HOOK}`, { method });
  expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  expect(hook.received).toEqual([]);
});

test.each(["/webhooks/echo/9f3b", "/webhooks/echo", "/webhooks/", `${HOOK}/`, `${HOOK}/x`, `/x/..${HOOK}x`])(
  "%s is no webhook",
  async (path) => {
    const { hook, post } = await withHook();
    expect((await post(path, "{}", GENUINE)).status).toBe(404);
    expect(hook.received).toEqual([]);
  },
);

test("a webhook that fails is answered with 503, and the log names no words", async () => {
  const hook = new EchoHook();
  hook.before = () => Promise.reject(new TypeError("bí mật"));
  const { post, logged } = await withHook(hook);
  expect((await post(HOOK, "{}", GENUINE)).status).toBe(503);
  expect(logged.join("")).toContain('"what":"TypeError"');
  expect(logged.join("")).not.toMatch(/bí mật|9f3a/);
});

test("the debug log has network, status and time, and neither path nor secret", async () => {
  const { post, logged } = await withHook();
  await post(HOOK, "{}", GENUINE);
  await expect.poll(() => logged.length).toBe(1);
  expect(JSON.parse(logged[0] ?? "")).toMatchObject({ channel: "telegram", status: 200, msg: "webhook" });
  expect(logged[0]).not.toMatch(/9f3a|only-the-network/);
});

test("an answer has its few headers, and strict transport security behind https", async () => {
  const hook = new EchoHook();
  const { post } = await startStage({ mounts: [hook.mount], publicUrl: "https://antam.example" });
  const { headers } = await post(HOOK, "{}", GENUINE);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
});

test("forgers are cut short after 600 refusals a minute, others are not", async () => {
  const { hook, post } = await withHook();
  const send = (from: string, secret: string) => post(HOOK, "{}", { "x-secret": secret, "x-forwarded-for": from });
  for (let i = 0; i < 600; i++) await send("198.51.100.1", "guess");
  const asked = hook.received.length;
  const cut = await send("10.0.0.9, 198.51.100.1", "guess");
  expect([cut.status, cut.headers.get("retry-after")]).toEqual([429, "60"]);
  expect(hook.received.length).toBe(asked);
  expect((await send("198.51.100.1, 203.0.113.5", "guess")).status).toBe(401);
  expect((await send("203.0.113.5", SECRET)).status).toBe(200);
});

test("a forger behind the same address does not silence the network", async () => {
  const { post } = await withHook();
  expect((await post(HOOK, "{}", GENUINE)).status).toBe(200);
  for (let i = 0; i < 601; i++) expect((await post(HOOK, "{}")).status).toBe(401);
  expect((await post(HOOK, "{}", GENUINE)).status).toBe(200);
});

test("every answer is counted by network and status", async () => {
  const { post, address } = await withHook();
  await post(HOOK, "{}", GENUINE);
  await post(HOOK, "{}");
  await post(HOOK, "{}");
  const figures = await (await fetch(`${address}/metrics`)).text();
  expect(figures).toContain('antam_webhook_requests_total{channel="telegram",status="200"} 1');
  expect(figures).toContain('antam_webhook_requests_total{channel="telegram",status="401"} 2');
});

test("what an adapter replies goes into the answer, and only beside 200", async () => {
  const hook = new EchoHook();
  const stage = await startStage({ mounts: [hook.mount] });
  const post = (secret: string) => stage.post(HOOK, "{}", { "x-secret": secret });
  hook.before = async () => hook.received.at(-1)?.reply?.('{"method":"wave"}');
  const taken = await post(SECRET);
  expect([taken.status, taken.headers.get("content-type"), await taken.json()]).toEqual([
    200,
    "application/json",
    { method: "wave" },
  ]);
  const refused = await post("guessed");
  expect([refused.status, await refused.text()]).toEqual([401, ""]);
});

test("closing lets an update in progress finish, and sends later ones back", async () => {
  const hook = new EchoHook();
  const door = Promise.withResolvers<void>();
  hook.before = () => door.promise;
  const { post, close } = await withHook(hook);
  const running = post(HOOK, "{}", GENUINE);
  await expect.poll(() => hook.received.length).toBe(1);
  const closed = close();
  const late = await post(HOOK, "{}", GENUINE);
  expect([late.status, late.headers.get("connection")]).toEqual([503, "close"]);
  expect(hook.received.length).toBe(1);
  door.resolve();
  expect((await running).status).toBe(200);
  await closed;
  await expect(post(HOOK, "{}", GENUINE)).rejects.toThrow();
});

test("a connection that breaks in the middle of a body has no effect", async () => {
  const { hook, port, post } = await withHook();
  const connection = rawConnection(port);
  connection.write(`POST ${HOOK} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"half":`);
  connection.end();
  await connection.gone;
  expect((await post(HOOK, "{}", GENUINE)).status).toBe(200);
  expect(hook.received.length).toBe(1);
});
