import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { StoreError } from "../../src/errors.ts";
import type { CitizenStore } from "../../src/stores/citizen-store.ts";
import { describeForgetting } from "./citizen-contract-forgetting.ts";
import { describeNetworks } from "./citizen-contract-networks.ts";
import { describeTogether } from "./citizen-contract-together.ts";
import { citizen, count, DAY, message, NOW, turn } from "./sample-turn.ts";

/** Opens the store of one place, which is empty at first. */
export type OpenStore = () => Promise<CitizenStore>;

export interface StoreKind {
  /** Called before each test: a new place. */
  readonly place: () => Promise<OpenStore>;
  /** False when closing loses everything, as in memory. */
  readonly keeps: boolean;
}

/** The promises every citizen store makes. An adapter's own test file calls this once. */
export function describeCitizenStore(name: string, kind: StoreKind): void {
  describe(`${name} keeps the promises of a citizen store`, () => {
    const current: { store?: CitizenStore; open?: OpenStore } = {};
    const store = () => current.store ?? expect.fail("no store");
    const reopen = async () => {
      current.store = await (current.open ?? expect.fail("no place"))();
    };

    beforeEach(async () => {
      current.open = await kind.place();
      await reopen();
      onTestFinished(() => current.store?.close());
    });

    describeTurns(store);
    describeMessages(store);
    describeTogether(store);
    describeForgetting(store);
    describeNetworks(store);
    describeFigures(store);

    if (kind.keeps) describeReopening(store, reopen);

    test("rejects with StoreError once it is closed, and closes twice without harm", async () => {
      await store().close();
      await store().close();
      await expect(store().load(citizen("lan"), "1")).rejects.toBeInstanceOf(StoreError);
      await expect(store().commit(turn("lan", "1"))).rejects.toBeInstanceOf(StoreError);
    });
  });
}

function describeReopening(store: () => CitizenStore, reopen: () => Promise<void>): void {
  test("finds everything again after it was closed and opened", async () => {
    const said = { messages: [message("một"), message("hai"), message("ba")], trail: ["m 1"], address: "chat 42" };
    await store().commit(turn("lan", "1", { ...said, counts: [count("seen")] }));
    await store().delivered(citizen("lan"), 1);
    await store().settle(citizen("lan"), 2, { trail: ["m 2"], at: NOW, counts: [] });
    await store().close();
    await reopen();
    expect(await store().load(citizen("lan"), "1")).toEqual({ session: { v: 1, at: "1" }, seq: 3, seen: true });
    expect(await store().pending(citizen("lan"), 0)).toEqual([{ ...message("ba"), seq: 3 }]);
    expect(await store().counts("2025-11-15", "2025-11-15")).toEqual([{ ...count("seen"), n: 1 }]);
    expect(await store().trail(citizen("lan"), 0)).toEqual(["m 1", "m 2"]);
    expect(await store().backlog()).toEqual([{ channel: "web", address: "chat 42", at: NOW }]);
  });
}

function describeTurns(store: () => CitizenStore): void {
  test("holds nothing about a stranger", async () => {
    expect(await store().load(citizen("lan"), "1")).toEqual({ session: null, seq: 0, seen: false });
    expect(await store().pending(citizen("lan"), 0)).toEqual([]);
  });

  test("gives back the session of the last turn, whatever JSON it is", async () => {
    const session = { v: 7, text: "Chào bạn 🌻 \u0000 \"'", list: [1, [true, null]], none: {} };
    await store().commit(turn("lan", "1"));
    await store().commit(turn("lan", "2", { session }));
    expect((await store().load(citizen("lan"), "2")).session).toEqual(session);
  });

  test("knows which inputs of which citizen it has seen", async () => {
    await store().commit(turn("lan", "1"));
    expect((await store().load(citizen("lan"), "1")).seen).toBe(true);
    expect((await store().load(citizen("lan"), "2")).seen).toBe(false);
    expect((await store().load(citizen("minh"), "1")).seen).toBe(false);
    expect(await store().commit(turn("minh", "1"))).toMatchObject({ duplicate: false });
  });

  test("a repeated input changes nothing and gives the same waiting messages again", async () => {
    const first = turn("lan", "1", {
      messages: [message("một")],
      counts: [count("seen")],
      submissions: [{ box: "feedback", text: "hay", day: "2025-11-15" }],
    });
    const receipt = await store().commit(first);
    await store().commit(turn("lan", "2", { messages: [message("hai")] }));
    const repeat = await store().commit({ ...first, session: { changed: true }, messages: [message("khác")] });
    expect(repeat).toEqual({ duplicate: true, messages: receipt.messages });
    expect(await store().load(citizen("lan"), "1")).toEqual({ session: { v: 1, at: "2" }, seq: 2, seen: true });
    expect(await store().counts("2025-11-15", "2025-11-15")).toEqual([{ ...count("seen"), n: 1 }]);
    expect(await store().submissions()).toHaveLength(1);
    await store().delivered(citizen("lan"), 1);
    expect(await store().commit(first)).toEqual({ duplicate: true, messages: [] });
  });

  test("the bot's own ticks are never taken for repeats", async () => {
    for (const seq of [1, 2, 3]) {
      const receipt = await store().commit(turn("lan", "", { messages: [message("đến giờ")] }));
      expect(receipt).toMatchObject({ duplicate: false, messages: [{ seq }] });
    }
  });

  test("names citizens whose time has come, oldest first", async () => {
    await store().commit(turn("late", "1", { wakeAt: NOW + 3 }));
    await store().commit(turn("early", "1", { wakeAt: NOW + 1, channel: "telegram" }));
    await store().commit(turn("never", "1"));
    await store().commit(turn("middle", "1", { wakeAt: NOW + 2 }));
    expect(await store().due(NOW, 10)).toEqual([]);
    expect(await store().due(NOW + 2, 10)).toEqual([
      { key: citizen("early"), channel: "telegram" },
      { key: citizen("middle"), channel: "web" },
    ]);
    expect(await store().due(NOW + DAY, 1)).toEqual([{ key: citizen("early"), channel: "telegram" }]);
    await store().commit(turn("early", "2", { wakeAt: null }));
    expect(await store().due(NOW + 1, 10)).toEqual([]);
  });
}

function describeMessages(store: () => CitizenStore): void {
  test("numbers a citizen's messages 1, 2, 3 without gaps", async () => {
    const first = await store().commit(turn("lan", "1", { messages: [message("một"), message("hai")] }));
    await store().commit(turn("lan", "2"));
    const other = await store().commit(turn("minh", "1", { messages: [message("khác")] }));
    const next = await store().commit(turn("lan", "3", { messages: [message("ba")] }));
    expect(first.messages.map((m) => m.seq)).toEqual([1, 2]);
    expect(other.messages.map((m) => m.seq)).toEqual([1]);
    expect(next.messages).toEqual([{ ...message("ba"), seq: 3 }]);
    expect((await store().load(citizen("lan"), "")).seq).toBe(3);
  });

  test("offers messages until they are delivered", async () => {
    const full = {
      ...message("chọn"),
      choices: [{ id: "yes", label: "Có", token: "help:can-talk:yes" }],
      calls: [{ label: "Gọi", tel: "0000" }],
      links: [{ label: "Đọc", url: "https://example.org/" }],
      media: { kind: "image" as const, file: "poster.png" },
      files: [{ id: "draft", name: "don.pdf", label: "Tải về" }],
      held: "draft",
      gone: "Đơn đã được quên.",
      passing: true as const,
      discreet: true as const,
      replaces: "m 1",
      erases: ["m 2", "m 3"],
      expects: "choice" as const,
    };
    await store().commit(turn("lan", "1", { messages: [full, message("hai"), message("ba")] }));
    expect(await store().pending(citizen("lan"), 0)).toMatchObject([{ seq: 1 }, { seq: 2 }, { seq: 3 }]);
    expect((await store().pending(citizen("lan"), 0))[0]).toEqual({ ...full, seq: 1 });
    expect(await store().pending(citizen("lan"), 2)).toEqual([{ ...message("ba"), seq: 3 }]);
    expect(await store().pending(citizen("lan"), 1, 1)).toEqual([{ ...message("hai"), seq: 2 }]);
    await store().delivered(citizen("lan"), 2);
    expect(await store().pending(citizen("lan"), 0)).toEqual([{ ...message("ba"), seq: 3 }]);
    await store().delivered(citizen("lan"), 1);
    expect(await store().pending(citizen("lan"), 0)).toHaveLength(1);
  });

  test("a delivery number from nowhere takes no later message away", async () => {
    await store().delivered(citizen("lan"), 1_000_000);
    await store().commit(turn("lan", "1", { messages: [message("một")] }));
    expect(await store().pending(citizen("lan"), 0)).toHaveLength(1);
    await store().delivered(citizen("lan"), 1_000_000);
    await store().commit(turn("lan", "2", { messages: [message("hai")] }));
    expect(await store().pending(citizen("lan"), 0)).toEqual([{ ...message("hai"), seq: 2 }]);
  });
}

function describeFigures(store: () => CitizenStore): void {
  test("adds counts up by day, flow, node, channel and province", async () => {
    await store().commit(turn("lan", "1", { counts: [count("right"), count("right"), count("right", "2025-11-16")] }));
    await store().commit(turn("minh", "1", { counts: [count("right"), { ...count("right"), province: "" }] }));
    const counted = await store().counts("2025-11-15", "2025-11-15");
    expect(counted.toSorted((a, b) => b.n - a.n)).toEqual([
      { ...count("right"), n: 3 },
      { ...count("right"), province: "", n: 1 },
    ]);
    expect(await store().counts("2025-11-16", "2025-12-15")).toEqual([{ ...count("right", "2025-11-16"), n: 1 }]);
  });

  test("keeps what people agreed to send, in no order that tells who sent it", async () => {
    const texts = Array.from({ length: 12 }, (_, index) => `ý kiến ${String(index).padStart(2, "0")}`);
    for (const text of texts) {
      const submissions = [{ box: "proposal" as const, text, day: "2025-11-15" }];
      await store().commit(turn("lan", text, { submissions }));
    }
    await store().commit(turn("lan", "bye", { session: null }));
    const kept = await store().submissions();
    expect(kept.map((s) => s.text).toSorted()).toEqual(texts);
    expect(kept.map((s) => s.text)).not.toEqual(texts);
    expect(kept[0]).toEqual({ box: "proposal", day: "2025-11-15", text: kept[0]?.text });
  });

  test("says how many citizens it holds and how large it is", async () => {
    await store().commit(turn("lan", "1"));
    await store().commit(turn("minh", "1"));
    const size = await store().size();
    expect(size.citizens).toBe(2);
    expect(size.bytes).toBeGreaterThan(0);
  });
}
