import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readEvent } from "../../src/channels/zalo-oa/decode.ts";
import { verify } from "../../src/channels/zalo-oa/signature.ts";

const KEYS = { appId: "3600000000000000001", oaSecretKey: "khoa-cua-oa" };
const OA = "3800000000000000001";
const EVENT = { event_name: "user_send_text", timestamp: "1770000000000", sender: { id: "25" }, recipient: { id: OA } };
const BODY = Buffer.from(JSON.stringify(EVENT));

function signatureOf(body: Buffer, id: string, time: string, key = KEYS.oaSecretKey): string {
  return createHash("sha256")
    .update(Buffer.concat([Buffer.from(id), body, Buffer.from(time + key)]))
    .digest("hex");
}

interface Sent {
  readonly body?: Buffer;
  readonly event?: unknown;
  /** In the header. */
  readonly time?: string;
}

function check(signature: string, { body = BODY, event = EVENT, time = "" }: Sent = {}) {
  const headers = { "x-zevent-signature": signature, ...(time !== "" && { "x-zevent-timestamp": time }) };
  return verify(KEYS, { headers, body }, readEvent(event));
}

describe("a signature of the network", () => {
  test.each([
    ["app id and time of the body", KEYS.appId, EVENT.timestamp, { id: "app", time: "body", at: 1_770_000_000_000 }],
    ["account id and time of the body", OA, EVENT.timestamp, { id: "oa", time: "body", at: 1_770_000_000_000 }],
    [
      "app id and time of the header",
      KEYS.appId,
      "1770000000500",
      { id: "app", time: "header", at: 1_770_000_000_500 },
    ],
    ["account id and time of the header", OA, "1770000000500", { id: "oa", time: "header", at: 1_770_000_000_500 }],
    ["a time in seconds", KEYS.appId, "1770000001", { id: "app", time: "header", at: 1_770_000_001_000 }],
  ])("with %s is known, with and without its prefix", (_, id, time, signed) => {
    const signature = signatureOf(BODY, id, time);
    expect(check(`mac=${signature}`, { time })).toEqual(signed);
    expect(check(signature.toUpperCase(), { time })).toEqual(signed);
  });

  test("holds for exactly these bytes: the same JSON written otherwise is refused", () => {
    const signature = signatureOf(BODY, KEYS.appId, EVENT.timestamp);
    expect(check(signature, { body: Buffer.from(JSON.stringify(EVENT, null, 1)) })).toBeNull();
  });

  test("made with another key, such as the secret of the app, is refused", () => {
    expect(check(signatureOf(BODY, KEYS.appId, EVENT.timestamp, "bi-mat-cua-ung-dung"))).toBeNull();
  });

  test("without any time is refused", () => {
    const event = { event_name: "follow" };
    const body = Buffer.from(JSON.stringify(event));
    expect(check(signatureOf(body, KEYS.appId, ""), { body, event })).toBeNull();
  });

  test("is looked for in bodies that cannot be read as well", () => {
    const body = Buffer.from("not JSON");
    const time = "1770000000500";
    expect(check(signatureOf(body, KEYS.appId, time), { body, event: null, time })).toMatchObject({ time: "header" });
  });
});

test("a forged signature never passes, whatever it is", () => {
  const hex = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 64, maxLength: 64 });
  fc.assert(
    fc.property(fc.oneof(hex, fc.string()), fc.uint8Array(), fc.string(), (signature, bytes, time) => {
      expect(check(`mac=${signature}`, { body: Buffer.from(bytes), time })).toBeNull();
    }),
  );
});

test("one changed byte of a signed body is enough to be refused", () => {
  const signature = signatureOf(BODY, KEYS.appId, EVENT.timestamp);
  fc.assert(
    fc.property(fc.nat(BODY.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const body = Buffer.from(BODY);
      body[at] = (body[at] ?? 0) ^ flip;
      expect(check(signature, { body })).toBeNull();
    }),
  );
});
