import { expect, test } from "vitest";
import type { CitizenStore } from "../../src/stores/citizen-store.ts";
import { citizen, count, DAY, HOUR, message, NOW, turn } from "./sample-turn.ts";

/** What is deleted on request and by time, and what stays. */
export function describeForgetting(store: () => CitizenStore): void {
  const goodbye = turn("lan", "bye", { session: null, messages: [message("đã xoá")], counts: [count("forget")] });

  test("forgets everything about a citizen within the turn", async () => {
    await store().commit(
      turn("lan", "1", {
        messages: [message("một")],
        wakeAt: NOW,
        address: "chat 42",
        referrals: [{ service: "a-service", open: true }],
      }),
    );
    const receipt = await store().commit(goodbye);
    expect(receipt).toEqual({ duplicate: false, messages: [{ ...message("đã xoá"), seq: 2 }] });
    expect(await store().load(citizen("lan"), "1")).toEqual({ session: null, seq: 0, seen: false });
    expect(await store().pending(citizen("lan"), 0)).toEqual([]);
    expect(await store().due(NOW + DAY, 10)).toEqual([]);
    expect((await store().size()).citizens).toBe(0);
    expect(await store().counts("2025-11-15", "2025-11-15")).toEqual([{ ...count("forget"), n: 1 }]);
  });

  test("a repeated request to forget says goodbye again and holds nothing", async () => {
    await store().commit(turn("lan", "1"));
    await store().commit(goodbye);
    expect((await store().commit(goodbye)).messages).toHaveLength(1);
    expect(await store().load(citizen("lan"), "bye")).toEqual({ session: null, seq: 0, seen: false });
    expect((await store().size()).citizens).toBe(0);
  });

  test("forgets one citizen only, and starts anew with the next input", async () => {
    const kept = turn("minh", "1", { messages: [message("một")] });
    await Promise.all([
      store().commit(turn("lan", "1", { messages: [message("một"), message("hai")] })),
      store().commit(kept),
      store().commit(goodbye),
      store().commit(turn("lan", "2", { messages: [message("chào")] })),
    ]);
    expect(await store().pending(citizen("lan"), 0)).toEqual([{ ...message("chào"), seq: 1 }]);
    expect(await store().pending(citizen("minh"), 0)).toHaveLength(1);
  });

  test("purges citizens whose time is over, and nobody else", async () => {
    await store().commit(turn("old", "1", { expiresAt: NOW + HOUR, messages: [message("một")], wakeAt: NOW }));
    await store().commit(turn("new", "1", { expiresAt: NOW + DAY, messages: [message("một")] }));
    await store().commit(turn("back", "1", { expiresAt: NOW + HOUR }));
    await store().commit(turn("back", "2", { expiresAt: NOW + DAY }));
    expect(await store().purge(NOW)).toBe(0);
    expect(await store().purge(NOW + HOUR)).toBe(1);
    expect(await store().load(citizen("old"), "1")).toEqual({ session: null, seq: 0, seen: false });
    expect(await store().pending(citizen("old"), 0)).toEqual([]);
    expect(await store().due(NOW + DAY, 10)).toEqual([]);
    expect(await store().pending(citizen("new"), 0)).toHaveLength(1);
    expect((await store().load(citizen("back"), "2")).seen).toBe(true);
    expect(await store().purge(NOW + HOUR)).toBe(0);
  });

  test("remembers input ids for 48 hours", async () => {
    await store().commit(turn("lan", "1", { at: NOW }));
    await store().commit(turn("lan", "2", { at: NOW + HOUR }));
    await store().purge(NOW + 48 * HOUR);
    expect((await store().load(citizen("lan"), "1")).seen).toBe(true);
    await store().purge(NOW + 48 * HOUR + 1);
    expect((await store().load(citizen("lan"), "1")).seen).toBe(false);
    expect((await store().load(citizen("lan"), "2")).seen).toBe(true);
  });

  test("purges among turns that go on meanwhile", async () => {
    for (let n = 0; n < 40; n++) await store().commit(turn(`old ${n}`, "1", { expiresAt: NOW }));
    const purging = store().purge(NOW);
    const turns = Array.from({ length: 40 }, (_, n) => store().commit(turn(`new ${n}`, "1")));
    await Promise.all(turns);
    expect(await purging).toBe(40);
    expect((await store().size()).citizens).toBe(40);
  });
}
