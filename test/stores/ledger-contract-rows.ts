import { expect, test } from "vitest";
import { claim, names, planFor, type Stores, settled, tallied } from "./ledger-contract-steps.ts";
import { citizen, count, message, NOW, subscriber, turn } from "./sample-turn.ts";

/** How rows go from one state to the next. */
export function describeLedgerRows(store: () => Stores): void {
  describeClaims(store);
  describeOutcomes(store);
  describeNext(store);
}

function describeClaims(store: () => Stores): void {
  test("a turn that claims a planned row is applied together with it", async () => {
    await planFor(store(), ["lan"]);
    const said = { messages: [message("chào")], counts: [count("claimed")] };
    const receipt = await store().commit({ ...claim("lan", { state: "sent" }), ...said });
    expect(receipt).toEqual({ duplicate: false, messages: [{ ...message("chào"), seq: 1 }] });
    expect(await tallied(store())).toEqual(["sent: 1"]);
    expect(await names(store())).toEqual([]);
  });

  test("a row is claimed once, however many try", async () => {
    await planFor(store(), ["lan", "minh"]);
    const tries = Array.from({ length: 20 }, (_, n) =>
      store().commit({ ...claim("lan"), session: { n }, messages: [message("chào")], counts: [count("claimed")] }),
    );
    const receipts = await Promise.all(tries);
    expect(receipts.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(receipts.slice(1)).toEqual(Array(19).fill({ duplicate: true, messages: [] }));
    expect(await store().load(citizen("lan"), "")).toMatchObject({ session: { n: 0 }, seq: 1 });
    expect(await store().counts("2025-11-15", "2025-11-15")).toEqual([{ ...count("claimed"), n: 1 }]);
    expect(await tallied(store())).toEqual(["planned: 1", "sending: 1"]);
  });

  test("a claim of somebody who is not planned changes nothing and makes nobody", async () => {
    await planFor(store(), ["lan"]);
    await store().commit(subscriber("late"));
    for (const one of [claim("stranger"), claim("late"), claim("lan", { state: "sent" }, "other")]) {
      expect(await store().commit({ ...one, counts: [count("claimed")] })).toEqual({ duplicate: true, messages: [] });
    }
    expect((await store().size()).citizens).toBe(2);
    expect(await store().counts("2025-11-15", "2025-11-15")).toEqual([]);
    expect(await tallied(store())).toEqual(["planned: 1"]);
  });

  test("a claim whose turn cannot be saved leaves the row planned", async () => {
    await planFor(store(), ["lan", "minh"]);
    const bad = { ...claim("lan"), at: Number.NaN };
    const outcomes = await Promise.allSettled([store().commit(bad), store().commit(claim("minh"))]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    expect(await names(store())).toEqual([citizen("lan")]);
  });
}

function describeOutcomes(store: () => Stores): void {
  test("what was being sent becomes sent, failed or skipped once, and stays so", async () => {
    await planFor(store(), ["an", "binh", "chi", "dung"]);
    for (const name of ["an", "binh", "chi"]) await store().commit(claim(name));
    await store().settle(citizen("an"), 0, settled({ state: "sent" }));
    await store().settle(citizen("an"), 0, settled({ state: "failed", why: "busy" }));
    await store().settle(citizen("binh"), 0, settled({ state: "failed", why: "unreachable" }));
    await store().settle(citizen("chi"), 0, settled({ state: "skipped", why: "quota-spent" }));
    await store().settle(citizen("dung"), 0, settled({ state: "sent" }));
    await store().settle(citizen("stranger"), 0, settled({ state: "sent" }));
    await store().ledger.postpone("tet", citizen("an"), NOW);
    expect(await tallied(store())).toEqual([
      "failed/unreachable: 1",
      "planned: 1",
      "sent: 1",
      "skipped/quota-spent: 1",
    ]);
    expect((await store().commit(claim("an"))).duplicate).toBe(true);
  });

  test("what surely did not arrive can be settled as planned again", async () => {
    await planFor(store(), ["an"]);
    await store().commit(claim("an"));
    await store().settle(citizen("an"), 0, settled({ state: "planned" }));
    expect(await names(store())).toEqual([citizen("an")]);
  });

  test("runs do not touch each other's rows", async () => {
    await planFor(store(), ["lan"], "tet");
    await planFor(store(), ["lan"], "thu");
    await store().commit(claim("lan", { state: "sending" }, "tet"));
    await store().settle(citizen("lan"), 0, settled({ state: "sent" }, "thu"));
    expect(await tallied(store(), "tet")).toEqual(["sending: 1"]);
    expect(await tallied(store(), "thu")).toEqual(["planned: 1"]);
  });

  test("after a start, what was being sent has failed and nothing else changed", async () => {
    await planFor(store(), ["an", "binh", "chi", "dung"]);
    for (const name of ["an", "binh", "chi"]) await store().commit(claim(name));
    await store().settle(citizen("an"), 0, settled({ state: "sent" }));
    expect(await store().ledger.interrupt()).toBe(2);
    expect(await store().ledger.interrupt()).toBe(0);
    await store().settle(citizen("binh"), 0, settled({ state: "sent" }));
    expect(await tallied(store())).toEqual(["failed/interrupted: 2", "planned: 1", "sent: 1"]);
  });
}

function describeNext(store: () => Stores): void {
  test("names those who are planned on a channel in the order of planning, with where to send", async () => {
    const addressed = { an: "chat 1", binh: "chat 2", chi: null };
    for (const [name, address] of Object.entries(addressed)) {
      await store().commit({ ...subscriber(name), address });
    }
    await store().commit(subscriber("other", { channel: "zalo-bot" }));
    await planFor(store(), []);
    expect(await store().ledger.next("tet", "telegram", NOW, 10)).toEqual([
      { key: citizen("an"), channel: "telegram", address: "chat 1" },
      { key: citizen("binh"), channel: "telegram", address: "chat 2" },
      { key: citizen("chi"), channel: "telegram", address: null },
    ]);
    expect(await store().ledger.next("tet", "telegram", NOW, 2)).toHaveLength(2);
    expect(await store().ledger.next("tet", "zalo-bot", NOW, 10)).toHaveLength(1);
    expect(await store().ledger.next("tet", "web", NOW, 10)).toEqual([]);
    await store().commit(claim("an"));
    expect(await names(store())).toEqual([citizen("binh"), citizen("chi")]);
  });

  test("what is postponed waits for its time, then it comes first", async () => {
    await planFor(store(), ["an", "binh", "chi"]);
    await store().commit(claim("an"));
    await store().ledger.postpone("tet", citizen("an"), NOW + 10);
    await store().ledger.postpone("tet", citizen("binh"), NOW + 5);
    expect(await tallied(store())).toEqual(["planned: 3"]);
    expect(await names(store(), NOW + 4)).toEqual([citizen("chi")]);
    expect(await names(store(), NOW + 5)).toEqual(["binh", "chi"].map(citizen));
    expect(await names(store(), NOW + 10)).toEqual(["binh", "an", "chi"].map(citizen));
    expect((await store().ledger.next("tet", "telegram", NOW + 10, 1)).map(({ key }) => key)).toEqual([
      citizen("binh"),
    ]);
    expect((await store().commit(claim("an"))).duplicate).toBe(false);
  });

  test("an input that came before is a repeat and claims nothing", async () => {
    await planFor(store(), ["lan"]);
    await store().commit(turn("lan", "7"));
    expect((await store().commit({ ...claim("lan"), inputId: "7" })).duplicate).toBe(true);
    expect(await tallied(store())).toEqual(["planned: 1"]);
  });
}
