import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { seededRandom } from "../../src/bot/random.ts";
import { Pace } from "../../src/delivery/pace/pace.ts";
import { farNetwork } from "./far-network.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function between(least: number, most: number): () => number {
  const random = seededRandom(7);
  return () => least + Math.floor(random() * (most - least + 1));
}

const window = (perSecond: number) => ({ kind: "window", perSecond }) as const;
const bucket = (perSecond: number) => ({ kind: "bucket", perSecond }) as const;

describe("a rate that is what the network permits", () => {
  test.each([
    { declared: 30, messages: 600, travel: [1, 2], wanted: 0.99 },
    { declared: 30, messages: 600, travel: [20, 40], wanted: 0.96 },
    { declared: 30, messages: 600, travel: [5, 60], wanted: 0.93 },
    { declared: 5, messages: 100, travel: [20, 40], wanted: 0.95 },
    { declared: 1, messages: 20, travel: [20, 40], wanted: 0.95 },
    { declared: 1_000, messages: 5_000, travel: [15, 30], wanted: 0.96 },
  ])("$declared/s, $travel ms each way: used, and never exceeded within any second", async (given) => {
    const { declared, messages, travel, wanted } = given;
    const [least = 0, most = 0] = travel;
    const network = farNetwork({ declared, permits: window(declared), travelMs: between(least, most) });
    await network.broadcast(messages);
    expect(network.refusals).toEqual([]);
    expect(network.speed(messages)).toBeGreaterThanOrEqual(wanted * declared);
  });

  test("is not exceeded when some messages take much longer than others", async () => {
    const random = seededRandom(3);
    const travelMs = () => (random() < 0.05 ? 700 : 10 + Math.floor(random() * 10));
    const network = farNetwork({ declared: 30, permits: window(30), travelMs });
    await network.broadcast(600);
    expect(network.refusals).toEqual([]);
    expect(network.speed(600)).toBeGreaterThan(25);
  });

  test("leaves a reply its place soon, however many messages wait", async () => {
    const network = farNetwork({ declared: 30, permits: window(30), travelMs: between(1, 3) });
    const broadcast = network.broadcast(300);
    const replies: number[] = [];
    for (let number = 0; number < 40; number++) {
      await vi.advanceTimersByTimeAsync(190);
      void network.send("reply").then((ms) => replies.push(ms));
    }
    await broadcast;
    expect(replies).toHaveLength(40);
    expect(Math.max(...replies)).toBeLessThan(80);
  });

  test("is used to the full on a machine that stands still now and then", () => {
    const pace = new Pace(30);
    const left: number[] = [];
    let now = 0;
    while (left.length < 600) {
      now += pace.wait("bulk", now);
      if (left.length % 47 === 46) now += 60;
      left.push(now);
      pace.answered(pace.leave(now), now, "taken");
    }
    expect((left.length * 1_000) / now).toBeGreaterThan(29);
  });
});

describe("a rate that is more than the network permits", () => {
  test.each([
    { declared: 5, permits: window(3), messages: 600 },
    { declared: 5, permits: bucket(2), messages: 600 },
    { declared: 30, permits: window(27), messages: 3_000 },
    { declared: 30, permits: bucket(20), messages: 3_000 },
    { declared: 60, permits: window(25), messages: 3_000 },
    { declared: 1_000, permits: bucket(30), messages: 1_500 },
  ])("$declared/s instead of $permits.perSecond/s ($permits.kind): found from a few refusals", async (given) => {
    const { declared, permits, messages } = given;
    const network = farNetwork({ declared, permits, travelMs: between(1, 3) });
    await network.broadcast(messages);
    expect(network.refusals.length).toBeLessThanOrEqual(10);
    expect(network.speed(messages / 2)).toBeGreaterThan(0.85 * permits.perSecond);
  });

  test("comes back when the network permits more again", async () => {
    const network = farNetwork({ declared: 30, permits: bucket(15), travelMs: between(1, 3) });
    await network.broadcast(600);
    expect(network.pacer.perSecond).toBeLessThan(17);
    network.permit(bucket(30));
    await network.broadcast(8_000);
    expect(network.pacer.perSecond).toBeGreaterThan(29);
  });

  test("is left as it is by a network that refuses everything", async () => {
    const network = farNetwork({ declared: 30, permits: bucket(30), travelMs: () => 2 });
    await network.broadcast(60);
    // Never holds as much as one message.
    network.permit(bucket(0.5));
    const waiting = network.send("reply");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(network.refusals.length).toBeGreaterThan(0);
    network.permit(bucket(30));
    await vi.advanceTimersByTimeAsync(120_000);
    await waiting;
    expect(network.pacer.perSecond).toBeGreaterThan(14);
  });
});

describe("a refusal", () => {
  /** One message to this chat, the last of so many, to which the network says to wait five seconds. */
  const refuse = ({ pacer }: ReturnType<typeof farNetwork>, chat: string, lane: "reply" | "bulk", messages = 1) =>
    pacer.run(chat, lane, async () => {
      for (let number = 0; number < messages; number++) pacer.took(chat);
      pacer.refused(chat, 5_000);
    });
  const open = () => farNetwork({ declared: 30, permits: window(30), travelMs: () => 1 });

  /** How long a reply to this chat takes. */
  async function replyTo(chat: string, network: ReturnType<typeof farNetwork>): Promise<number> {
    const reply = network.send("reply", chat);
    await vi.advanceTimersByTimeAsync(7_000);
    return reply;
  }

  test.each(["reply", "bulk"] as const)("after several messages to a chat is that chat's alone (%s)", async (lane) => {
    const network = open();
    await refuse(network, "busy", lane, 2);
    const busy = replyTo("busy", network);
    expect(await replyTo("other", network)).toBeLessThan(100);
    expect(await busy).toBeGreaterThanOrEqual(5_000);
    expect(network.pacer.perSecond).toBe(30);
  });

  test("of a single reply while little is sent is that chat's alone", async () => {
    const network = open();
    await refuse(network, "one", "reply");
    expect(await replyTo("other", network)).toBeLessThan(100);
    expect(network.pacer.perSecond).toBe(30);
  });

  test("of a second chat is everybody's", async () => {
    const network = open();
    await refuse(network, "one", "reply");
    await refuse(network, "two", "reply");
    expect(await replyTo("other", network)).toBeGreaterThanOrEqual(5_000);
  });

  test("of a message that went to many is everybody's", async () => {
    const network = open();
    await refuse(network, "one", "bulk");
    expect(await replyTo("other", network)).toBeGreaterThanOrEqual(5_000);
    expect(network.pacer.perSecond).toBeLessThan(30);
  });
});

describe("the places of a second", () => {
  test("are free again at once when nothing left after all", async () => {
    const { pacer } = farNetwork({ declared: 2, permits: window(2), travelMs: () => 1 });
    const ended: number[] = [];
    const one = (number: number) => pacer.run(`c${number}`, "bulk", async () => void ended.push(number));
    const all = Promise.all(Array.from({ length: 100 }, (_, number) => one(number)));
    await vi.advanceTimersByTimeAsync(500);
    await all;
    expect(ended).toHaveLength(100);
  });

  test("are not held for ever by messages that get no answer", async () => {
    const { pacer } = farNetwork({ declared: 2, permits: window(2), travelMs: () => 1 });
    const hang = (chat: string) => {
      const never = () => {
        pacer.took(chat);
        return new Promise<void>(() => undefined);
      };
      pacer.run(chat, "bulk", never).catch(() => undefined);
    };
    hang("a");
    hang("b");
    const reply = pacer.run("c", "reply", async () => "sent");
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await reply).toBe("sent");
  });

  test("cost the same however many wait", async () => {
    vi.useRealTimers();
    const { pacer } = farNetwork({ declared: 1, permits: window(1), travelMs: () => 1 });
    const began = process.cpuUsage();
    const waiting = Array.from({ length: 100_000 }, (_, number) =>
      pacer.run(`c${number}`, "bulk", async () => pacer.took(`c${number}`)).catch(() => "closed"),
    );
    expect(process.cpuUsage(began).user / 100_000).toBeLessThan(20);
    pacer.close();
    expect(await waiting.at(-1)).toBe("closed");
  });
});
