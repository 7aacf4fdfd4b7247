import { setTimeout as pause } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { ChannelError, type SendFailure } from "../../src/channels/channel-error.ts";
import { limitsOf } from "../../src/channels/limits.ts";
import type { PushChannel } from "../../src/channels/port.ts";
import { Bulk } from "../../src/delivery/bulk.ts";
import { Pacer } from "../../src/delivery/pacer.ts";
import { message } from "../stores/sample-turn.ts";

const tip = async () => message("mẹo");

function stage(send: PushChannel["send"]) {
  const limits = limitsOf("telegram");
  if (limits.rate === null) throw new Error("Telegram has a rate");
  const pacer = new Pacer({ ...limits.rate, perSecond: 1_000 });
  const told: string[] = [];
  const bulk = new Bulk({
    channel: { limits, webhooks: [], send, start: async () => undefined, stop: async () => undefined },
    pacer,
    report: ({ code }) => told.push(code),
    meter: { sent: () => told.push("sent"), sendFailed: (_, why) => told.push(why), retryAfter: () => undefined },
  });
  onTestFinished(() => pacer.close());
  return { bulk, pacer, told };
}

test("sends what the claim gives, with the network's names for it", async () => {
  const { bulk, told } = stage(async (chat, { text }) => ({ messageIds: [`${chat} ${text}`] }));
  expect(await bulk.send("lan", tip)).toEqual({ kind: "sent", messageIds: ["lan mẹo"] });
  expect(told).toEqual(["sent"]);
});

test("sends nothing when there is nothing to send any more", async () => {
  const { bulk, told } = stage(async () => expect.unreachable());
  expect(await bulk.send("lan", async () => null)).toEqual({ kind: "nothing" });
  expect(told).toEqual([]);
});

test.each<[SendFailure, "later" | "failed"]>([
  ["unavailable", "later"],
  ["rate-limited", "later"],
  ["unauthorised", "later"],
  ["uncertain", "failed"],
  ["busy", "failed"],
  ["unreachable", "failed"],
  ["window-closed", "failed"],
  ["quota-spent", "failed"],
  ["refused", "failed"],
])("%s comes to: %s", async (failure, kind) => {
  const { bulk } = stage(() => Promise.reject(new ChannelError(failure, "400", 10)));
  expect(await bulk.send("lan", tip)).toMatchObject({ kind, ...(kind === "failed" && { why: failure }) });
});

test("a fault of our own fails the message and is told without its words", async () => {
  const { bulk, told } = stage(() => Promise.reject(new TypeError("mẹo")));
  expect(await bulk.send("lan", tip)).toEqual({ kind: "failed", why: "failed" });
  expect(told).toEqual(["send-failed", "failed"]);
});

test("a refusal for speed holds everybody back for as long as the network says", async () => {
  let refused = false;
  const times: number[] = [];
  const { bulk } = stage(async () => {
    times.push(performance.now());
    if (refused) return { messageIds: [] };
    refused = true;
    throw new ChannelError("rate-limited", "429", 150);
  });
  expect(await bulk.send("lan", tip)).toEqual({ kind: "later", afterMs: 150 });
  await bulk.send("minh", tip);
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(140);
});

test("a claim that fails rejects, and the next one goes on", async () => {
  const { bulk } = stage(async () => ({ messageIds: [] }));
  await expect(bulk.send("lan", () => Promise.reject(new Error("disk")))).rejects.toThrow("disk");
  expect(await bulk.send("lan", tip)).toMatchObject({ kind: "sent" });
});

test("closing lets what is in the air be answered and begins nothing", async () => {
  const { bulk } = stage(async () => {
    await pause(50);
    return { messageIds: ["1"] };
  });
  const under = bulk.send("lan", tip);
  await pause(10);
  await bulk.close();
  expect(await under).toMatchObject({ kind: "sent" });
  expect(await bulk.send("minh", () => expect.unreachable())).toEqual({ kind: "nothing" });
});
