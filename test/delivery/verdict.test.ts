import { describe, expect, test } from "vitest";
import { ChannelError, SEND_FAILURES, type SendFailure } from "../../src/channels/channel-error.ts";
import type { ChannelName } from "../../src/channels/port.ts";
import { type Attempts, STALE_MS, verdictOn } from "../../src/delivery/verdict.ts";

function verdict(failure: SendFailure, more: Partial<Attempts> = {}, retryAfterMs?: number, chance = 0.5) {
  const attempts = { channel: "telegram", discreet: false, failures: 1, uncertain: 0, busy: 0, ageMs: 0, ...more };
  return verdictOn(new ChannelError(failure, "x", retryAfterMs), attempts as Attempts, chance);
}
const isAgain = (failure: SendFailure, more: Partial<Attempts> = {}) => verdict(failure, more).kind === "again";
const names = Object.keys(SEND_FAILURES).filter((name): name is SendFailure => name in SEND_FAILURES);

describe("a message that was not sent", () => {
  test.each(["unavailable", "uncertain", "busy", "rate-limited", "unauthorised"] as const)(
    "is tried again on Telegram: %s",
    (failure) => expect(isAgain(failure, { failures: 50, uncertain: 50, busy: 50 })).toBe(true),
  );

  test.each(["unreachable", "window-closed", "refused"] as const)("is given up for good: %s", (failure) => {
    expect(verdict(failure, { discreet: true })).toEqual({ kind: "drop", why: failure });
  });

  test("waits longer each time, up to a minute, and never a moment less than it is asked to", () => {
    const waits = [1, 2, 3, 4, 20].map((failures) => {
      const judged = verdict("unavailable", { failures }, undefined, 0.999);
      return judged.kind === "again" ? judged.afterMs : 0;
    });
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.at(-1)).toBeLessThanOrEqual(60_000);
    expect(verdict("rate-limited", {}, 31_000)).toMatchObject({ kind: "again", afterMs: 31_000 });
  });

  test.each<ChannelName>(["zalo-bot", "zalo-oa"])(
    "goes to %s twice at most when nobody knows, three times when refused",
    (channel) => {
      expect(isAgain("uncertain", { channel, uncertain: 1 })).toBe(true);
      expect(isAgain("uncertain", { channel, uncertain: 2 })).toBe(false);
      expect(isAgain("busy", { channel, busy: 2 })).toBe(true);
      expect(isAgain("busy", { channel, busy: 3 })).toBe(false);
    },
  );

  test("about help goes on until it arrived: it may arrive twice, but it must arrive", () => {
    const many = { channel: "zalo-bot", discreet: true, uncertain: 9, busy: 9 } as const;
    for (const failure of ["uncertain", "busy", "quota-spent"] as const) expect(isAgain(failure, many)).toBe(true);
    expect(isAgain("quota-spent", { channel: "zalo-bot" })).toBe(false);
  });

  test("is given up after a day, whatever it was", () => {
    for (const failure of names) {
      expect(verdict(failure, { discreet: true, ageMs: STALE_MS + 1 })).toEqual({ kind: "drop", why: "expired" });
    }
  });
});
