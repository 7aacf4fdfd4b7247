import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseExactly } from "../../src/channels/exact-json.ts";
import { decode, isProbe } from "../../src/channels/zalo-bot/decode.ts";

const NOW = 1_770_000_100_000;
const CHAT = "6e00aa11bb22cc33dd44";

interface Parts {
  readonly event?: string;
  readonly [field: string]: unknown;
}

function update({ event, ...fields }: Parts) {
  return {
    ...(event !== undefined && { event_name: event }),
    message: {
      message_id: "2d00",
      from: { id: CHAT, display_name: "Lan", is_bot: false },
      chat: { id: CHAT, chat_type: "PRIVATE" },
      date: 1_770_000_000_000,
      ...fields,
    },
  };
}

function inbound(id: string, input: unknown, withheld = false) {
  return { kind: "inbound", inbound: { channel: "zalo-bot", chat: CHAT, id, input }, withheld };
}

const TEXT = "message.text.received";
const said = (text: string) => ({ kind: "text", text });
const UNREADABLE = { kind: "unreadable" };

describe("what an update comes to", () => {
  const words = inbound(`${TEXT}:2d00`, said("xin chào"));
  const photo = inbound("message.image.received:2d00", UNREADABLE);
  test.each([
    ["words", update({ event: TEXT, text: "xin chào" }), words],
    ["the wrapped shape", { ok: true, result: update({ event: TEXT, text: "xin chào" }) }, words],
    ["fields nobody knows", { ...update({ event: TEXT, text: "xin chào", mood: 1 }), extra: {} }, words],
    ["a missing event name", update({ text: "xin chào" }), words],
    ["photo_url", update({ event: "message.image.received", photo_url: "https://p.zdn.vn/x", caption: "" }), photo],
    ["photo as a text", update({ event: "message.image.received", photo: "https://p.zdn.vn/x" }), photo],
    ["photo as an object", update({ event: "message.image.received", photo: { url: "x" } }), photo],
    ["photo as a list", update({ event: "message.image.received", photo: [{ url: "x" }] }), photo],
    ["no photo at all", update({ event: "message.image.received" }), photo],
    ["a nameless picture", update({ photo_url: "x" }), photo],
    [
      "words below a picture",
      update({ event: "message.image.received", photo_url: "x", caption: "giúp tôi" }),
      inbound("message.image.received:2d00", said("giúp tôi")),
    ],
    [
      "a voice",
      update({ event: "message.voice.received", voice_url: "x" }),
      inbound("message.voice.received:2d00", UNREADABLE),
    ],
    ["a nameless voice", update({ voice_url: "x", photo: "y" }), inbound("message.voice.received:2d00", UNREADABLE)],
    [
      "a sticker",
      update({ event: "message.sticker.received", sticker: "d0" }),
      inbound("message.sticker.received:2d00", UNREADABLE),
    ],
    ["a nameless sticker", update({ sticker: "d0" }), inbound("message.sticker.received:2d00", UNREADABLE)],
    [
      "a link",
      update({ event: "message.link.received", links: [{ url: "x" }] }),
      inbound("message.link.received:2d00", UNREADABLE),
    ],
    [
      "content kept back",
      update({ event: "message.unsupported.received" }),
      inbound("message.unsupported.received:2d00", UNREADABLE, true),
    ],
    ["nameless, without content", update({}), inbound("message.unsupported.received:2d00", UNREADABLE, true)],
    ["a text without words", update({ event: TEXT }), inbound(`${TEXT}:2d00`, UNREADABLE, true)],
    ["an id that is a number", update({ event: TEXT, text: "1", message_id: 42 }), inbound(`${TEXT}:42`, said("1"))],
    [
      "no message id",
      update({ event: TEXT, text: "1", message_id: null }),
      inbound(`${TEXT}:at-1770000000000`, said("1")),
    ],
    ["seconds", update({ event: TEXT, text: "1", date: 1_770_000_000 }), inbound(`${TEXT}:2d00`, said("1"))],
    ["no date", update({ event: TEXT, text: "1", date: null }), inbound(`${TEXT}:2d00`, said("1"))],
    [
      "an older name field",
      update({ event: TEXT, text: "1", from: { id: CHAT, name: "Lan" } }),
      inbound(`${TEXT}:2d00`, said("1")),
    ],
    ["no author", update({ event: TEXT, text: "1", from: undefined }), inbound(`${TEXT}:2d00`, said("1"))],
    ["no kind of chat", update({ event: TEXT, text: "1", chat: { id: CHAT } }), inbound(`${TEXT}:2d00`, said("1"))],
  ])("%s", (_, body, expected) => {
    expect(decode(body, NOW)).toEqual(expected);
  });

  test.each([
    ["a group", update({ event: TEXT, text: "1", chat: { id: "zgr-1", chat_type: "GROUP" } })],
    ["a group by its id", update({ event: TEXT, text: "1", chat: { id: "zgr-1", chat_type: "PRIVATE" } })],
    ["a chat that is not its author's", update({ event: TEXT, text: "1", chat: { id: "other" } })],
    ["a chat of a new kind", update({ event: TEXT, text: "1", chat: { id: CHAT, chat_type: "CHANNEL" } })],
    ["a bot's own words", update({ event: TEXT, text: "1", from: { id: CHAT, is_bot: true } })],
    ["no chat", update({ event: "message.unsupported.received", chat: undefined })],
    ["no message", { event_name: "message.unsupported.received" }],
    ["two days ago", update({ event: TEXT, text: "1", date: NOW - 48 * 3_600_000 - 1 })],
    ["the probe with more in it", update({ event: "webhook.test" })],
    ["an empty object", {}],
  ])("nothing: %s", (_, body) => {
    expect(decode(body, NOW)).toEqual({ kind: "nothing" });
  });

  test("a new event is named in safe characters, cut, and nothing else of it is kept", () => {
    const body = update({ event: `user.followed\n${"x".repeat(100)}`, text: "bí mật" });
    expect(decode(body, NOW)).toEqual({ kind: "unknown", event: `user.followed_${"x".repeat(50)}` });
  });

  test.each([null, 1, "text", [update({ event: TEXT, text: "1" })]])("no update at all: %j", (body) => {
    expect(decode(body, NOW)).toEqual({ kind: "foreign" });
  });

  test("an id of 19 digits written as a number keeps every digit", () => {
    const body = parseExactly(
      `{"event_name":"${TEXT}","message":{"message_id":1234567890123456789,"chat":{"id":9876543210987654321},"text":"1"}}`,
    );
    expect(decode(body, NOW)).toMatchObject({
      inbound: { id: `${TEXT}:1234567890123456789`, chat: "9876543210987654321" },
    });
  });
});

describe("the probe", () => {
  const probe = { event_name: "webhook.test", message: { message_id: "webhook-test", date: 1_780_000_000, text: "…" } };
  test("is known in both shapes", () => {
    expect([isProbe(probe), isProbe({ ok: true, result: probe })]).toEqual([true, true]);
  });
  test.each([
    { ...probe, event_name: "message.text.received" },
    { ...probe, more: 1 },
    { ...probe, message: { ...probe.message, chat: { id: CHAT } } },
    { ...probe, message: { ...probe.message, message_id: "2d00" } },
    null,
  ])("is nothing else: %j", (body) => {
    expect(isProbe(body)).toBe(false);
  });
});

test("whatever comes is judged without an exception, and what is handed on has a chat and an id", () => {
  const anything = fc.jsonValue({ maxDepth: 4 });
  const shaped = fc.record(
    {
      event_name: fc.oneof(anything, fc.constant(TEXT), fc.constant("message.unsupported.received")),
      message: fc.record(
        Object.fromEntries(
          ["message_id", "from", "chat", "text", "caption", "date", "photo", "photo_url", "voice_url"].map((key) => [
            key,
            fc.oneof(anything, fc.constant({ id: CHAT, chat_type: "PRIVATE" }), fc.string()),
          ]),
        ),
        { requiredKeys: [] },
      ),
      result: anything,
      __proto__: anything,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(anything, shaped), (body) => {
      const decoded = decode(parseExactly(JSON.stringify(body)), NOW);
      if (decoded.kind !== "inbound") return;
      const { chat, id, input } = decoded.inbound;
      expect(chat.length).toBeGreaterThan(0);
      expect(chat.length).toBeLessThanOrEqual(200);
      expect(id).toMatch(/^message\.[a-z]+\.received:/);
      expect(["text", "unreadable"]).toContain(input.kind);
    }),
    { numRuns: 3_000 },
  );
});
