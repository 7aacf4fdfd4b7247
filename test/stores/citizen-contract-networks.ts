import { expect, test } from "vitest";
import { StoreError } from "../../src/errors.ts";
import type { CitizenStore, Settled } from "../../src/stores/citizen-store.ts";
import { citizen, count, HOUR, message, NOW, turn } from "./sample-turn.ts";

/** What a network that is pushed to needs: where to send, what still waits, what became of it, what is on the screen. */
export function describeNetworks(store: () => CitizenStore): void {
  describeAddresses(store);
  describeSettling(store);
  describeTrails(store);
}

function settled(changes: Partial<Settled> = {}): Settled {
  return { trail: [], at: NOW, counts: [], ...changes };
}

const three = [message("một"), message("hai"), message("ba")];
const goodbye = turn("lan", "bye", { session: null });

function describeAddresses(store: () => CitizenStore): void {
  test("knows where to send to a citizen of a network, until they are forgotten", async () => {
    expect(await store().addressee(citizen("lan"))).toBeNull();
    await store().commit(turn("lan", "1"));
    expect(await store().addressee(citizen("lan"))).toBeNull();
    await store().commit(turn("lan", "2", { address: "chat 42" }));
    await store().commit(turn("lan", "3", { address: null }));
    expect(await store().addressee(citizen("lan"))).toMatchObject({ address: "chat 42" });
    await store().commit(goodbye);
    expect(await store().addressee(citizen("lan"))).toBeNull();
  });

  test("names those with an address and waiting messages, who waited longest first", async () => {
    const waits = (chat: string, at: number) => ({ address: chat, at, messages: three });
    expect(await store().backlog()).toEqual([]);
    await store().commit(turn("late", "1", { ...waits("chat 1", NOW + 2), channel: "telegram" }));
    await store().commit(turn("early", "1", { ...waits("chat 1", NOW + 1), channel: "zalo-oa" }));
    await store().commit(turn("page", "1", { messages: three }));
    await store().commit(turn("silent", "1", { address: "chat 2" }));
    await store().commit(turn("noted", "1", waits("chat 3", NOW)));
    await store().commit(turn("settled", "1", waits("chat 4", NOW)));
    await store().settle(citizen("settled"), 3, settled());
    await store().commit(turn("half", "1", waits("chat 5", NOW)));
    await store().delivered(citizen("half"), 1);
    await store().settle(citizen("half"), 2, settled());
    await store().delivered(citizen("noted"), 3);
    expect(await store().backlog()).toEqual([
      { channel: "web", address: "chat 5", at: NOW },
      { channel: "zalo-oa", address: "chat 1", at: NOW + 1 },
      { channel: "telegram", address: "chat 1", at: NOW + 2 },
    ]);
  });
}

function describeSettling(store: () => CitizenStore): void {
  test("settling drops the messages up to a number and adds the counts", async () => {
    await store().commit(turn("lan", "1", { messages: three }));
    await store().commit(turn("minh", "1", { messages: three }));
    await store().settle(citizen("lan"), 2, settled({ counts: [count("sent"), count("sent")] }));
    expect(await store().pending(citizen("lan"), 0)).toEqual([{ ...message("ba"), seq: 3 }]);
    expect(await store().pending(citizen("minh"), 0)).toHaveLength(3);
    await store().settle(citizen("lan"), 1, settled());
    expect(await store().pending(citizen("lan"), 0)).toHaveLength(1);
    expect(await store().counts("2025-11-15", "2025-11-15")).toEqual([{ ...count("sent"), n: 2 }]);
    expect((await store().load(citizen("lan"), "1")).seq).toBe(3);
  });

  test("settling once more changes nothing but the counts", async () => {
    await store().commit(turn("lan", "1", { messages: three }));
    const same = settled({ trail: ["m 1"], counts: [count("sent")] });
    await Promise.all([1, 2].map(() => store().settle(citizen("lan"), 1, same)));
    expect(await store().pending(citizen("lan"), 0)).toHaveLength(2);
    expect(await store().trail(citizen("lan"), 0)).toEqual(["m 1"]);
    expect(await store().counts("2025-11-15", "2025-11-15")).toEqual([{ ...count("sent"), n: 2 }]);
  });

  test("settling for somebody who is no longer held only counts", async () => {
    const late = settled({ trail: ["m 2"], counts: [count("sent")] });
    await store().commit(turn("lan", "1", { messages: three }));
    await Promise.all([store().commit(goodbye), store().settle(citizen("lan"), 2, late)]);
    expect((await store().size()).citizens).toBe(0);
    await store().commit(turn("lan", "2", { messages: [message("chào")] }));
    await store().settle(citizen("lan"), 2, late);
    expect(await store().pending(citizen("lan"), 0)).toEqual([{ ...message("chào"), seq: 1 }]);
    expect(await store().trail(citizen("lan"), 0)).toEqual([]);
    expect(await store().counts("2025-11-15", "2025-11-15")).toEqual([{ ...count("sent"), n: 2 }]);
  });

  test("chats settle and turn at the same time, and what cannot be saved fails alone", async () => {
    const names = Array.from({ length: 60 }, (_, n) => `citizen ${n}`);
    await Promise.all(names.map((name) => store().commit(turn(name, "1", { messages: three }))));
    const outcomes = await Promise.allSettled(
      names.flatMap((name, n) => [
        store().settle(
          citizen(name),
          1,
          settled({ trail: ["m 1"], counts: [count("sent")], at: n === 30 ? Number.NaN : NOW }),
        ),
        store().commit(turn(name, "2", { messages: [message("bốn")] })),
      ]),
    );
    const failed = outcomes.flatMap((outcome, n) => (outcome.status === "rejected" ? [[n, outcome.reason]] : []));
    expect(failed).toEqual([[60, expect.any(StoreError)]]);
    for (const [n, name] of names.entries()) {
      const numbers = (await store().pending(citizen(name), 0)).map((one) => one.seq);
      expect(numbers).toEqual(n === 30 ? [1, 2, 3, 4] : [2, 3, 4]);
    }
    expect(await store().counts("2025-11-15", "2025-11-15")).toEqual([{ ...count("sent"), n: 59 }]);
  });
}

function describeTrails(store: () => CitizenStore): void {
  test("remembers what both sides have on the screen, each once, oldest first", async () => {
    expect(await store().trail(citizen("lan"), 0)).toEqual([]);
    const first = turn("lan", "1", { trail: ["9"], messages: three });
    await store().commit(first);
    await store().settle(citizen("lan"), 1, settled({ trail: ["11", "10"] }));
    await store().settle(citizen("lan"), 2, settled({ trail: [] }));
    await store().commit(turn("lan", "2", { trail: ["8", "9", "8"] }));
    await store().commit({ ...first, trail: ["never"] });
    await store().settle(citizen("lan"), 3, settled({ trail: ["11", "7"] }));
    await store().commit(turn("minh", "1", { trail: ["9", "6"] }));
    expect(await store().trail(citizen("lan"), 0)).toEqual(["9", "11", "10", "8", "7"]);
    expect(await store().trail(citizen("minh"), 0)).toEqual(["9", "6"]);
  });

  test("a trail ends when its citizen is forgotten, and begins anew", async () => {
    await store().commit(turn("lan", "1", { trail: ["1"], messages: three }));
    await store().commit(turn("minh", "1", { trail: ["1"] }));
    await store().commit({ ...goodbye, trail: ["2"] });
    expect(await store().trail(citizen("lan"), 0)).toEqual([]);
    await store().commit(turn("lan", "2", { trail: ["3"] }));
    expect(await store().trail(citizen("lan"), 0)).toEqual(["3"]);
    expect(await store().trail(citizen("minh"), 0)).toEqual(["1"]);
  });

  test("purges what has been on a screen for more than 48 hours, and the trail of those who expired", async () => {
    await store().commit(turn("old", "1", { trail: ["1"], expiresAt: NOW }));
    await store().commit(turn("lan", "1", { trail: ["1"], messages: three }));
    await store().settle(citizen("lan"), 1, settled({ trail: ["2"], at: NOW + 1 }));
    await store().settle(citizen("lan"), 2, settled({ trail: ["1"], at: NOW + HOUR }));
    await store().purge(NOW + 48 * HOUR);
    expect(await store().trail(citizen("old"), 0)).toEqual([]);
    expect(await store().trail(citizen("lan"), 0)).toEqual(["1", "2"]);
    await store().purge(NOW + 48 * HOUR + 1);
    expect(await store().trail(citizen("lan"), 0)).toEqual(["2"]);
    await store().purge(NOW + 48 * HOUR + 2);
    expect(await store().trail(citizen("lan"), 0)).toEqual([]);
    await store().commit(turn("old", "2"));
    expect(await store().trail(citizen("old"), 0)).toEqual([]);
  });
}
