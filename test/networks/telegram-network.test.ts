import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { Api, InputFile } from "grammy";
import type { Update } from "grammy/types";
import { afterEach, describe, expect, test, vi } from "vitest";
import { startTelegramNetwork, type TelegramNetwork } from "../support/networks/telegram/network.ts";

const HOUR_MS = 3_600_000;
const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A network, the real grammY client for it, and somebody who has started the bot. */
async function opened(options: { rated?: boolean } = {}) {
  const network = await startTelegramNetwork(options);
  closing.push(() => network.close());
  const api = new Api(network.token, { apiRoot: network.root });
  const phone = network.phone("Lan");
  phone.start();
  return { network, api, phone, chat: Number(phone.chat) };
}

/** Calls a method past grammY's types. */
async function call(network: TelegramNetwork, method: string, body: unknown, token = network.token) {
  const response = await fetch(`${network.root}/bot${token}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
}

function refused(code: number, description: string, parameters: object = {}): unknown {
  return expect.objectContaining({ error_code: code, description, parameters });
}

describe("messages", () => {
  test("shows what was sent, how it was sent, and what an edit made of it", async () => {
    const { network, api, phone, chat } = await opened();
    const reply_markup = {
      inline_keyboard: [[{ text: "Có", callback_data: "1" }], [{ text: "Không", callback_data: "2" }]],
    };
    const sent = await api.sendMessage(chat, "Bạn khỏe không?", {
      reply_markup,
      disable_notification: true,
      protect_content: true,
      entities: [{ type: "bold", offset: 0, length: 3 }],
    });
    expect(phone.screen().at(-1)).toMatchObject({
      from: "bot",
      text: "Bạn khỏe không?",
      buttons: ["Có", "Không"],
      silent: true,
      protected: true,
    });
    await api.editMessageText(chat, sent.message_id, "Cảm ơn bạn.");
    expect(phone.screen().at(-1)).toMatchObject({ id: String(sent.message_id), text: "Cảm ơn bạn.", buttons: [] });
    expect(phone.received().map(({ text }) => text)).toEqual(["Bạn khỏe không?"]);
    expect(network.refusals).toEqual([]);
  });

  test("takes files by upload, by name and by address", async () => {
    const { network, api, phone, chat } = await opened();
    const photo = await api.sendPhoto(chat, new InputFile(PNG, "tranh ảnh.png"), { caption: "Ảnh" });
    await api.sendPhoto(chat, photo.photo[0]?.file_id ?? "");
    await api.sendPhoto(chat, "https://example.org/a.png");
    await api.sendDocument(chat, new InputFile(Buffer.from("đơn"), "Đơn đề nghị.docx"), {
      reply_markup: { inline_keyboard: [[{ text: "Xong", callback_data: "x" }]] },
    });
    const [first, second, third, fourth] = phone.received();
    expect(first).toMatchObject({ text: "Ảnh", picture: { bytes: PNG } });
    expect(second?.picture?.bytes).toEqual(PNG);
    expect(third?.picture?.url).toBe("https://example.org/a.png");
    expect(fourth).toMatchObject({ file: { name: "Đơn đề nghị.docx", bytes: Buffer.from("đơn") }, buttons: ["Xong"] });
    await expect(api.sendPhoto(chat, new InputFile(Buffer.from("<svg/>"), "a.svg"))).rejects.toEqual(
      refused(400, "Bad Request: IMAGE_PROCESS_FAILED"),
    );
    expect(network.refusals).toHaveLength(1);
  });

  test.each([
    ["an empty text", { text: "" }, "message text is empty"],
    ["spaces only", { text: " \n " }, "text must be non-empty"],
    ["a text that is too long", { text: "a".repeat(4_097) }, "message is too long"],
    ["an unknown chat", { chat_id: 4, text: "a" }, "chat not found"],
    [
      "an entity beyond the end",
      { text: "ab", entities: [{ type: "bold", offset: 1, length: 2 }] },
      "entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 3",
    ],
    ["65 bytes of data", { text: "a", reply_markup: keys({ callback_data: "a".repeat(65) }) }, "BUTTON_DATA_INVALID"],
    [
      "a button with two actions",
      { text: "a", reply_markup: keys({ callback_data: "a", url: "https://example.org" }) },
      "BUTTON_TYPE_INVALID",
    ],
    [
      "a button without action",
      { text: "a", reply_markup: keys({}) },
      "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    ["a telephone link", { text: "a", reply_markup: keys({ url: "tel:111" }) }, "BUTTON_URL_INVALID"],
    [
      "an address of this machine",
      { text: "a", reply_markup: keys({ url: "http://127.0.0.1/a" }) },
      "BUTTON_URL_INVALID",
    ],
    [
      "a button without words",
      { text: "a", reply_markup: keys({ text: " ", callback_data: "a" }) },
      "inline keyboard button text must be non-empty",
    ],
    [
      "101 buttons",
      { text: "a", reply_markup: { inline_keyboard: [Array(101).fill({ text: "a", callback_data: "a" })] } },
      "reply markup is too long",
    ],
    ["a wrong parse_mode", { text: "a", parse_mode: "bbcode" }, "unsupported parse_mode"],
  ])("refuses %s", async (_, body, why) => {
    const { network, phone } = await opened();
    const answer = await call(network, "sendMessage", { chat_id: phone.chat, ...body });
    expect(answer).toEqual({ status: 400, ok: false, error_code: 400, description: `Bad Request: ${why}` });
    expect(network.refusals).toEqual([{ method: "sendMessage", why: `400 Bad Request: ${why}` }]);
    expect(phone.received()).toEqual([]);
  });

  test("lets pass but records what the API does not know", async () => {
    const { network, phone } = await opened();
    const button = { text: "Có", callback_data: "1", colour: "red" };
    const body = {
      chat_id: phone.chat,
      text: "a",
      silent: true,
      parse_mode: "HTML",
      reply_markup: { inline_keyboard: [[button]] },
    };
    expect(await call(network, "sendMessage", body)).toMatchObject({ ok: true });
    expect(network.refusals.map(({ why }) => why)).toEqual([
      "unknown field silent",
      "parse_mode: text is to be sent plain or with entities",
      "unknown field inline_keyboard.0.0.colour",
    ]);
    expect(await call(network, "sendMesage", body)).toMatchObject({ status: 404 });
    expect(await call(network, "sendMessage", body, "1:wrong")).toMatchObject({
      status: 401,
      description: "Unauthorized",
    });
    expect(network.calls).toEqual(new Map([["sendMessage", 1]]));
  });

  test("refuses edits that change nothing, of messages of others and of deleted ones", async () => {
    const { network, api, phone, chat } = await opened();
    const { message_id } = await api.sendMessage(chat, "a");
    await expect(api.editMessageText(chat, message_id, "a")).rejects.toThrow("message is not modified");
    await expect(api.editMessageText(chat, Number(phone.screen()[0]?.id), "b")).rejects.toThrow(
      "message can't be edited",
    );
    await api.deleteMessage(chat, message_id);
    await expect(api.editMessageText(chat, message_id, "b")).rejects.toThrow("message to edit not found");
    expect(network.refusals.map(({ why }) => why)).toEqual(["400 Bad Request: message can't be edited"]);
  });

  test("deletes what both wrote in the last 48 hours; one older message spoils a list", async () => {
    const { network, api, phone, chat } = await opened();
    await api.sendMessage(chat, "cũ");
    network.advance(48 * HOUR_MS);
    phone.type("mới");
    await api.sendMessage(chat, "mới hơn");
    const ids = phone.screen().map(({ id }) => Number(id));
    await expect(api.deleteMessage(chat, ids[0] ?? 0)).rejects.toThrow("message can't be deleted for everyone");
    await expect(api.deleteMessages(chat, ids)).rejects.toThrow("message can't be deleted for everyone");
    expect(phone.screen()).toHaveLength(4);
    await api.deleteMessages(chat, [...ids.slice(2), 99_999]);
    expect(phone.screen().map(({ text }) => text)).toEqual(["/start", "cũ"]);
    expect(phone.received()).toHaveLength(2);
  });
});

function keys(button: object) {
  return { inline_keyboard: [[{ text: "Có", ...button }]] };
}

describe("people", () => {
  test("press buttons, type labels of keyboards and share their place", async () => {
    const { api, phone, chat } = await opened();
    const { message_id } = await api.sendMessage(chat, "Bạn ở đâu?", {
      reply_markup: { inline_keyboard: [[{ text: "Có", callback_data: "c1" }]] },
    });
    await api.sendMessage(chat, "Hoặc gửi vị trí.", {
      reply_markup: {
        keyboard: [["Bỏ qua"], [{ text: "Gửi vị trí", request_location: true }]],
        one_time_keyboard: true,
      },
    });
    expect(phone.keyboard()).toEqual(["Bỏ qua", "Gửi vị trí"]);
    phone.press("Có");
    phone.press("Gửi vị trí");
    expect(phone.keyboard()).toEqual([]);
    expect(() => phone.press("Bỏ qua")).toThrow();
    const [start, press, place] = await api.getUpdates();
    expect(start?.message).toMatchObject({
      text: "/start",
      from: { language_code: "vi" },
      entities: [{ type: "bot_command", length: 6 }],
    });
    expect(press?.callback_query).toMatchObject({ data: "c1", message: { message_id } });
    expect(place?.message?.location).toBeDefined();
    await api.answerCallbackQuery(press?.callback_query?.id ?? "", { text: "Đã nhận" });
    expect(phone.answers()).toEqual([{ text: "Đã nhận", alert: false }]);
    await expect(api.answerCallbackQuery("1")).rejects.toThrow("query is too old");
  });

  test("block, come back, leave for good; strangers cannot be written to", async () => {
    const { network, api, phone, chat } = await opened();
    phone.block();
    await expect(api.sendMessage(chat, "a")).rejects.toEqual(refused(403, "Forbidden: bot was blocked by the user"));
    phone.start("to-7");
    await api.sendMessage(chat, "a");
    phone.deactivate();
    await expect(api.sendMessage(chat, "a")).rejects.toEqual(refused(403, "Forbidden: user is deactivated"));
    expect(network.refusals).toEqual([]);
    await expect(api.sendMessage(network.phone("Lạ").chat, "a")).rejects.toThrow("bot can't initiate conversation");
    const updates = await api.getUpdates();
    expect(updates.map((update) => update.my_chat_member?.new_chat_member.status ?? update.message?.text)).toEqual([
      "/start",
      "kicked",
      "member",
      "/start to-7",
    ]);
  });

  test("add the bot to groups, which become supergroups", async () => {
    const { network, api, phone } = await opened();
    const group = network.addToGroup(phone);
    group.type("/menu");
    await api.sendMessage(group.chat, "Hãy nhắn riêng cho tôi.");
    const next = group.upgrade();
    await expect(api.sendMessage(group.chat, "a")).rejects.toEqual(
      refused(400, "Bad Request: group chat was upgraded to a supergroup chat", { migrate_to_chat_id: Number(next) }),
    );
    await api.leaveChat(next);
    await expect(api.sendMessage(next, "a")).rejects.toThrow("bot is not a member of the supergroup chat");
    const updates = await api.getUpdates({ allowed_updates: ["message"] });
    expect(updates[1]?.my_chat_member?.chat.type).toBe("group");
    expect(updates.at(-1)?.message?.migrate_from_chat_id).toBe(Number(group.chat));
  });
});

describe("polling", () => {
  test("gives updates until the offset confirms them, and waits for the next", async () => {
    const { network, api, phone } = await opened();
    const [first] = await api.getUpdates({ timeout: 5 });
    expect(await api.getUpdates()).toHaveLength(1);
    const next = api.getUpdates({ offset: (first?.update_id ?? 0) + 1, timeout: 5 });
    await vi.waitFor(() => expect(network.waiting()).toBe(0));
    phone.type("chào");
    const [second] = await next;
    expect(second?.message?.text).toBe("chào");
    expect(second?.update_id).toBeGreaterThan(first?.update_id ?? 0);
  });

  test("ends the older of two polls, and all while a webhook is set", async () => {
    const { api } = await opened();
    const [update] = await api.getUpdates();
    const offset = (update?.update_id ?? 0) + 1;
    const older = api.getUpdates({ offset, timeout: 5 });
    const ended = expect(older).rejects.toThrow("terminated by other getUpdates request");
    await pause(20);
    const newer = api.getUpdates({ offset, timeout: 5 });
    await ended;
    const stopped = expect(newer).rejects.toThrow("terminated by setWebhook request");
    await api.setWebhook("http://127.0.0.1:9/");
    await stopped;
    await expect(api.getUpdates()).rejects.toEqual(expect.objectContaining({ error_code: 409 }));
    await api.deleteWebhook();
    expect(await api.getUpdates({ offset })).toEqual([]);
  });

  test("gives an acknowledged update once more when it should", async () => {
    const { network, api } = await opened();
    network.faults.redelivered = 1;
    const [first] = await api.getUpdates();
    const offset = (first?.update_id ?? 0) + 1;
    expect(await api.getUpdates({ offset, timeout: 2 })).toEqual([first]);
    expect(await api.getUpdates({ offset })).toEqual([]);
    expect(network.waiting()).toBe(0);
  });
});

/** A webhook of a bot: answers with what `judge` says. */
async function webhook(judge: (update: Update) => number | Promise<number>) {
  const headers: IncomingMessage["headers"][] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers);
    void buffer(request).then(async (body) => {
      response.writeHead(await judge(JSON.parse(body.toString()) as Update)).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, headers };
}

describe("webhook", () => {
  test("is called with the secret, in order within a chat, until it answers 200", async () => {
    const { network, api, phone } = await opened();
    const seen: string[] = [];
    let refusals = 2;
    const hook = await webhook((update) => {
      if (update.message?.from.first_name === "Lan" && refusals-- > 0) return 503;
      seen.push(update.message?.text ?? "");
      return 200;
    });
    for (const text of ["một", "hai", "ba"]) phone.type(text);
    network.phone("Mai").type("khác");
    await api.setWebhook(hook.url, { secret_token: "s3cret_-" });
    await vi.waitFor(() => expect(network.waiting()).toBe(0), 3_000);
    expect(seen).toEqual(["khác", "/start", "một", "hai", "ba"]);
    expect(new Set(hook.headers.map((header) => header["x-telegram-bot-api-secret-token"]))).toEqual(
      new Set(["s3cret_-"]),
    );
    expect(await api.getWebhookInfo()).toMatchObject({
      url: hook.url,
      pending_update_count: 0,
      last_error_message: "Wrong response from the webhook: 503 Service Unavailable",
    });
    await expect(api.setWebhook("http://example.org/")).rejects.toThrow("An HTTPS URL must be provided");
    await expect(api.setWebhook(hook.url, { secret_token: "a b" })).rejects.toThrow("unallowed characters");
  });

  test("comes again when the connection was cut, and once more when it should", async () => {
    const { network, api, phone } = await opened();
    const seen = new Map<number, number>();
    const hook = await webhook(async (update) => {
      seen.set(update.update_id, (seen.get(update.update_id) ?? 0) + 1);
      return 200;
    });
    Object.assign(network.faults, { redelivered: 1, webhookCut: 0.3 });
    for (let i = 0; i < 10; i++) phone.type(String(i));
    await api.setWebhook(hook.url);
    await vi.waitFor(() => expect(network.waiting()).toBe(0), 10_000);
    expect(seen.size).toBe(11);
    expect(Math.min(...seen.values())).toBeGreaterThanOrEqual(2);
  });
});

describe("rates", () => {
  test("refuses a burst to one chat and says how long to wait", async () => {
    const { network, api, chat } = await opened();
    for (let i = 0; i < 4; i++) await api.sendMessage(chat, String(i));
    await expect(api.sendMessage(chat, "quá nhanh")).rejects.toEqual(
      refused(429, "Too Many Requests: retry after 1", { retry_after: 1 }),
    );
    expect(network.refusals).toEqual([{ method: "sendMessage", why: "429 Too Many Requests: retry after 1" }]);
    network.advance(1_000);
    await api.sendMessage(chat, "vừa");
  });

  test("refuses the 31st message of a second, to whomever", async () => {
    const { network, api } = await opened();
    const chats = Array.from({ length: 31 }, (_, i) => network.phone(`Người ${i}`));
    for (const phone of chats) phone.start();
    const results = await Promise.allSettled(chats.map((phone) => api.sendMessage(phone.chat, "a")));
    expect(results.filter(({ status }) => status === "rejected")).toHaveLength(1);
    network.advance(1_000);
    await api.sendMessage(chats[30]?.chat ?? "", "a");
  });
});

describe("faults", () => {
  test("cut a call before or after its effect; what nobody can know is named", async () => {
    const { network, api, phone, chat } = await opened();
    network.faults.cutBefore = 1;
    await expect(api.sendMessage(chat, "a")).rejects.toThrow("Network request");
    expect(phone.received()).toEqual([]);
    Object.assign(network.faults, { cutBefore: 0, cutAfter: 1 });
    await expect(api.sendMessage(chat, "b")).rejects.toThrow("Network request");
    expect([...network.unknowable]).toEqual(phone.received().map(({ id }) => id));
  });

  test("answer with 500, 429 or nothing at all, without blaming the bot", async () => {
    const { network, api } = await opened();
    network.faults.failing = 1;
    await expect(api.getMe()).rejects.toEqual(refused(500, "Internal Server Error"));
    Object.assign(network.faults, { failing: 0, tooMany: 1 });
    await expect(api.getMe()).rejects.toEqual(refused(429, "Too Many Requests: retry after 1", { retry_after: 1 }));
    Object.assign(network.faults, { tooMany: 0, latencyMs: 60 });
    const before = performance.now();
    expect(await api.getMe()).toMatchObject({ is_bot: true, username: network.username });
    expect(performance.now() - before).toBeGreaterThan(55);
    await network.offline(true);
    await pause(20);
    await expect(api.getMe()).rejects.toMatchObject({ error: { code: "ECONNREFUSED" } });
    await network.offline(false);
    await api.getMe();
    expect(network.refusals).toEqual([]);
  });
});

test("keeps what the bot says about itself, in each language", async () => {
  const { network, api } = await opened();
  await api.setMyCommands([{ command: "giup", description: "Cần giúp" }], { language_code: "vi" });
  await api.setMyCommands([{ command: "help", description: "Help" }]);
  expect(await api.getMyCommands({ language_code: "vi" })).toEqual([{ command: "giup", description: "Cần giúp" }]);
  expect([network.commands("vi"), network.commands("en")]).toEqual([["giup"], ["help"]]);
  await api.setMyDescription("Mô tả", { language_code: "vi" });
  await api.setMyShortDescription("Ngắn");
  expect(await api.getMyDescription({ language_code: "vi" })).toEqual({ description: "Mô tả" });
  expect(await api.getMyDescription()).toEqual({ description: "" });
  await expect(api.setMyCommands([{ command: "Giúp", description: "a" }])).rejects.toThrow("BOT_COMMAND_INVALID");
  await expect(api.setMyShortDescription("a".repeat(121))).rejects.toThrow("too long");
});
