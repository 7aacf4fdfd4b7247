import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseExactly } from "../../src/channels/exact-json.ts";
import { type Decoded, decode, readEvent } from "../../src/channels/zalo-oa/decode.ts";

const LAN = "2500000000000000001";
const OA = "3800000000000000001";

function decoded(body: unknown): Decoded | null {
  const event = readEvent(body);
  return event === null ? null : decode(event);
}

function said(name: string, message: Readonly<Record<string, unknown>> = {}, more = {}) {
  return {
    event_name: name,
    timestamp: "1770000000000",
    sender: { id: LAN },
    recipient: { id: OA },
    message: { msg_id: "96d1", ...message },
    ...more,
  };
}

function location(latitude: unknown, longitude: unknown) {
  const attachments = [{ type: "location", payload: { coordinates: { latitude, longitude } } }];
  return said("user_send_location", { text: "Tên địa điểm", attachments });
}

const account = (event_name: string, who: object) => ({ event_name, timestamp: "1770000000000", oa_id: OA, ...who });

describe("what people do", () => {
  test.each([
    ["a text", said("user_send_text", { text: "xin chào" }), { kind: "text", text: "xin chào" }],
    ["a text with a time in it", said("user_send_text", { text: "10:30:00" }), { kind: "text", text: "10:30:00" }],
    ["a web address", said("user_send_text", { text: "https://a.vn/x" }), { kind: "text", text: "https://a.vn/x" }],
    ["a tap", said("user_send_text", { text: "menu:main:help" }), { kind: "choice", token: "menu:main:help" }],
    ["a tap on an exit", said("user_send_text", { text: "::help" }), { kind: "choice", token: "::help" }],
    ["a tap of its own kind", said("user_click_button", { text: "a:b:c" }), { kind: "choice", token: "a:b:c" }],
    ["a text without words", said("user_send_text", { text: " " }), { kind: "unreadable" }],
    ["a text without a text", said("user_send_text"), { kind: "unreadable" }],
    ["a place", location("10.0000000", "-106.5"), { kind: "location", latitude: 10, longitude: -106.5 }],
    ["a place in numbers", location(10.5, 106), { kind: "location", latitude: 10.5, longitude: 106 }],
    ["a place nowhere", location("", "106"), { kind: "unreadable" }],
    ["a place off the earth", location("91", "106"), { kind: "unreadable" }],
    ["a picture", said("user_send_image"), { kind: "unreadable" }],
    [
      "words beside a picture",
      said("user_send_image", { text: "nó dọa tung ảnh" }),
      { kind: "text", text: "nó dọa tung ảnh" },
    ],
    ["a kind of message nobody knows", said("user_send_hologram"), { kind: "unreadable" }],
    ["a follower", account("follow", { follower: { id: LAN } }), { kind: "start" }],
    ["the chat button", account("user_click_chatnow", { user_id: LAN }), { kind: "start" }],
    ["somebody leaving", account("unfollow", { follower: { id: LAN } }), { kind: "left" }],
  ])("%s", (_, body, input) => {
    expect(decoded(body)).toMatchObject({ kind: "inbound", inbound: { channel: "zalo-oa", chat: LAN, input } });
  });

  test("is known by the id of the message, else by event and time: it is stored, and names nobody", () => {
    expect(decoded(said("user_send_text", { text: "a" }))).toMatchObject({ inbound: { id: "96d1" } });
    const id = "follow:1770000000000";
    expect(decoded(account("follow", { follower: { id: LAN } }))).toMatchObject({ inbound: { id } });
  });

  test("keeps every digit of ids that came as numbers", () => {
    const body = `{"event_name":"user_send_text","sender":{"id":${LAN}},"message":{"msg_id":96000000000000000017,"text":"a"}}`;
    expect(decoded(parseExactly(body))).toMatchObject({ inbound: { chat: LAN, id: "96000000000000000017" } });
  });
});

describe("what concerns no conversation", () => {
  test.each([
    "oa_send_text",
    "oa_send_image",
    "oa_send_gif",
    "oa_send_list",
    "oa_send_file",
    "oa_send_sticker",
    "oa_reacted_message",
    "user_reacted_message",
    "user_received_message",
    "user_seen_message",
    "user_click_link",
    "user_submit_info",
    "add_user_to_tag",
    "anonymous_send_text",
  ])("%s", (name) => {
    expect(decoded(said(name, { text: "lời" }, { info: { name: "Lan", phone: "84000000000" } }))).toEqual({
      kind: "nothing",
    });
  });

  test("visitors without an account", () => {
    const sender = { anonymous_id: "4d4f", conversation_id: "9f8e" };
    expect(decoded(said("user_send_text", { text: "a" }, { sender }))).toEqual({ kind: "nothing" });
  });

  test.each([
    ["a new event", { event_name: "user_waved" }, "user_waved"],
    ["an event without a name", { message: {} }, "none"],
    ["a name full of markup", { event_name: "<b>x y</b>" }, "bxyb"],
    ["a name without end", { event_name: "a".repeat(999) }, "a".repeat(64)],
    ["an event without a person", { event_name: "user_send_text", message: { text: "a" } }, "user_send_text"],
  ])("%s is told by its name only", (_, body, event) => {
    expect(decoded(body)).toEqual({ kind: "strange", event });
  });
});

test("no body whatever makes it fail, and words end in inputs only", () => {
  const names = fc.constantFrom("user_send_text", "user_send_location", "follow", "unfollow", "user_click_button", "x");
  const event = fc.record(
    {
      event_name: fc.oneof(names, fc.anything()),
      timestamp: fc.anything(),
      sender: fc.oneof(fc.record({ id: fc.anything() }), fc.anything()),
      follower: fc.anything(),
      user_id: fc.anything(),
      message: fc.oneof(
        fc.record({ msg_id: fc.anything(), text: fc.anything(), attachments: fc.anything() }),
        fc.anything(),
      ),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(event, fc.anything()), (body) => {
      const result = decoded(body);
      if (result?.kind !== "inbound") return;
      const { chat, id, input } = result.inbound;
      expect([typeof chat, typeof id, chat === "", id === ""]).toEqual(["string", "string", false, false]);
      if (input.kind === "location") expect(Math.abs(input.latitude)).toBeLessThanOrEqual(90);
      if (input.kind === "text") expect(input.text.length).toBeLessThanOrEqual(4_000);
    }),
    { numRuns: 2_000 },
  );
});
