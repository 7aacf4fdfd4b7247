import { expect, test } from "vitest";
import { claim, names, planFor, type Stores, settled, tallied } from "./ledger-contract-steps.ts";
import { citizen, DAY, NOW, subscriber } from "./sample-turn.ts";

/** How rows and runs end, and what is left of them. */
export function describeLedgerEnds(store: () => Stores): void {
  describeSkipping(store);
  describeClosing(store);
  describeCounting(store);
}

const people = ["an", "binh", "chi", "dung"];

function describeSkipping(store: () => Stores): void {
  test("skips what is still planned, of one channel or of all", async () => {
    for (const name of ["z1", "z2"]) await store().commit(subscriber(name, { channel: "zalo-oa" }));
    await planFor(store(), people);
    await store().commit(claim("an"));
    await store().commit(claim("binh", { state: "sent" }));
    expect(await store().ledger.skipPlanned("tet", "quota-spent", "zalo-oa")).toBe(2);
    expect(await tallied(store())).toEqual(["planned: 2", "sending: 1", "sent: 1", "skipped/quota-spent: 2"]);
    expect(await store().ledger.skipPlanned("tet", "aborted")).toBe(2);
    expect(await store().ledger.skipPlanned("tet", "aborted")).toBe(0);
    expect(await names(store(), NOW + DAY)).toEqual([]);
    expect((await store().commit(claim("chi"))).duplicate).toBe(true);
    await store().settle(citizen("an"), 0, settled({ state: "sent" }));
    expect(await tallied(store())).toEqual(["sent: 2", "skipped/aborted: 2", "skipped/quota-spent: 2"]);
  });

  test("skips thousands while turns go on", async () => {
    const many = Array.from({ length: 2_500 }, (_, n) => `citizen ${n}`);
    await Promise.all(many.map((name) => store().commit(subscriber(name))));
    await store().ledger.begin("tet", NOW);
    await store().ledger.plan("tet", 5_000, () => "planned");
    const skipping = store().ledger.skipPlanned("tet", "aborted");
    await store().commit(subscriber("new"));
    expect(await skipping).toBe(2_500);
  });
}

function describeClosing(store: () => Stores): void {
  test("a closed run stays closed", async () => {
    await planFor(store(), ["an"]);
    await store().commit(claim("an", { state: "sent" }));
    await store().ledger.close("tet", "done", NOW + 1);
    await store().ledger.close("tet", "aborted", NOW + 2);
    await store().ledger.begin("tet", NOW + 3);
    expect(await store().ledger.runs()).toEqual([
      { run: "tet", startedAt: NOW, planned: true, closed: { at: NOW + 1, as: "done" } },
    ]);
  });

  test("nothing is planned in a closed run: what is left, or comes back, is skipped", async () => {
    await planFor(store(), people);
    for (const name of ["an", "binh", "chi"]) await store().commit(claim(name));
    await store().ledger.close("tet", "aborted", NOW);
    await store().ledger.postpone("tet", citizen("an"), NOW);
    await store().settle(citizen("binh"), 0, settled({ state: "planned" }));
    await store().settle(citizen("chi"), 0, settled({ state: "sent" }));
    expect(await tallied(store())).toEqual(["sent: 1", "skipped/aborted: 3"]);
    expect(await names(store(), NOW + DAY)).toEqual([]);
  });

  test("a closed run plans nobody more", async () => {
    for (const name of people) await store().commit(subscriber(name));
    await store().ledger.begin("tet", NOW);
    await store().ledger.plan("tet", 2, () => "planned");
    await store().ledger.close("tet", "expired", NOW);
    expect(await store().ledger.plan("tet", 2, () => "planned")).toBe(true);
    expect(await tallied(store())).toEqual(["skipped/expired: 2"]);
  });
}

function describeCounting(store: () => Stores): void {
  const forget = (name: string) => store().commit({ ...subscriber(name, {}, "bye"), session: null });

  test("whoever is forgotten is counted on, and nobody else is", async () => {
    await planFor(store(), [...people, "giang"]);
    await store().commit(claim("an"));
    await store().commit(claim("binh"));
    await store().settle(citizen("binh"), 0, settled({ state: "failed", why: "busy" }));
    await store().commit(claim("chi", { state: "sent" }));
    for (const name of people) await forget(name);
    const after = ["failed/busy: 1", "failed/interrupted: 1", "planned: 1", "sent: 1", "skipped/unsubscribed: 1"];
    expect(await tallied(store())).toEqual(after);
    expect(await names(store())).toEqual([citizen("giang")]);
    for (const name of people) await store().commit(subscriber(name));
    await store().settle(citizen("an"), 0, settled({ state: "sent" }));
    for (const name of people) expect((await store().commit(claim(name))).duplicate).toBe(true);
    expect(await tallied(store())).toEqual(after);
  });

  test("a turn that is sent a broadcast may forget", async () => {
    await planFor(store(), ["an"]);
    expect(await store().commit({ ...claim("an", { state: "sent" }), session: null })).toMatchObject({
      duplicate: false,
    });
    expect(await tallied(store())).toEqual(["sent: 1"]);
  });

  test("whoever expires is counted on", async () => {
    await planFor(store(), ["an"]);
    await store().commit({ ...claim("an"), expiresAt: NOW });
    expect(await store().purge(NOW)).toBe(1);
    expect(await tallied(store())).toEqual(["failed/interrupted: 1"]);
  });

  test("seven days after the end of a run nobody's row is left, and the tally is the same", async () => {
    await planFor(store(), people, "old");
    await planFor(store(), [], "open");
    for (const name of ["an", "binh"]) await store().commit(claim(name, { state: "sent" }, "old"));
    await forget("binh");
    await store().ledger.close("old", "expired", NOW);
    const kept = await tallied(store(), "old");
    await store().purge(NOW + 7 * DAY);
    await store().settle(citizen("chi"), 0, settled({ state: "sent" }, "old"));
    await store().purge(NOW + 7 * DAY + 1);
    await store().purge(NOW + 8 * DAY);
    expect(await tallied(store(), "old")).toEqual(kept);
    expect(kept).toEqual(["sent: 2", "skipped/expired: 2"]);
    expect(await tallied(store(), "open")).toEqual(["planned: 3", "skipped/unsubscribed: 1"]);
    expect(await names(store(), NOW, "open")).toHaveLength(3);
    expect(await store().ledger.runs("old")).toMatchObject([{ closed: { at: NOW, as: "expired" } }]);
  });
}
