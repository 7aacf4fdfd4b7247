import { createHash } from "node:crypto";
import axios from "axios";
import { afterEach, expect, test } from "vitest";
import { startZaloOaNetwork, type ZaloOaNetwork } from "../support/networks/zalo-oa/network.ts";
import type { ZaloOaOptions } from "../support/networks/zalo-oa/state.ts";
import { startCatcher, until } from "./catcher.ts";

const DAY_MS = 86_400_000;
const PNG = Buffer.from("\x89PNG\r\n\x1a\n and so on", "latin1");
const VERIFIER = "v".repeat(43);
const CONSOLE = {
  callback: "https://antam.example/webhooks/zalo-oa/login",
  challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
};

/** Matchers have no type of their own. */
const SOME_TEXT: unknown = expect.any(String);
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(options: ZaloOaOptions = {}) {
  const network = await startZaloOaNetwork(options);
  opened.push(network);
  return { network, api: apiOf(network, network.issuePair().accessToken) };
}

async function openHook(options: ZaloOaOptions = {}) {
  const { network, api } = await open(options);
  const catcher = await startCatcher();
  opened.push(catcher);
  expect(await network.saveWebhook(catcher.url)).toBe(200);
  return { network, api, catcher };
}

/** A call with a token; GET parameters and bodies as the reference shows them. */
function apiOf({ root }: ZaloOaNetwork, token: string) {
  const headers = { access_token: token };
  return {
    get: async (path: string, data?: object): Promise<unknown> =>
      (await axios.get<unknown>(root + path, { headers, params: data && { data: JSON.stringify(data) } })).data,
    post: async (path: string, body: object): Promise<unknown> =>
      (await axios.post<unknown>(root + path, body, { headers })).data,
    say: async (user: string, message: object): Promise<unknown> =>
      (await axios.post<unknown>(`${root}/v3.0/oa/message/cs`, { recipient: { user_id: user }, message }, { headers }))
        .data,
  };
}

async function tokens({ root, appId, appSecret }: ZaloOaNetwork, fields: Record<string, string>): Promise<unknown> {
  const form = new URLSearchParams({ app_id: appId, ...fields });
  const { data } = await axios.post<unknown>(`${root}/v4/oa/access_token`, form, {
    headers: { secret_key: appSecret },
  });
  return data;
}

const buttons = (n: number) => ({
  type: "template",
  payload: {
    buttons: Array.from({ length: n }, (_, i) => ({ title: `Nút ${i}`, type: "oa.query.hide", payload: `a:b:${i}` })),
  },
});
const media = (element: object) => ({ type: "template", payload: { template_type: "media", elements: [element] } });

test("gives a pair for a code once, to the verifier whose challenge the console has", async () => {
  const { network } = await open();
  network.saveConsole(CONSOLE);
  const agreed = await network.consent(network.consentLink("kept"));
  expect(agreed).toMatchObject({ oaId: network.oaId, state: "kept" });
  const grant = { grant_type: "authorization_code", code: agreed.code, code_verifier: VERIFIER };
  const pair = await tokens(network, grant);
  expect(pair).toMatchObject({ access_token: SOME_TEXT, expires_in: "90000" });
  expect(await tokens(network, grant)).not.toHaveProperty("access_token");
  const other = await network.consent(network.consentLink());
  expect(await tokens(network, { ...grant, code: other.code, code_verifier: "w".repeat(43) })).toHaveProperty("error");
  const late = await network.consent(network.consentLink());
  network.forward(11 * 60_000);
  expect(await tokens(network, { ...grant, code: late.code })).toHaveProperty("error_reason");
  const elsewhere = network.consentLink().replace("antam.example", "other.example");
  await expect(network.consent(elsewhere)).rejects.toThrow("-14003");
});

test("turns the pair over at each refresh and never takes a refresh token twice", async () => {
  const { network } = await open();
  const first = network.issuePair();
  const grant = { grant_type: "refresh_token", refresh_token: first.refreshToken };
  expect(await apiOf(network, first.accessToken).get("/v2.0/oa/getoa")).toMatchObject({ data: { oaid: network.oaId } });
  expect(await tokens(network, grant)).toHaveProperty("refresh_token");
  expect(await apiOf(network, first.accessToken).get("/v2.0/oa/getoa")).toMatchObject({ error: -216 });
  expect(await tokens(network, grant)).not.toHaveProperty("access_token");

  const second = network.issuePair();
  network.forward(25 * 3_600_000);
  expect(await apiOf(network, second.accessToken).get("/v2.0/oa/getoa")).toMatchObject({ error: -220 });
  network.killRefresh();
  expect(await tokens(network, { ...grant, refresh_token: second.refreshToken })).toHaveProperty("error");
  expect(network.refusals).toEqual([]);
  expect(await apiOf(network, "never issued").get("/v2.0/oa/getoa")).toMatchObject({ error: -216 });
  expect(network.refusals).toHaveLength(1);
});

test("signs the exact bytes by every variant, after an unsigned probe", async () => {
  for (const options of [{}, { signWith: "header" }, { signId: "oa" }, { prefix: false }, { ids: "number" }] as const) {
    const { network, catcher } = await openHook(options);
    network.phone("lan").type("xin chào");
    await until(() => network.waiting() === 0);
    const [probe, event] = catcher.calls;
    expect(probe?.body.toString()).toBe("{}");
    expect(probe?.headers["x-zevent-signature"]).toBeUndefined();
    const body = event?.body.toString() ?? "";
    const written = /"timestamp":"(\d+)"/.exec(body)?.[1] ?? "";
    const timestamp = "signWith" in options ? String(event?.headers["x-zevent-timestamp"]) : written;
    const id = "signId" in options ? network.oaId : network.appId;
    const hex = createHash("sha256").update(`${id}${body}${timestamp}${network.oaSecretKey}`).digest("hex");
    expect(event?.headers["x-zevent-signature"]).toBe("prefix" in options ? hex : `mac=${hex}`);
    expect(body).toContain("ids" in options ? '"sender":{"id":25' : '"sender":{"id":"25');
  }
});

test("repeats an event with num_retry until it gets exactly 200", async () => {
  const { network, catcher } = await openHook();
  catcher.statuses.push(503, 204);
  network.phone("lan").location(21.03, 105.85);
  await until(() => network.waiting() === 0);
  expect(catcher.calls.map(({ headers }) => headers["num_retry"])).toEqual([undefined, undefined, "1", "2"]);
  expect(catcher.bodies().at(-1)).toMatchObject({
    event_name: "user_send_location",
    message: { attachments: [{ payload: { coordinates: { latitude: "21.0300000" } } }] },
  });
});

test("switches the webhook off when the real one would", async () => {
  const { network, catcher } = await openHook({ givesUp: true, retryMs: [1, 2, 3, 4, 5] });
  catcher.statuses.push(...Array<number>(6).fill(500));
  network.phone("lan").type("xin chào");
  await until(() => network.webhook === null);
  expect([catcher.calls.length, network.waiting()]).toEqual([7, 0]);
});

test("records an answer that takes longer than 2 s, and repeats the event", async () => {
  const { network, catcher } = await openHook();
  catcher.delayMs = 2_200;
  network.phone("lan").type("xin chào");
  await until(() => network.refusals.length > 0);
  catcher.delayMs = 0;
  await until(() => network.waiting() === 0);
  expect(network.refusals).toEqual([{ method: "webhook", why: "no answer within 2000 ms" }]);
});

test("reports everything a person can do, and echoes what the bot sends", async () => {
  const { network, api, catcher } = await openHook();
  const lan = network.phone("lan");
  const { start, sticker, photo, voice, link, video, gif, file, businessCard, unsupported, chatNow, submitInfo } = lan;
  for (const act of [
    start,
    sticker,
    photo,
    voice,
    link,
    video,
    gif,
    file,
    businessCard,
    unsupported,
    chatNow,
    submitInfo,
  ])
    act();
  network.anonymous("xin chào");
  await until(() => network.waiting() === 0);
  expect(await api.say(lan.chat, { text: "Chào bạn." })).toMatchObject({
    error: 0,
    data: { message_id: SOME_TEXT, quota: { quota_type: "reply", remain: 7, total: 8 } },
  });
  lan.block();
  await until(() => network.waiting() === 0);
  const names = catcher.bodies().map((body) => /"event_name":"(\w+)"/.exec(JSON.stringify(body))?.[1]);
  expect(names).toHaveLength(18);
  expect(names).toEqual(
    expect.arrayContaining(["follow", "user_send_audio", "user_click_chatnow", "user_submit_info"]),
  );
  expect(names.slice(-4)).toEqual(["oa_send_text", "user_received_message", "user_seen_message", "unfollow"]);
  expect(await api.say(lan.chat, { text: "Bạn ơi." })).toMatchObject({ error: -217 });
  expect(network.refusals).toEqual([]);
});

test("refuses messages that no document shows, and records it", async () => {
  const { network, api } = await open({ buttons: "accepted" });
  const lan = network.phone("lan");
  lan.type("xin chào");
  const refused = [
    [{ text: "a".repeat(2_001) }, -210],
    [{ text: "" }, -201],
    [{}, -201],
    [{ text: "x", buttons: [] }, -201],
    [{ text: "x", attachment: buttons(6) }, -210],
    [{ attachment: buttons(1) }, -201],
    [{ text: "x", attachment: { type: "file", payload: { token: "t" } } }, -201],
    [{ attachment: { type: "file", payload: { token: "t" } } }, -201],
    [{ text: "x", attachment: media({ media_type: "video", url: "https://example.org/v" }) }, -201],
    [{ attachment: { type: "template", payload: { template_type: "request_user_info", elements: [] } } }, -201],
  ] as const;
  for (const [message, error] of refused) expect(await api.say(lan.chat, message)).toMatchObject({ error });
  expect(await api.say("2500000000000000009", { text: "x" })).toMatchObject({ error: -201 });
  expect(await api.post("/v2.0/oa/message", { recipient: {}, message: {} })).toMatchObject({ error: -240 });
  expect(network.refusals).toHaveLength(refused.length + 2);
});

test("takes buttons or refuses them; a tap comes back as text", async () => {
  const plain = await open();
  const mai = plain.network.phone("mai");
  mai.type("xin chào");
  const message = { text: "1. Nút 0\n2. Nút 1", attachment: buttons(2) };
  expect(await plain.api.say(mai.chat, message)).toMatchObject({ error: -233 });
  expect(await plain.api.say(mai.chat, message)).toMatchObject({ error: -201 });
  expect(plain.network.refusals).toEqual([]);

  const { network, api, catcher } = await openHook({ buttons: "accepted", receipts: false });
  const lan = network.phone("lan");
  lan.type("xin chào");
  await api.say(lan.chat, message);
  lan.press("Nút 1");
  await api.say(lan.chat, { text: "1. Thôi" });
  lan.press("Thôi");
  await until(() => network.waiting() === 0);
  expect(catcher.bodies().slice(-2)).toMatchObject([{ message: { text: "a:b:1" } }, { message: { text: "1" } }]);
  expect(lan.received()[0]?.buttons).toEqual(["Nút 0", "Nút 1"]);
});

test("keeps the window of 7 days, the free answers and the quota", async () => {
  const { network, api } = await open({ freeReplies: 1, paidMessages: 1 });
  const lan = network.phone("lan");
  lan.type("xin chào");
  const say = () => api.say(lan.chat, { text: "x" });
  expect(await api.post("/v3.0/oa/quota/message", { user_id: lan.chat })).toMatchObject({
    data: { cs_reply: { remain: 1, total: 1 } },
  });
  expect(await say()).toMatchObject({ data: { quota: { quota_type: "reply", remain: 0 } } });
  expect(await say()).toMatchObject({ data: { quota: { quota_type: "sub_quota", remain: 0 } } });
  expect(await say()).toMatchObject({ error: -211 });
  network.forward(7 * DAY_MS + 1);
  const later = apiOf(network, network.issuePair().accessToken);
  expect(await later.say(lan.chat, { text: "x" })).toMatchObject({ error: -230 });
  lan.type("xin chào");
  expect(await later.say(lan.chat, { text: "x" })).toMatchObject({ error: 0 });
  expect(await later.get("/v3.0/oa/user/detail", { user_id: lan.chat })).toMatchObject({ data: { user_id: lan.chat } });
});

test("takes uploads of the right kind and size, and forgets them after 7 days", async () => {
  const { network } = await open();
  const lan = network.phone("lan");
  const upload = async (kind: string, bytes: Buffer, name: string): Promise<string> => {
    const form = new FormData();
    form.set("file", new Blob([new Uint8Array(bytes)]), name);
    const headers = { access_token: network.issuePair().accessToken };
    return JSON.stringify(
      (await axios.post<unknown>(`${network.root}/v2.0/oa/upload/${kind}`, form, { headers })).data,
    );
  };
  const idIn = (answer: string) => /"(?:token|attachment_id)":"([^"]+)"/.exec(answer)?.[1];
  const say = (message: object) => apiOf(network, network.issuePair().accessToken).say(lan.chat, message);
  lan.type("xin chào");
  const image = idIn(await upload("image", PNG, "p.png"));
  const letter = idIn(await upload("file", Buffer.from("%PDF-1.7 …"), "don.pdf"));
  await say({ text: "Áp phích", attachment: media({ media_type: "image", attachment_id: image }) });
  const file = { attachment: { type: "file", payload: { token: letter } } };
  await say(file);
  expect(lan.received()).toMatchObject([{ picture: { bytes: PNG } }, { file: { name: "don.pdf" } }]);
  expect(network.refusals).toEqual([]);
  expect(await upload("image", Buffer.from("%PDF-1.7 …"), "p.png")).toContain("-201");
  expect(await upload("image", Buffer.concat([PNG, Buffer.alloc(1_048_576)]), "p.png")).toContain("-210");
  network.forward(7 * DAY_MS + 1);
  lan.type("xin chào");
  expect(await say(file)).toMatchObject({ error: -100 });
});

test("counts requests in a minute, and can be too slow for its own good", async () => {
  const { network, api } = await open({ perMinute: 2 });
  const answers = [await api.get("/v2.0/oa/getoa"), await api.get("/v2.0/oa/getoa"), await api.get("/v2.0/oa/getoa")];
  expect(answers).toMatchObject([{ error: 0 }, { error: 0 }, { error: -32 }]);
  network.forward(60_000);
  network.faults.tooMany = 1;
  expect(await api.get("/v2.0/oa/getoa")).toMatchObject({ error: -32 });
  network.faults.tooMany = 0;
  network.faults.cutAfter = 1;
  await expect(api.get("/v2.0/oa/getoa")).rejects.toThrow();
  expect(network.refusals).toHaveLength(1);
});
