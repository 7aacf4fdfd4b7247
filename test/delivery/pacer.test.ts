import { describe, expect, test } from "vitest";
import { Pacer } from "../../src/delivery/pacer.ts";

/** Most of these times that fall within `ms` of each other. */
function densest(times: readonly number[], ms: number): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + ms).length));
}

describe("the pacer", () => {
  test("keeps to the rate in any second and uses it", async () => {
    const pacer = new Pacer({ perSecond: 20, perChat: { burst: 3, everyMs: 1_000 }, atOnce: 8 });
    const times: number[] = [];
    const one = async (chat: string) => {
      await pacer.run(chat, "bulk", async () => {
        pacer.took(chat);
        times.push(performance.now());
      });
    };
    await Promise.all(Array.from({ length: 50 }, (_, number) => one(`c${number}`)));
    expect(densest(times, 1_000)).toBeLessThanOrEqual(20);
    const [first = 0] = times;
    expect((times.at(-1) ?? 0) - first).toBeLessThan(2_800);
    pacer.close();
  });

  test("lets a chat have a short burst and then one message after the other", async () => {
    const pacer = new Pacer({ perSecond: 100, perChat: { burst: 3, everyMs: 100 }, atOnce: 8 });
    const times: number[] = [];
    for (let number = 0; number < 8; number++) {
      await pacer.run("c", "reply", async () => {
        pacer.took("c");
        times.push(performance.now());
      });
    }
    const [first = 0] = times;
    expect((times[2] ?? 0) - first).toBeLessThan(80);
    for (let number = 3; number < times.length; number++) {
      expect((times[number] ?? 0) - (times[number - 1] ?? 0)).toBeGreaterThanOrEqual(95);
    }
    pacer.close();
  });

  test("gives no new burst to a chat that may have had one before a restart", async () => {
    const pacer = new Pacer({ perSecond: 100, perChat: { burst: 3, everyMs: 100 }, atOnce: 8 });
    const times: number[] = [];
    pacer.beginSlowly("c");
    for (let number = 0; number < 3; number++) {
      await pacer.run("c", "reply", async () => {
        pacer.took("c");
        times.push(performance.now());
      });
    }
    for (let number = 1; number < times.length; number++) {
      expect((times[number] ?? 0) - (times[number - 1] ?? 0)).toBeGreaterThanOrEqual(95);
    }
    pacer.close();
  });

  test("sends replies ahead of everything else", async () => {
    const pacer = new Pacer({ perSecond: 1, perChat: { burst: 3, everyMs: 1 }, atOnce: 1 });
    const order: string[] = [];
    const add = (name: string, lane: "reply" | "bulk") => pacer.run(name, lane, async () => void order.push(name));
    await Promise.all([add("first", "bulk"), add("second", "bulk"), add("asked", "reply")]);
    expect(order).toEqual(["first", "asked", "second"]);
    pacer.close();
  });

  test("holds everything back while the network asks for a pause", async () => {
    const pacer = new Pacer({ perSecond: 10, perChat: { burst: 3, everyMs: 1 }, atOnce: 2 });
    const began = performance.now();
    pacer.hold(300);
    await pacer.run("c", "reply", async () => undefined);
    expect(performance.now() - began).toBeGreaterThanOrEqual(290);
    pacer.close();
  });

  test("begins nothing any more once it is closed, and says so to whoever waits", async () => {
    const pacer = new Pacer({ perSecond: 1, perChat: { burst: 1, everyMs: 60_000 }, atOnce: 1 });
    const began: string[] = [];
    const add = (chat: string) => pacer.run(chat, "reply", async () => void began.push(chat));
    await add("a");
    pacer.took("a");
    const waiting = Promise.allSettled([add("b"), add("c"), add("a")]);
    pacer.close();
    expect((await waiting).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    await expect(add("d")).rejects.toThrow("closed");
    expect(began).toEqual(["a"]);
  });
});
