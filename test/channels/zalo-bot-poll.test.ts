import { expect, test, vi } from "vitest";
import { attach, startWorld, type World } from "./zalo-bot-world.ts";

const SOON = { timeout: 6_000 };

function heard({ inbounds }: World): string[] {
  return inbounds.map(({ input }) => (input.kind === "text" ? input.text : input.kind));
}

test("takes one update after the other, in order, and keeps on through polls that bring none", async () => {
  const world = await startWorld();
  await world.bot.start();
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  for (const text of ["1", "2", "3"]) world.network.phone("Lan").type(text);
  await vi.waitFor(() => expect(heard(world)).toEqual(["1", "2", "3"]), SOON);
  expect(world.notices).toEqual([]);
  expect(world.network.refusals).toEqual([]);
});

test("removes a webhook that somebody set, and says so", async () => {
  const served = await startWorld({ webhook: true });
  await served.bot.start();
  const world = await attach(served.network);
  await world.bot.start();
  expect(served.network.webhook()).toBeNull();
  expect(world.notices).toMatchObject([{ level: "warn", code: "webhook-removed" }]);
  served.network.phone("Lan").type("1");
  await vi.waitFor(() => expect(heard(world)).toEqual(["1"]), SOON);
});

test("an update whose turn fails is kept and taken before the next one is asked for", async () => {
  let failures = 1;
  const turn = async () => {
    if (failures-- > 0) throw new Error("the store is away");
  };
  const world = await startWorld({ turn });
  await world.bot.start();
  for (const text of ["1", "2"]) world.network.phone("Lan").type(text);
  await vi.waitFor(() => expect(heard(world)).toEqual(["1", "2"]), SOON);
  expect(world.notices).toMatchObject([{ level: "warn", code: "update-waits" }]);
});

test("an update that never found its turn is not left unsaid at the end", async () => {
  const turn = () => Promise.reject(new Error("the store is away"));
  const world = await startWorld({ turn });
  await world.bot.start();
  world.network.phone("Lan").type("1");
  await vi.waitFor(() => expect(world.notices).toHaveLength(1), SOON);
  await world.bot.stop();
  expect(world.notices.map(({ code }) => code)).toEqual(["update-waits", "update-lost"]);
});

test("a second process on the same token says so and asks for nothing", async () => {
  const first = await startWorld();
  await first.bot.start();
  const second = await attach(first.network);
  await second.bot.start();
  expect(second.notices).toEqual([
    { channel: "zalo-bot", level: "error", code: "second-poller", facts: { fatal: true } },
  ]);
  await first.bot.stop();
  const third = await attach(first.network);
  await third.bot.start();
  expect(third.notices).toEqual([]);
  expect(first.network.refusals).toEqual([]);
});

test("an outage is told once, and once that it is over; nothing that was written meanwhile is missed", async () => {
  const world = await startWorld();
  world.network.outage = "cut";
  await world.bot.start();
  world.network.phone("Lan").type("1");
  await vi.waitFor(() => expect(world.notices).toHaveLength(1), { timeout: 15_000 });
  world.network.outage = "none";
  await vi.waitFor(() => expect(heard(world)).toEqual(["1"]), { timeout: 15_000 });
  expect(world.notices.map(({ code }) => code)).toEqual(["network-down", "network-back"]);
  expect(JSON.stringify(world.notices)).not.toContain(world.network.token);
});

test("a token that is taken back is an error for the operator, once", async () => {
  const world = await startWorld();
  await world.bot.start();
  world.network.revoke();
  await vi.waitFor(
    () =>
      expect(world.notices).toEqual([
        { channel: "zalo-bot", level: "error", code: "token-refused", facts: { detail: "401" } },
      ]),
    SOON,
  );
});

test("stopping ends an open poll at once", async () => {
  const world = await startWorld({ settings: { pollSeconds: 30 } });
  await world.bot.start();
  const began = performance.now();
  await world.bot.stop();
  expect(performance.now() - began).toBeLessThan(500);
});

test("pages of a gateway, cut connections and 429 lose no update", async () => {
  const world = await startWorld({ network: { polledAgain: 1 } });
  await world.bot.start();
  Object.assign(world.network.faults, { failing: 0.1, cutBefore: 0.1, tooMany: 0.05 });
  for (let n = 0; n < 20; n++) world.network.phone(`person ${n % 4}`).type(String(n));
  await vi.waitFor(() => expect(new Set(heard(world)).size).toBe(20), { timeout: 40_000 });
});
