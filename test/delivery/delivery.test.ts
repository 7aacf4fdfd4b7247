import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { ChannelError } from "../../src/channels/channel-error.ts";
import { numbered, stage } from "./outbox.ts";

const until = (check: () => void) => vi.waitFor(check, { timeout: 8_000, interval: 5 });

describe("what the outbox holds", () => {
  test("leaves in order within a chat, and one chat never waits for another", async () => {
    const slow = Promise.withResolvers<void>();
    const { post, texts } = stage({ answer: (chat) => (chat === "slow" ? slow.promise : undefined) });
    post("slow", numbered(1, "a"));
    post("quick", numbered(1, "b"), numbered(2, "c"), numbered(3, "d"));
    await until(() => expect(texts("quick")).toEqual(["b", "c", "d"]));
    expect(texts("slow")).toEqual([]);
    slow.resolve();
    await until(() => expect(texts("slow")).toEqual(["a"]));
  });

  test("is settled before the next message of that chat leaves", async () => {
    const { post, settlements, sent } = stage();
    post("c", numbered(1, "a"), numbered(2, "b"));
    await until(() => expect(settlements).toHaveLength(2));
    expect(settlements.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(sent).toHaveLength(2);
  });

  test("is not sent when quick exit took it back while it waited", async () => {
    let down = true;
    const { post, takeBack, texts } = stage({
      answer: () => (down ? new ChannelError("unavailable", "ECONNREFUSED") : undefined),
    });
    post("c", numbered(1, "private"));
    await pause(30);
    takeBack("c");
    down = false;
    post("c", numbered(2, "weather", { clear: true }));
    await until(() => expect(texts("c")).toEqual(["weather"]));
  });

  test("is not sent twice when the store fails after the sending", async () => {
    const { post, sent, storeDown, settlements } = stage({
      answer: async () => {
        await pause(5);
        storeDown(true);
      },
    });
    post("c", numbered(1, "once"));
    await until(() => expect(sent).toHaveLength(1));
    await pause(50);
    storeDown(false);
    await until(() => expect(settlements).toHaveLength(1));
    expect(sent).toHaveLength(1);
  });
});

describe("a failure", () => {
  test("is tried again until the network is back", async () => {
    let left = 2;
    const { post, texts, settlements } = stage({
      answer: () => (left-- > 0 ? new ChannelError("unavailable", "ECONNREFUSED") : undefined),
    });
    post("c", numbered(1, "a"));
    await until(() => expect(texts("c")).toEqual(["a"]));
    expect(settlements).toHaveLength(1);
  });

  test("that asks for a pause is obeyed, whatever the person does meanwhile", async () => {
    const began = performance.now();
    let refused = false;
    const { post, sent } = stage({
      answer: () => {
        if (refused) return undefined;
        refused = true;
        return new ChannelError("rate-limited", "429", 1_200);
      },
    });
    post("c", numbered(1, "a"));
    await pause(50);
    post("c", numbered(2, "b"));
    await until(() => expect(sent).toHaveLength(2));
    expect((sent[0]?.at ?? 0) - began).toBeGreaterThanOrEqual(1_190);
  });

  test("of the person's account ends everything for them and is recorded", async () => {
    const { post, gone, settlements, waiting } = stage({ answer: () => new ChannelError("unreachable", "403") });
    post("c", numbered(1, "a"), numbered(2, "b"));
    await until(() => expect(gone).toEqual(["c"]));
    expect(settlements).toEqual([{ chat: "c", seq: 1, result: "unreachable" }]);
    expect(waiting("c")).toBe(0);
  });

  test("of one message lets the next one through and is reported by the network's code alone", async () => {
    const { post, texts, notices, settlements } = stage({
      answer: (_chat, { text }) => (text === "bad" ? new ChannelError("refused", "400") : undefined),
    });
    post("c", numbered(1, "bad"), numbered(2, "good"));
    await until(() => expect(texts("c")).toEqual(["good"]));
    expect(settlements[0]).toEqual({ chat: "c", seq: 1, result: "refused" });
    expect(notices).toEqual([
      { channel: "telegram", level: "error", code: "message-refused", facts: { detail: "400" } },
    ]);
  });

  test("of our own gives up that message, names the fault and says nothing of the words", async () => {
    const { post, texts, notices } = stage({
      answer: (_chat, { text }) => {
        if (text === "bad") throw new TypeError("words of a person");
        return undefined;
      },
    });
    post("c", numbered(1, "bad"), numbered(2, "good"));
    await until(() => expect(texts("c")).toEqual(["good"]));
    expect(JSON.stringify(notices)).not.toContain("words");
    expect(notices[0]?.facts).toEqual({ detail: "TypeError" });
  });
});

describe("what comes too late", () => {
  const HOUR_MS = 3_600_000;

  test("is not sent: a reply of yesterday, and anything after a network's window", async () => {
    const { delivery, put, settlements, sent } = stage({ channel: "zalo-oa" });
    put("old", numbered(1, "a"));
    delivery.wake("old", "reply", { since: Date.now() - 25 * HOUR_MS });
    put("silent", numbered(1, "b"));
    delivery.wake("silent", "bulk", { heardAt: Date.now() - 7 * 24 * HOUR_MS - 1 });
    await until(() => expect(settlements).toHaveLength(2));
    expect(settlements.map(({ chat, result }) => [chat, result])).toEqual([
      ["old", "expired"],
      ["silent", "window-closed"],
    ]);
    expect(sent).toEqual([]);
  });
});

describe("a farewell", () => {
  test("is sent although no outbox holds it, and settles nothing of a conversation that began anew", async () => {
    const slow = Promise.withResolvers<void>();
    const { delivery, post, takeBack, texts, settlements } = stage({
      answer: (_chat, { text }) => (text === "on its way" ? slow.promise : undefined),
    });
    post("c", numbered(14, "on its way"));
    await pause(20);
    takeBack("c");
    delivery.part("c", [numbered(15, "goodbye", { clear: true, erases: ["x"] })]);
    post("c", numbered(1, "welcome"));
    slow.resolve();
    await until(() => expect(texts("c")).toContain("welcome"));
    expect(texts("c")).toEqual(["on its way", "goodbye", "welcome"]);
    expect(settlements.map(({ seq }) => seq)).toEqual([0, 0, 1]);
  });

  test("takes off the screen what was on its way as well", async () => {
    const { delivery, post, sent } = stage();
    post("c", numbered(1, "a"));
    delivery.part("c", [numbered(2, "goodbye", { clear: true, erases: ["theirs"] })]);
    await until(() => expect(sent).toHaveLength(2));
    const [first, second] = sent;
    expect(first?.message.text).toBe("goodbye");
    expect(first?.message.erases).toEqual(["theirs"]);
    expect(second?.message.erases).toEqual([]);
  });
});

describe("files", () => {
  const letter = { files: [{ id: "f", name: "don.pdf", label: "PDF" }], gone: "gone" };

  test("come along while memory has them", async () => {
    const { post, files, sent } = stage();
    files.set("f", Buffer.from("%PDF"));
    post("c", numbered(1, "PDF", letter));
    await until(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.message.attachment).toEqual({
      name: "don.pdf",
      type: "application/pdf",
      bytes: Buffer.from("%PDF"),
    });
    expect(sent[0]?.message.plainAttachment()).toEqual(["words"]);
  });

  test("that are gone are said to be, once", async () => {
    const { post, texts, settlements } = stage();
    post("c", numbered(1, "PDF", letter), numbered(2, "DOCX", { files: letter.files }));
    await until(() => expect(settlements).toHaveLength(2));
    expect(texts("c")).toEqual(["gone"]);
  });
});

test("thousands of chats can wait at once, without a warning and each for itself", async () => {
  const warnings: string[] = [];
  const hear = (warning: Error) => void warnings.push(warning.name);
  process.on("warning", hear);
  const { delivery, post, waiting } = stage({ answer: () => new ChannelError("unavailable", "ECONNREFUSED") });
  for (let number = 0; number < 2_000; number++) post(`c${number}`, numbered(1, "a"));
  await pause(300);
  await delivery.close(1_000);
  process.off("warning", hear);
  expect(warnings).toEqual([]);
  expect(waiting("c1999")).toBe(1);
});

describe("closing", () => {
  test("sends what is waiting, and leaves in the outbox what the network does not take", async () => {
    const { delivery, post, texts, waiting } = stage({
      answer: (chat) => (chat === "dead" ? new ChannelError("unavailable", "ECONNREFUSED") : undefined),
    });
    post("live", numbered(1, "a"), numbered(2, "b"));
    post("dead", numbered(1, "c"));
    await delivery.close(4_000);
    expect(texts("live")).toEqual(["a", "b"]);
    expect(waiting("dead")).toBe(1);
  });

  test("waits for the answer of what is in the air, so that it is not sent again", async () => {
    const { delivery, post, sent, settlements, waiting } = stage({
      limits: { rate: { perSecond: 1, perChat: { burst: 1, everyMs: 1_000 }, atOnce: 1 } },
      answer: () => pause(400),
    });
    post("c", numbered(1, "a"));
    post("d", numbered(1, "b"));
    await pause(20);
    await delivery.close(100);
    expect(sent.map(({ message }) => message.text)).toEqual(["a"]);
    expect(settlements).toHaveLength(1);
    expect(waiting("d")).toBe(1);
  });

  test("does not wait longer than it may for a network that does not answer", async () => {
    const { delivery, post, waiting } = stage({ answer: () => new Promise<void>(() => undefined) });
    post("c", numbered(1, "a"));
    await pause(20);
    const began = performance.now();
    await delivery.close(100);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(waiting("c")).toBe(1);
  });
});
