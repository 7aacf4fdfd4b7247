import { describe, expect, test, vi } from "vitest";
import { ChannelError } from "../../src/channels/channel-error.ts";
import { createAlerts } from "../../src/channels/zalo-oa/alerts.ts";
import { failureOf } from "../../src/channels/zalo-oa/failures.ts";
import { outgoing } from "./outgoing.ts";
import { startedWorld, startWorld } from "./zalo-oa-world.ts";

const DAY = 24 * 3_600_000;

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => "none",
    (error: unknown) => kindOf(error),
  );

function kindOf(error: unknown): string {
  return error instanceof ChannelError ? error.failure : "no ChannelError";
}

describe("failures", () => {
  test.each([
    [-32, "rate-limited"],
    [-200, "busy"],
    [-201, "refused"],
    [-204, "unauthorised"],
    [-205, "unauthorised"],
    [-209, "unauthorised"],
    [-210, "refused"],
    [-211, "quota-spent"],
    [-212, "unauthorised"],
    [-213, "unreachable"],
    [-216, "unauthorised"],
    [-217, "unreachable"],
    [-218, "quota-spent"],
    [-219, "unauthorised"],
    [-220, "unauthorised"],
    [-221, "unauthorised"],
    [-223, "unauthorised"],
    [-224, "unauthorised"],
    [-227, "unreachable"],
    [-230, "window-closed"],
    [-232, "window-closed"],
    [-233, "refused"],
    [-234, "refused"],
    [-235, "unauthorised"],
    [-240, "unauthorised"],
    [-242, "unauthorised"],
    [-244, "unreachable"],
    [-248, "refused"],
    [-320, "quota-spent"],
    [-321, "quota-spent"],
    [-999, "busy"],
  ])("%i is %s", (error, kind) => {
    expect(failureOf(error, () => undefined)).toMatchObject({ failure: kind, detail: String(error) });
  });

  test("that a person has to act on are told once an hour for each code", () => {
    const told: unknown[] = [];
    let now = 0;
    const alert = createAlerts({
      report: ({ code, facts }) => void told.push([code, facts?.["error"]]),
      now: () => now,
    });
    for (const error of [-221, -221, -320, -213]) failureOf(error, alert);
    now = 3_600_000;
    failureOf(-221, alert);
    expect(told).toEqual([
      ["network-refuses", -221],
      ["quota-spent", -320],
      ["network-refuses", -221],
    ]);
  });

  test.each([
    ["ok", -217],
    ["real", -244],
  ] as const)("come with either status of HTTP (%s, %i)", async (errorStatus, blockedWith) => {
    const { phone, send } = await startedWorld({ network: { errorStatus, blockedWith } });
    phone.block();
    expect(await failure(send(phone, {}))).toBe("unreachable");
  });

  test("after seven days the window is closed", async () => {
    const { phone, send, forward } = await startedWorld();
    forward(7 * DAY + 60_000);
    expect(await failure(send(phone, {}))).toBe("window-closed");
  });

  test("of the connection are told apart: nothing sent, or nobody knows", async () => {
    const { network, phone, send } = await startedWorld();
    network.faults.cutAfter = 1;
    expect(await failure(send(phone, {}))).toBe("uncertain");
    network.faults.cutAfter = 0;
    network.faults.failing = 1;
    expect(await failure(send(phone, {}))).toBe("busy");
    await network.close();
    await vi.waitFor(async () => expect(await failure(send(phone, {}))).toBe("unavailable"));
  });

  test("say nothing of tokens, people or words", async () => {
    const { network, phone, send, kept } = await startedWorld();
    await network.close();
    const error: unknown = await send(phone, { text: "bí mật" }).catch((e: unknown) => e);
    const seen = `${String(error)} ${JSON.stringify(error)} ${String((error as Error).stack)}`;
    expect(seen).not.toContain(kept.pair?.accessToken);
    expect(seen).not.toContain(phone.chat);
    expect(seen).not.toContain("bí mật");
    expect((error as Error).cause).toBeUndefined();
  });

  test("a call that is broken off may have arrived", async () => {
    const { network, channel, phone } = await startedWorld();
    network.faults.latencyMs = 500;
    const sending = channel.send(phone.chat, outgoing({}), AbortSignal.timeout(20));
    expect(await failure(sending)).toBe("uncertain");
  });
});

describe("tokens on the way", () => {
  test("an access token that died early is renewed and the message sent, once, for all who wait", async () => {
    const { network, phone, send, kept } = await startedWorld();
    const before = kept.pair?.accessToken;
    network.expireAccess();
    await Promise.all([send(phone, { text: "một" }), send(phone, { text: "hai" }), send(phone, { text: "ba" })]);
    expect(phone.received()).toHaveLength(3);
    expect(network.calls.get("access_token")).toBe(1);
    expect(kept.pair?.accessToken).not.toBe(before);
    expect(network.refusals).toEqual([]);
  });

  test("a dead refresh token stops sending, and the webhook stays open", async () => {
    const { network, phone, send, inbounds, codes } = await startedWorld();
    network.expireAccess();
    network.killRefresh();
    expect(await failure(send(phone, {}))).toBe("unauthorised");
    expect(codes()).toContain("token-refresh-failed");
    phone.type("còn đó không?");
    await vi.waitFor(() => expect(inbounds).toHaveLength(2));
  });

  test("before the login nothing is sent, and the webhook takes what people write", async () => {
    const { network, phone, send, inbounds, codes } = await startedWorld({ loggedOut: true });
    await vi.waitFor(() => expect(inbounds).toHaveLength(1));
    expect(await failure(send(phone, {}))).toBe("unauthorised");
    expect(codes().filter((code) => code === "login-needed")).toHaveLength(1);
    expect(network.refusals).toEqual([]);
  });
});

test("a dead network does not hold up the start", async () => {
  const { network, channel } = await startWorld();
  network.outage = "cut";
  const began = performance.now();
  await channel.start();
  expect(performance.now() - began).toBeLessThan(2_000);
});
