import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { StoreError } from "../../src/errors.ts";
import { describeLedgerEnds } from "./ledger-contract-ends.ts";
import { describeLedgerRows } from "./ledger-contract-rows.ts";
import { names, planFor, type Stores } from "./ledger-contract-steps.ts";
import { citizen, NOW, subscriber, turn } from "./sample-turn.ts";

export interface LedgerKind {
  /** Called before each test: a new place, and how to open its stores, which are empty at first. */
  readonly place: () => Promise<() => Promise<Stores>>;
  /** False when closing loses everything, as in memory. */
  readonly keeps: boolean;
}

/** The promises every ledger makes. An adapter's own test file calls this once. */
export function describeLedgerStore(name: string, kind: LedgerKind): void {
  describe(`${name} keeps the promises of a ledger`, () => {
    const current: { store?: Stores; open?: () => Promise<Stores> } = {};
    const store = () => current.store ?? expect.fail("no store");

    beforeEach(async () => {
      current.open = await kind.place();
      current.store = await current.open();
      onTestFinished(() => current.store?.close());
    });

    describeSubscribers(store);
    describeRuns(store);
    describePlanning(store);
    describeLedgerRows(store);
    describeLedgerEnds(store);

    if (kind.keeps) {
      test("finds every run and row again after it was closed and opened", async () => {
        await planFor(store(), ["lan", "minh"]);
        await store().ledger.postpone("tet", citizen("lan"), NOW + 1);
        await store().close();
        current.store = await (current.open ?? expect.fail("no place"))();
        expect(await store().ledger.runs()).toEqual([{ run: "tet", startedAt: NOW, planned: true, closed: null }]);
        expect(await names(store(), NOW)).toEqual([citizen("minh")]);
        expect(await names(store(), NOW + 1)).toEqual([citizen("lan"), citizen("minh")]);
      });
    }

    test("rejects with StoreError once it is closed", async () => {
      await store().close();
      await expect(store().ledger.runs()).rejects.toBeInstanceOf(StoreError);
      await expect(store().ledger.begin("tet", NOW)).rejects.toBeInstanceOf(StoreError);
      await expect(store().ledger.skipPlanned("tet", "aborted")).rejects.toBeInstanceOf(StoreError);
    });
  });
}

function describeSubscribers(store: () => Stores): void {
  const all = async () => (await store().ledger.subscribers(0, 1_000)).people;

  test("knows who subscribed, with what a segment asks about", async () => {
    await store().commit(turn("stranger", "1"));
    await store().commit(subscriber("lan", { topics: ["tips", "quizzes"], me: { lang: "en", place: "00004" } }));
    await store().commit(subscriber("minh", { channel: "zalo-oa", at: NOW + 5 }));
    await store().commit(subscriber("none", { topics: [] }));
    const lan = { topics: ["tips", "quizzes"], lang: "en", place: "00004" };
    const minh = { topics: ["tips"], lang: undefined, place: undefined };
    expect(await all()).toEqual([
      { key: citizen("lan"), channel: "telegram", at: NOW, ...lan },
      { key: citizen("minh"), channel: "zalo-oa", at: NOW + 5, ...minh },
    ]);
  });

  test("reads what it can of a session: unknown topics, languages and places are dropped", async () => {
    await store().commit(subscriber("lan", { topics: ["weather", "tips", 7, "tips"], me: { lang: "fr", place: 79 } }));
    await store().commit(subscriber("minh", { topics: ["weather"] }));
    await store().commit(turn("chi", "1", { session: { topics: ["tips"] } }));
    await store().commit(turn("dung", "1", { session: '"topics":["tips"]' }));
    expect(await all()).toMatchObject([{ key: citizen("lan"), topics: ["tips"], lang: undefined, place: undefined }]);
  });

  test("goes through subscribers in steps", async () => {
    for (const name of ["an", "binh", "chi", "dung", "giang"]) {
      await store().commit(name === "chi" ? turn(name, "1") : subscriber(name));
    }
    const seen: string[] = [];
    let steps = 0;
    for (let cursor: number | null = 0; cursor !== null; steps++) {
      const { people, next } = await store().ledger.subscribers(cursor, 2);
      seen.push(...people.map(({ key }) => key));
      cursor = next;
    }
    expect(seen).toEqual(["an", "binh", "dung", "giang"].map(citizen));
    expect(steps).toBe(3);
  });
}

function describeRuns(store: () => Stores): void {
  const run = (name: string, startedAt = NOW) => ({ run: name, startedAt, planned: false, closed: null });

  test("begins a run once", async () => {
    expect(await store().ledger.begin("tet", NOW)).toEqual(run("tet"));
    expect(await store().ledger.begin("tet", NOW + 9)).toEqual(run("tet"));
    expect(await store().ledger.runs()).toHaveLength(1);
  });

  test("lists the runs of one broadcast or of all, newest first", async () => {
    const begun = ["tip@2025-11-15", "tip", "tip-two@2025-11-15", "tip@2025-11-16", "ti"];
    for (const [n, name] of begun.entries()) await store().ledger.begin(name, NOW + n);
    const of = async (broadcast?: string) => (await store().ledger.runs(broadcast)).map((one) => one.run);
    expect(await of()).toEqual(begun.toReversed());
    expect(await of("tip")).toEqual(["tip@2025-11-16", "tip", "tip@2025-11-15"]);
    expect(await of("tip-two")).toEqual(["tip-two@2025-11-15"]);
    expect(await of("t")).toEqual([]);
  });

  test("a run that nobody began has no rows and changes nothing", async () => {
    await store().commit(subscriber("lan"));
    await store().ledger.postpone("tet", citizen("lan"), NOW);
    await store().ledger.close("tet", "done", NOW);
    expect(await store().ledger.skipPlanned("tet", "aborted")).toBe(0);
    expect(await store().ledger.tally("tet")).toEqual([]);
    expect(await names(store())).toEqual([]);
    expect(await store().ledger.runs()).toEqual([]);
    await expect(store().ledger.plan("tet", 10, () => "planned")).rejects.toBeInstanceOf(StoreError);
  });
}

function describePlanning(store: () => Stores): void {
  test("plans everybody who is meant once, in steps, with why others are skipped", async () => {
    const people = ["an", "binh", "chi", "dung", "giang"];
    for (const name of people) await store().commit(subscriber(name));
    await store().commit(turn("stranger", "1"));
    await store().ledger.begin("tet", NOW);
    const judged: string[] = [];
    const judge = ({ key }: { readonly key: string }) => {
      judged.push(key);
      return key === citizen("chi") ? "window-closed" : key === citizen("dung") ? null : "planned";
    };
    for (const done of [false, false, false, true, true]) {
      expect(await store().ledger.plan("tet", 2, judge)).toBe(done);
    }
    expect(judged).toEqual(people.map(citizen));
    expect(await store().ledger.tally("tet")).toEqual([
      { channel: "telegram", state: "planned", why: "", n: 3 },
      { channel: "telegram", state: "skipped", why: "window-closed", n: 1 },
    ]);
    expect(await store().ledger.runs()).toMatchObject([{ planned: true }]);
  });

  test("a step that fails plans nobody and can be taken again", async () => {
    for (const name of ["an", "binh"]) await store().commit(subscriber(name));
    await store().ledger.begin("tet", NOW);
    const failing = store().ledger.plan("tet", 10, ({ key }) => {
      if (key === citizen("binh")) throw new Error("no segment");
      return "planned";
    });
    await expect(failing).rejects.toBeInstanceOf(StoreError);
    expect(await store().ledger.tally("tet")).toEqual([]);
    await store().ledger.plan("tet", 10, () => "planned");
    expect(await names(store())).toEqual([citizen("an"), citizen("binh")]);
  });

  test("whoever comes after the beginning, or comes again, is not part of it", async () => {
    for (const name of ["an", "binh", "chi"]) await store().commit(subscriber(name));
    await store().ledger.begin("tet", NOW);
    for (const name of ["binh", "chi"]) await store().commit({ ...subscriber(name, {}, "bye"), session: null });
    for (const name of ["chi", "new"]) await store().commit(subscriber(name));
    await store().ledger.plan("tet", 10, () => "planned");
    expect(await names(store())).toEqual([citizen("an")]);
    await planFor(store(), [], "later");
    expect(await names(store(), NOW, "later")).toEqual(["an", "chi", "new"].map(citizen));
  });
}
