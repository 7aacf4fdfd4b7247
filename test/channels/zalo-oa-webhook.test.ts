import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { startedWorld, startWorld } from "./zalo-oa-world.ts";

const DAY = 24 * 3_600_000;

const said = (text: string) => ({
  event_name: "user_send_text",
  sender: { id: "2500000000000000001" },
  message: { msg_id: "96d1", text },
});

describe("the webhook", () => {
  test("takes what people do, in order, and the network has nothing left to say", async () => {
    const { network, inbounds, phone } = await startedWorld();
    phone.start();
    phone.location(21.03, 105.85);
    phone.sticker();
    phone.chatNow();
    phone.submitInfo();
    phone.block();
    await vi.waitFor(() => expect(network.waiting()).toBe(0));
    const kinds = inbounds.map(({ input }) => input.kind);
    expect(kinds).toEqual(["text", "start", "location", "unreadable", "start", "left"]);
    expect([...network.answers.keys()]).toEqual([200]);
    expect(network.refusals).toEqual([]);
  });

  test("answers the console's unsigned {} with 200, even before the start, and nothing like it", async () => {
    const { post, channel, inbounds } = await startWorld();
    expect(await post("{}")).toBe(200);
    await channel.start();
    const others = ["{ }", "", "[]", "null", '{"event_name":"follow","follower":{"id":"1"}}'];
    expect(await Promise.all(others.map((body) => post(body)))).toEqual(others.map(() => 401));
    expect(inbounds).toEqual([]);
  });

  test("answers 503 before the start and after the stop", async () => {
    const { network, post, channel } = await startWorld();
    const { body, headers } = network.signed(said("xin chào"));
    expect(await post(body, headers)).toBe(503);
    await channel.start();
    expect(await post(body, headers)).toBe(200);
    await channel.stop();
    expect(await post(body, headers)).toBe(503);
  });

  test("refuses what is forged, altered or older than a day", async () => {
    const { network, post, forward, inbounds, codes } = await startedWorld();
    await vi.waitFor(() => expect(inbounds).toHaveLength(1));
    const { body, headers } = network.signed(said("xin chào"));
    expect(await post(body)).toBe(401);
    expect(await post(Buffer.concat([body, Buffer.from(" ")]), headers)).toBe(401);
    forward(DAY + 60_000);
    expect(await post(body, headers)).toBe(401);
    expect(inbounds).toHaveLength(1);
    expect(codes()).toEqual(["signature-variant", "signature-wrong", "event-too-old"]);
  });

  test("answers 400 to a signed body that is no event", async () => {
    const { network, post } = await startedWorld({ network: { signWith: "header" } });
    const { headers } = network.signed(said("xin chào"));
    const time = headers["x-zevent-timestamp"] ?? "";
    const { createHash } = await import("node:crypto");
    const signature = createHash("sha256").update(`${network.appId}[1${time}${network.oaSecretKey}`).digest("hex");
    expect(await post("[1", { ...headers, "x-zevent-signature": signature })).toBe(400);
  });

  test("answers 503 when nothing was committed, and the repeat is taken", async () => {
    let broken = true;
    const turn = async () => {
      if (broken) throw new Error("the store is full");
    };
    const { network, inbounds } = await startedWorld({ turn });
    await vi.waitFor(() => expect(network.answers.get(503)).toBeGreaterThan(0));
    broken = false;
    await vi.waitFor(() => expect(network.waiting()).toBe(0));
    expect(inbounds).toHaveLength(1);
  });

  test("answers 503 within two seconds to a turn that takes longer, which goes on; stop waits for it", async () => {
    const { network, post, channel, inbounds, codes } = await startWorld({
      turn: async () => void (await pause(2_200)),
    });
    await channel.start();
    const { body, headers } = network.signed(said("xin chào"));
    const began = performance.now();
    expect(await post(body, headers)).toBe(503);
    expect(performance.now() - began).toBeLessThan(1_950);
    await channel.stop();
    expect(inbounds).toHaveLength(1);
    expect(codes()).toContain("turn-slow");
  });

  test("no notice holds an id or a word of a person", async () => {
    const { network, notices, inbounds, post } = await startedWorld();
    const { body, headers } = network.signed({ ...said("bí mật"), event_name: "user_waved" });
    await post(body, headers);
    await post(body);
    await vi.waitFor(() => expect(inbounds).toHaveLength(1));
    expect(notices.length).toBeGreaterThan(1);
    expect(JSON.stringify(notices)).not.toMatch(/bí mật|xin chào|\d{6,}/);
  });
});
