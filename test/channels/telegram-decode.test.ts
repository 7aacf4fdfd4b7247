import fc from "fast-check";
import { expect, test } from "vitest";
import type { Inbound } from "../../src/channels/port.ts";
import { decode } from "../../src/channels/telegram/decode.ts";

const NOW = Date.parse("2026-11-20T08:00:00Z");
const DATE = NOW / 1_000 - 5;
const LAN = { id: 7_000_000_001, is_bot: false, first_name: "Lan", language_code: "vi" };
const PRIVATE = { id: LAN.id, type: "private", first_name: "Lan" };
const GROUP = { id: -1_001_234_567_890, type: "supergroup", title: "Tổ 5" };

function message(parts: object) {
  return { update_id: 10, message: { message_id: 3, date: DATE, chat: PRIVATE, from: LAN, ...parts } };
}

function press(parts: object) {
  const below = { message_id: 2, date: 0, chat: PRIVATE };
  return { update_id: 11, callback_query: { id: "q1", from: LAN, chat_instance: "1", message: below, ...parts } };
}

function member(chat: object, before: string, after: string, date = DATE) {
  const [old_chat_member, new_chat_member] = [{ status: before }, { status: after }];
  return { update_id: 12, my_chat_member: { date, chat, from: LAN, old_chat_member, new_chat_member } };
}

function inputOf(update: unknown): Inbound["input"] | string | undefined {
  const decoded = decode(update, NOW);
  return decoded?.kind === "inbound" ? decoded.inbound.input : decoded?.kind;
}

test("a message says who wrote it, where and in which language", () => {
  expect(decode(message({ text: "xin chào" }), NOW)).toEqual({
    kind: "inbound",
    inbound: {
      channel: "telegram",
      chat: "7000000001",
      id: "10",
      lang: "vi",
      input: { kind: "text", text: "xin chào" },
      messageId: "3",
    },
  });
});

test.each([
  ["vi", "vi"],
  ["vi-VN", "vi"],
  ["en", "en"],
  ["ko", "en"],
  [undefined, undefined],
  [5, undefined],
])("the phone's language %s is read as %s", (language_code, lang) => {
  const decoded = decode(message({ text: "a", from: { ...LAN, language_code } }), NOW);
  expect(decoded?.kind === "inbound" && decoded.inbound.lang).toBe(lang);
});

test.each([
  ["giúp tôi với", { kind: "text", text: "giúp tôi với" }],
  ["/start", { kind: "start" }],
  ["/start@AnTamBot", { kind: "start" }],
  ["/start quiz_ha-noi", { kind: "start", payload: "quiz_ha-noi" }],
  ["/start@AnTamBot quiz", { kind: "start", payload: "quiz" }],
  [`/start ${"a".repeat(64)}`, { kind: "start", payload: "a".repeat(64) }],
  ["/start chồng em đánh em", { kind: "text", text: "chồng em đánh em" }],
  [`/start ${"a".repeat(65)}`, { kind: "text", text: "a".repeat(65) }],
  ["/started", { kind: "text", text: "/started" }],
  ["/giup", { kind: "text", text: "/giup" }],
  ["/giup@AnTamBot", { kind: "text", text: "/giup" }],
  ["/xoa@AnTamBot hết", { kind: "text", text: "/xoa hết" }],
  ["lan@example.org", { kind: "text", text: "lan@example.org" }],
])("typed %j", (text, input) => {
  expect(inputOf(message({ text }))).toEqual(input);
});

const HERE = { latitude: 10.77, longitude: 106.7 };

test.each([
  ["a location", { location: { ...HERE, horizontal_accuracy: 20 } }, { kind: "location", ...HERE }],
  ["a venue", { location: HERE, venue: { location: HERE, title: "Chợ" } }, { kind: "location", ...HERE }],
  ["a place that is nowhere", { location: { latitude: 900, longitude: 0 } }, { kind: "unreadable" }],
  ["a photo", { photo: [] }, { kind: "unreadable" }],
  ["words below a photo", { photo: [], caption: "nó dọa tung ảnh" }, { kind: "text", text: "nó dọa tung ảnh" }],
  ["a voice message", { voice: {} }, { kind: "unreadable" }],
  ["a sticker", { sticker: {} }, { kind: "unreadable" }],
  ["a document", { document: {} }, { kind: "unreadable" }],
  ["something new", { hologram: {} }, { kind: "unreadable" }],
  ["a pinned message", { pinned_message: {} }, "nothing"],
  ["a timer that deletes messages", { message_auto_delete_timer_changed: {} }, "nothing"],
  ["a message of another bot", { text: "hi", from: { ...LAN, is_bot: true } }, "nothing"],
  ["a message to a group", { text: "giúp", chat: GROUP }, "nothing"],
  ["a message to a channel", { text: "giúp", chat: { id: -5, type: "channel" } }, "nothing"],
  ["a replay of three days ago", { text: "giúp", date: DATE - 3 * 86_400 }, "nothing"],
])("%s", (_name, parts, expected) => {
  expect(inputOf(message(parts))).toEqual(expected);
});

test("a press names its query and the message it stands below", () => {
  expect(decode(press({ data: "menu:main:quiz" }), NOW)).toEqual({
    kind: "inbound",
    inbound: {
      channel: "telegram",
      chat: "7000000001",
      id: "11",
      lang: "vi",
      input: { kind: "choice", token: "menu:main:quiz" },
    },
    press: { query: "q1", message: 2 },
  });
});

test.each([
  ["in a group", { data: "a:b:c", message: { message_id: 2, date: 0, chat: GROUP } }],
  ["without data", { game_short_name: "x" }],
  ["of an inline message", { data: "a:b:c", message: undefined }],
])("a press %s only has its waiting mark taken away", (_name, parts) => {
  expect(decode(press(parts), NOW)).toEqual({ kind: "stray-press", query: "q1" });
});

test.each([
  ["blocked by a person", member(PRIVATE, "member", "kicked"), { kind: "left" }],
  ["unblocked", member(PRIVATE, "kicked", "member"), "nothing"],
  ["added to a group", member({ ...GROUP, type: "group" }, "left", "member"), "group"],
  ["added to a supergroup as administrator", member(GROUP, "kicked", "administrator"), "group"],
  ["made administrator of a group it is in", member(GROUP, "member", "administrator"), "nothing"],
  ["removed from a group", member(GROUP, "member", "left"), "nothing"],
  ["added to a channel", member({ ...GROUP, type: "channel" }, "left", "administrator"), "nothing"],
  ["blocked long ago", member(PRIVATE, "member", "kicked", DATE - 3 * 86_400), "nothing"],
])("the bot is %s", (_name, update, expected) => {
  expect(inputOf(update)).toEqual(expected);
});

test.each([
  ["an edited message", { update_id: 1, edited_message: message({ text: "a" }).message }],
  ["a channel post", { update_id: 1, channel_post: message({ text: "a" }).message }],
  ["a business message", { update_id: 1, business_message: message({ text: "a" }).message }],
  ["an inline query", { update_id: 1, inline_query: { id: "1", query: "a" } }],
  ["a message without a chat", { update_id: 1, message: { message_id: 1, date: DATE, text: "a" } }],
  ["a message that is a word", { update_id: 1, message: "a" }],
])("%s is nothing", (_name, update) => {
  expect(decode(update, NOW)).toEqual({ kind: "nothing" });
});

test.each([undefined, null, 5, "update", [], {}, { update_id: "1" }, { update_id: -1 }, { update_id: 1.5 }])(
  "%j is no update",
  (raw) => {
    expect(decode(raw, NOW)).toBeNull();
  },
);

test("whatever comes is read without an exception, and never as somebody else's message", () => {
  const odd = fc.anything({ withNullPrototype: true, withBigInt: true });
  const shaped = fc.record(
    {
      update_id: fc.oneof(fc.nat(), odd),
      message: fc.oneof(odd, oddParts(odd, message({ text: "a" }).message)),
      callback_query: fc.oneof(odd, oddParts(odd, press({ data: "a:b:c" }).callback_query)),
      my_chat_member: fc.oneof(odd, oddParts(odd, member(PRIVATE, "member", "kicked").my_chat_member)),
      ["__proto__"]: odd,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(odd, shaped), (raw) => {
      const decoded = decode(raw, NOW);
      if (decoded?.kind !== "inbound") return;
      expect(decoded.inbound.chat).toMatch(/^-?\d+$/);
      expect(decoded.inbound.id).toMatch(/^\d+$/);
    }),
    { numRuns: 2_000 },
  );
});

/** The sound thing with some of its parts replaced. */
function oddParts(odd: fc.Arbitrary<unknown>, sound: object): fc.Arbitrary<object> {
  const names = fc.constantFrom(...Object.keys(sound));
  return fc.dictionary(names, odd).map((parts) => ({ ...sound, ...parts }));
}
