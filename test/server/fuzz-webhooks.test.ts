import { expect, test } from "vitest";
import { seededRandom } from "../../src/bot/random.ts";
import { fuzzWebhooks } from "./fuzz-webhooks.ts";
import { anyBody } from "./mutations.ts";
import { EchoHook, HOOK, SECRET, startStage } from "./stage.ts";

const UPDATE = { update_id: 1, message: { message_id: 7, chat: { id: 42, type: "private" }, text: "xin chào" } };

test("the server stands whatever bodies come", async () => {
  const hook = new EchoHook();
  const { address } = await startStage({ mounts: [hook.mount] });
  const target = {
    name: "echo",
    url: `${address}${HOOK}`,
    headersFor: () => ({ "x-secret": SECRET }),
    seedBodies: [UPDATE],
  };
  const { statuses, memory } = await fuzzWebhooks([target], { address, bodies: 2_000, seed: 4 });
  expect(Object.keys(statuses["echo"] ?? {})).toEqual(expect.arrayContaining(["200", "400", "401", "413"]));
  expect(Object.values(statuses["echo"] ?? {}).reduce((sum, n) => sum + n, 0)).toBe(2_000);
  expect(memory).toHaveLength(6);
});

test("a failure of the server is told with the body that caused it", async () => {
  const hook = new EchoHook();
  hook.before = () => Promise.reject(new RangeError("x"));
  const { address } = await startStage({ mounts: [hook.mount] });
  const target = { name: "echo", url: `${address}${HOOK}`, headersFor: () => ({}), seedBodies: [UPDATE] };
  await expect(fuzzWebhooks([target], { address, bodies: 20, seed: 1 })).rejects.toThrow(/^echo: 503 for body \d+/);
});

test("the same seed gives the same bodies, and they are of many kinds", () => {
  const bodies = (seed: number): string[] => {
    const random = seededRandom(seed);
    return Array.from({ length: 500 }, () => anyBody([UPDATE], random).toString("latin1"));
  };
  expect(bodies(3)).toEqual(bodies(3));
  expect(bodies(3)).not.toEqual(bodies(5));
  expect(new Set(bodies(3)).size).toBeGreaterThan(300);
  expect(bodies(3).some((body) => body.includes("__proto__"))).toBe(true);
});
