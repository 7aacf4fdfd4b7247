import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { slim } from "../../src/channels/web/assets.ts";
import { WEB_TEXTS } from "../../src/channels/web/texts.ts";
import { StoreError } from "../../src/errors.ts";
import type { Input } from "../../src/flow/input.ts";
import { FakeBot, message } from "./fake-bot.ts";
import { type RunningWeb, startWeb, webTexts } from "./start-web.ts";

const { help_hint: HINT } = webTexts("vi");
const TOKEN = "abcdefghijklmnopqrstuv";
let web: RunningWeb | undefined;

afterEach(async () => {
  await web?.close();
  web = undefined;
});

const Answer = z.object({
  messages: z.array(z.object({ seq: z.int(), text: z.string() })),
  keep: z.boolean().optional(),
  restarted: z.boolean().optional(),
});

const Problem = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string() }),
  help: z.strictObject({ message: z.string(), calls: z.array(z.strictObject({ label: z.string(), tel: z.string() })) }),
});

let ids = 0;
const newId = () => `00000000-0000-4000-8000-${String(++ids).padStart(12, "0")}`;

function post(input: Input, options: { id?: string; after?: number; token?: string } = {}): Promise<Response> {
  const { id = newId(), after = 0, token = TOKEN } = options;
  return fetch(`${web?.url}/api/chat`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ id, lang: "vi", input, after }),
  });
}

async function seqs(response: Response): Promise<readonly number[]> {
  return Answer.parse(await response.json()).messages.map(({ seq }) => seq);
}

const say = (text: string): Input => ({ kind: "text", text });

test("an input is answered with its messages, place and whether to stay known", async () => {
  web = await startWeb();
  const response = await post({ kind: "start", payload: "quiz" });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    messages: [{ seq: 1 }, { seq: 2, choices: [{ label: "Đố vui" }, {}, {}] }],
    flow: "talk",
    node: "menu",
    keep: false,
    restarted: false,
  });
});

test("a retry with the same id has no second effect and gives the messages again", async () => {
  web = await startWeb();
  await post({ kind: "start" });
  const id = newId();
  expect(await seqs(await post(say("một"), { id, after: 2 }))).toEqual([3]);
  expect(await seqs(await post(say("một"), { id, after: 2 }))).toEqual([3]);
  expect(web.bot.texts).toEqual(["một"]);
});

test("a message is given until the browser says that it shows it", async () => {
  web = await startWeb();
  await post({ kind: "start" });
  expect(await web.bot.pending(TOKEN, 0)).toHaveLength(2);
  await post(say("một"), { after: 2 });
  expect((await web.bot.pending(TOKEN, 0)).map(({ seq }) => seq)).toEqual([3]);
});

test("numbering that began again is told, on the first try and on a retry", async () => {
  web = await startWeb();
  const id = newId();
  const first = Answer.parse(await (await post({ kind: "start" }, { id, after: 9 })).json());
  const retry = Answer.parse(await (await post({ kind: "start" }, { id, after: 9 })).json());
  for (const answer of [first, retry]) {
    expect(answer.restarted).toBe(true);
    expect(answer.messages.map(({ seq }) => seq)).toEqual([1, 2]);
  }
});

test("an open poll gives a message that comes by itself, and acknowledges what is shown", async () => {
  web = await startWeb();
  await post({ kind: "start" });
  const poll = fetch(`${web.url}/api/chat?after=2`, { headers: { authorization: `Bearer ${TOKEN}` } });
  await expect.poll(async () => (await web?.bot.pending(TOKEN, 0))?.length).toBe(0);
  web.bot.push(TOKEN, "Chào buổi sáng");
  expect(await seqs(await poll)).toEqual([3]);
});

test("closing ends open polls at once with an empty answer", async () => {
  let looks = 0;
  const running = await startWeb({
    pending: async () => {
      looks++;
      return [];
    },
  });
  const poll = fetch(`${running.url}/api/chat`, { headers: { authorization: `Bearer ${TOKEN}` } });
  await expect.poll(() => looks).toBeGreaterThan(0);
  await running.close();
  expect(await seqs(await poll)).toEqual([]);
});

test("forgetting works with the token as header and as plain body", async () => {
  web = await startWeb();
  const byHeader = await fetch(`${web.url}/api/chat`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  const byBody = await fetch(`${web.url}/api/chat/forget`, { method: "POST", body: TOKEN });
  expect([byHeader.status, byBody.status]).toEqual([204, 204]);
  expect(web.bot.forgotten).toEqual([TOKEN, TOKEN]);
});

test.each([
  { name: "no token", send: () => post(say("a"), { token: "" }), status: 401, code: "unauthorised" },
  { name: "a short token", send: () => post(say("a"), { token: "abc" }), status: 401, code: "unauthorised" },
  { name: "an id that is no uuid", send: () => post(say("a"), { id: "1" }), status: 400, code: "bad_request" },
  { name: "an empty text", send: () => post(say("")), status: 400, code: "bad_request" },
  { name: "an input of the bot's own", send: () => post({ kind: "tick" }), status: 400, code: "bad_request" },
  { name: "4,001 characters", send: () => post(say("ế".repeat(4001))), status: 413, code: "too_long" },
  { name: "a huge body", send: () => post(say("ế".repeat(40_000))), status: 413, code: "too_long" },
  { name: "an unknown address", send: () => fetch(`${web?.url}/api/nothing`), status: 404, code: "not_found" },
])("$name is refused with $status, in words, with the way to help", async ({ send, status, code }) => {
  web = await startWeb();
  const response = await send();
  expect(response.status).toBe(status);
  const problem = Problem.parse(await response.json());
  expect(problem.error).toEqual({ code, message: webTexts("vi")[`error_${code}`] });
  expect(problem.help.message).toBe(HINT);
  expect(problem.help.calls).toHaveLength(1);
  expect(web.bot.inputs).toEqual([]);
});

test("4,000 characters with Vietnamese marks, decomposed, are accepted", async () => {
  web = await startWeb();
  expect((await post(say("ế".normalize("NFD").repeat(1333)))).status).toBe(200);
});

test("a flood is told to wait, but a call for help always gets through", async () => {
  const limits = { repeatsPer10Seconds: 3, perSessionPerMinute: 6, perAddressPerMinute: 1000 };
  web = await startWeb({ limits });
  for (let i = 0; i < 3; i++) expect((await post(say("a"))).status).toBe(200);
  const repeated = await post(say("a"));
  expect(repeated.status).toBe(429);
  expect(Number(repeated.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Problem.parse(await repeated.json()).help.message).toBe(HINT);
  expect((await post(say("b"))).status).toBe(200);
  expect((await post(say("c"))).status).toBe(200);
  expect((await post(say("d"))).status).toBe(429);
  for (let i = 0; i < 10; i++) expect((await post(say("giúp tôi"))).status).toBe(200);
  for (let i = 0; i < 10; i++) expect((await post({ kind: "choice", token: "::help" })).status).toBe(200);
});

test("one address behind a proxy does not use up another's allowance", async () => {
  web = await startWeb({ limits: { repeatsPer10Seconds: 99, perSessionPerMinute: 99, perAddressPerMinute: 1 } });
  const poll = (from: string) =>
    fetch(`${web?.url}/api/chat?after=x`, { headers: { authorization: `Bearer ${TOKEN}`, "x-forwarded-for": from } });
  expect((await poll("10.0.0.1")).status).toBe(400);
  expect((await poll("10.0.0.1")).status).toBe(429);
  expect((await poll("10.0.0.2")).status).toBe(400);
});

test("a failing store is answered with 503 and a time to try again; the log holds no words and no token", async () => {
  const handle = async () => {
    throw new StoreError("the words: bí mật");
  };
  web = await startWeb({ handle });
  const response = await post(say("bí mật"));
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "2"]);
  await expect.poll(() => web?.logged.length).toBe(2);
  const log = web.logged.join("");
  expect(log).toContain('"route":"/api/chat"');
  for (const secret of ["bí mật", TOKEN, "127.0.0.1", "words"]) expect(log).not.toContain(secret);
});

test("the log of a request has route, status and time, and not the query", async () => {
  web = await startWeb();
  await fetch(`${web.url}/?start=quiz&lang=en`);
  await expect.poll(() => web?.logged.length).toBe(1);
  const line: unknown = JSON.parse(web.logged[0] ?? "");
  expect(line).toMatchObject({ route: "/", status: 200 });
  expect(line).toHaveProperty("ms");
  expect(web.logged[0]).not.toContain("quiz");
});

test("the page is closed in: strict policy, no frame, no cookie, no store, no referrer, escaped texts", async () => {
  const urgentCalls = () => [{ label: '"><script>', tel: "1" }];
  web = await startWeb({ urgentCalls });
  const response = await fetch(`${web.url}/?lang=en&start=%22onload`);
  const { headers } = response;
  expect(headers.get("content-security-policy")).toBe(
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self';media-src 'self';connect-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  );
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("x-frame-options")).toBe("DENY");
  expect(headers.get("set-cookie")).toBeNull();
  expect(headers.get("access-control-allow-origin")).toBeNull();
  const page = await response.text();
  expect(page).toContain('<html lang="en">');
  expect(page).toContain("<title>An Tâm</title>");
  expect(page).not.toContain('"><script>');
  expect(page).not.toContain("onload");
});

test("other pages may use the widget from the permitted origins only", async () => {
  web = await startWeb({ embedOrigins: ["https://xa.example"] });
  const allowed = async (origin: string, path: string) =>
    (await fetch(`${web?.url}${path}`, { headers: { origin } })).headers.get("access-control-allow-origin");
  expect(await allowed("https://xa.example", "/widget/chat.js")).toBe("https://xa.example");
  expect(await allowed("https://xa.example", "/api/config")).toBe("https://xa.example");
  expect(await allowed("https://other.example", "/api/config")).toBeNull();
  const preflight = await fetch(`${web.url}/api/chat`, {
    method: "OPTIONS",
    headers: { origin: "https://xa.example" },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-headers")).toBe("authorization, content-type");
});

test("the browser files are served small, typed, packed and not sent twice", async () => {
  web = await startWeb();
  const files = ["embed.js", "widget/chat.js", "widget/line.js", "widget/memory.js", "widget/view.js"];
  let bytes = 0;
  for (const file of files) bytes += (await (await fetch(`${web.url}/${file}`)).arrayBuffer()).byteLength;
  expect(bytes).toBeLessThan(15_000);
  const first = await fetch(`${web.url}/widget/chat.js`);
  expect(first.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(first.headers.get("content-encoding")).toBe("gzip");
  const etag = first.headers.get("etag") ?? "";
  expect((await fetch(`${web.url}/widget/chat.js`, { headers: { "if-none-match": etag } })).status).toBe(304);
  expect((await fetch(`${web.url}/jsconfig.json`)).status).toBe(404);
});

test("slimming takes whole-line comments, indentation, types and line ends after a statement only", () => {
  expect(
    slim("/** a\n * b\n */\nlet x = 1; // c;\n\n  let y = '/* d */';\n  // e\nf(\n  /** @type {G} */ (g),\n);\n"),
  ).toBe("let x = 1; // c;\nlet y = '/* d */';f(\n(g),);");
});

test("texts: both languages have exactly the texts that are used", () => {
  for (const lang of ["vi", "en"] as const) expect(Object.keys(webTexts(lang)).sort()).toEqual([...WEB_TEXTS].sort());
});

test("a missing text stops the start with its name", async () => {
  await expect(startWeb({ texts: () => ({ title: "x" }) })).rejects.toThrow(/quick_exit/);
});

test("the health address answers", async () => {
  web = await startWeb({}, new FakeBot(() => [message("x")]));
  expect(await (await fetch(`${web.url}/healthz`)).json()).toEqual({ ok: true });
});

test("an address that is taken is told plainly, with what to do", async () => {
  web = await startWeb();
  const port = Number(new URL(web.url).port);
  await expect(startWeb({ port })).rejects.toMatchObject({
    code: "address_unusable",
    message: expect.stringContaining("set PORT") as string,
  });
});
