import { GrammyError, HttpError } from "grammy";
import { describe, expect, test } from "vitest";
import { ChannelError } from "../../src/channels/channel-error.ts";
import { toChannelError } from "../../src/channels/telegram/failures.ts";
import { inlineKeyboard, placeKeyboard } from "../../src/channels/telegram/keyboard.ts";
import { RecentChats } from "../../src/channels/telegram/recent-chats.ts";

function choices(...labels: string[]) {
  return labels.map((label, index) => ({ id: `c${index}`, label, token: `f:n:c${index}` }));
}

describe("the keyboard below a message", () => {
  test("two short labels share a row, a long one stands alone, the order stays", () => {
    const labels = [
      "Có",
      "Không",
      "Tôi muốn nói chuyện với người",
      "Bỏ qua",
      "Giữ an toàn trên mạng",
      "Menu",
      "Trợ giúp",
    ];
    const rows = inlineKeyboard({ choices: choices(...labels), links: [] })?.inline_keyboard ?? [];
    expect(rows.map((row) => row.map(({ text }) => text))).toEqual([
      ["Có", "Không"],
      ["Tôi muốn nói chuyện với người"],
      ["Bỏ qua"],
      ["Giữ an toàn trên mạng"],
      ["Menu", "Trợ giúp"],
    ]);
  });

  test("a press gives the token, a link opens its page", () => {
    const links = [{ label: "example.org", url: "https://example.org/a" }];
    expect(inlineKeyboard({ choices: choices("Có"), links })).toEqual({
      inline_keyboard: [
        [{ text: "Có", callback_data: "f:n:c0" }],
        [{ text: "example.org", url: "https://example.org/a" }],
      ],
    });
  });

  test("there is none without choices and links", () => {
    expect(inlineKeyboard({ choices: [], links: [] })).toBeUndefined();
  });

  test("a place can be shared or chosen, and the keyboard leaves after use", () => {
    expect(placeKeyboard({ choices: choices("Hà Nội", "Bỏ qua") }, "Gửi vị trí")).toEqual({
      keyboard: [[{ text: "Gửi vị trí", request_location: true }], [{ text: "Hà Nội" }, { text: "Bỏ qua" }]],
      resize_keyboard: true,
      one_time_keyboard: true,
    });
  });
});

function answered(error_code: number, description: string, parameters = {}) {
  return new GrammyError("failed", { ok: false, error_code, description, parameters }, "sendMessage", {
    text: "chồng đánh tôi",
  });
}

function broken(code: string) {
  const url = "https://api.telegram.org/bot1:secret/sendMessage";
  return new HttpError("failed", Object.assign(new Error(`request to ${url} failed`), { code }));
}

describe("a failed call", () => {
  test.each([
    [answered(429, "Too Many Requests: retry after 7", { retry_after: 7 }), "rate-limited", 7_000],
    [answered(429, "Too Many Requests"), "rate-limited", undefined],
    [answered(403, "Forbidden: bot was blocked by the user"), "unreachable", undefined],
    [answered(403, "Forbidden: user is deactivated"), "unreachable", undefined],
    [answered(403, "Forbidden: bot can't initiate conversation with a user"), "unreachable", undefined],
    [answered(400, "Bad Request: chat not found"), "unreachable", undefined],
    [answered(400, "Bad Request: message is too long"), "refused", undefined],
    [answered(413, "Request Entity Too Large"), "refused", undefined],
    [answered(401, "Unauthorized"), "unauthorised", undefined],
    [answered(404, "Not Found"), "unauthorised", undefined],
    [answered(500, "Internal Server Error"), "busy", undefined],
    [answered(502, "Bad Gateway"), "busy", undefined],
    [broken("ECONNREFUSED"), "unavailable", undefined],
    [broken("ENOTFOUND"), "unavailable", undefined],
    [broken("ECONNRESET"), "uncertain", undefined],
    [new HttpError("failed", new Error("timed out")), "uncertain", undefined],
    [new TypeError("a mistake of ours"), "refused", undefined],
    [new ChannelError("busy", "500"), "busy", undefined],
  ])("%s means %s", (error, failure, retryAfterMs) => {
    const told = toChannelError(error);
    expect(told).toMatchObject({ failure, retryAfterMs });
    expect(JSON.stringify([told, told.message, told.stack, told.cause])).not.toMatch(/secret|chồng|https/);
  });
});

describe("notes on recent chats", () => {
  const passing = { passing: true, protected: false };

  test("a question may be replaced until anybody writes something newer", () => {
    const recent = new RecentChats();
    recent.shown("1", 5, passing);
    expect(recent.isPassing("1", 5)).toBe(true);
    expect(recent.isPassing("1", 4)).toBe(false);
    expect(recent.isPassing("2", 5)).toBe(false);
    recent.heard("1", 6, "vi");
    expect(recent.isPassing("1", 5)).toBe(false);
  });

  test("an older message that arrives late changes nothing", () => {
    const recent = new RecentChats();
    recent.shown("1", 5, passing);
    recent.heard("1", 3, "vi");
    expect(recent.isPassing("1", 5)).toBe(true);
  });

  test("twenty thousand chats are remembered, those of late", () => {
    const recent = new RecentChats();
    for (let chat = 0; chat <= 20_000; chat += 1) recent.shown(String(chat), 1, passing);
    expect(recent.isPassing("0", 1)).toBe(false);
    expect(recent.isPassing("20000", 1)).toBe(true);
  });
});
