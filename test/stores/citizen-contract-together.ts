import fc from "fast-check";
import { expect, test } from "vitest";
import { StoreError } from "../../src/errors.ts";
import type { CitizenStore, TurnCommit } from "../../src/stores/citizen-store.ts";
import { citizen, count, message, NOW, turn } from "./sample-turn.ts";

/** Atomicity, and turns that arrive at the same time. */
export function describeTogether(store: () => CitizenStore): void {
  test("nothing of a turn that cannot be saved is applied", async () => {
    await store().commit(turn("lan", "1", { messages: [message("một")] }));
    await expect(store().commit(unsavable("lan"))).rejects.toBeInstanceOf(StoreError);
    expect(await store().load(citizen("lan"), "bad")).toEqual({ session: { v: 1, at: "1" }, seq: 1, seen: false });
    expect(await store().pending(citizen("lan"), 0)).toHaveLength(1);
    expect(await store().counts("2025-11-15", "2025-11-15")).toEqual([]);
    expect(await store().submissions()).toEqual([]);
    await expect(store().commit(unsavable("stranger"))).rejects.toBeInstanceOf(StoreError);
    expect((await store().size()).citizens).toBe(1);
  });

  test("a failure tells nothing of what was to be saved", async () => {
    const error = await store()
      .commit(unsavable("lan"))
      .catch((reason: unknown) => reason);
    const told = error instanceof StoreError ? `${error.message} ${String(error.cause)}` : "";
    expect(told).not.toBe("");
    expect(told).not.toMatch(/planted|lan|bad/);
  });

  test("a turn that cannot be saved does not fail the turns beside it", async () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    const turns = Array.from({ length: 50 }, (_, n) => turn(`citizen ${n}`, "1", { counts: [count("seen")] }));
    turns[10] = unsavable("citizen 10");
    turns[20] = turn("citizen 20", "1", { session: circular });
    turns[30] = turn("citizen 30", "1", { session: undefined });
    const outcomes = await Promise.allSettled(turns.map((one) => store().commit(one)));
    const failed = outcomes.flatMap((outcome, n) => (outcome.status === "rejected" ? [n] : []));
    expect(failed).toEqual([10, 20, 30]);
    expect((await store().size()).citizens).toBe(47);
    expect(await store().counts("2025-11-15", "2025-11-15")).toEqual([{ ...count("seen"), n: 47 }]);
  });

  test("200 turns at the same time are all applied, each citizen's in the order they came", async () => {
    const turns = Array.from({ length: 200 }, (_, n) =>
      turn(`citizen ${n % 20}`, `input ${n}`, { messages: [message(`tin ${n}`)], counts: [count("seen")] }),
    );
    const receipts = await Promise.all(turns.map((one) => store().commit(one)));
    receipts.forEach((receipt, n) => {
      expect(receipt.messages).toEqual([{ ...message(`tin ${n}`), seq: Math.floor(n / 20) + 1 }]);
    });
    for (let n = 0; n < 20; n++) {
      const record = await store().load(citizen(`citizen ${n}`), `input ${n}`);
      expect(record).toEqual({ session: { v: 1, at: `input ${180 + n}` }, seq: 10, seen: true });
      expect(await store().pending(citizen(`citizen ${n}`), 0)).toHaveLength(10);
    }
    expect(await store().counts("2025-11-15", "2025-11-15")).toEqual([{ ...count("seen"), n: 200 }]);
  });

  test("of one input that arrives ten times at once, one has an effect", async () => {
    const same = turn("lan", "1", { messages: [message("một")], counts: [count("seen")] });
    const receipts = await Promise.all(Array.from({ length: 10 }, () => store().commit(same)));
    expect(receipts.filter((receipt) => !receipt.duplicate)).toHaveLength(1);
    for (const { messages } of receipts) expect(messages).toEqual([{ ...message("một"), seq: 1 }]);
    expect(await store().counts("2025-11-15", "2025-11-15")).toEqual([{ ...count("seen"), n: 1 }]);
  });

  test("agrees with a plain model whatever happens in whatever order", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        await follow(store(), `run ${run++}`, steps);
      }),
      { numRuns: 40 },
    );
  });
}

/** Fails in any database: the time is not a number. Everything else in it is worth saving. */
function unsavable(name: string): TurnCommit {
  return turn(name, "bad", {
    session: { planted: true },
    address: "planted address",
    messages: [message("planted message")],
    counts: [count("planted")],
    referrals: [{ service: "planted-service", open: true }],
    submissions: [{ box: "feedback", text: "planted words", day: "2025-11-15" }],
    expiresAt: Number.NaN,
  });
}

const trail = fc.array(fc.constantFrom("x", "y", "z"), { maxLength: 3 });
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ input: fc.constantFrom("", "a", "b", "c", "d"), messages: fc.nat(3), trail }) },
  { weight: 3, arbitrary: fc.record({ deliver: fc.nat(12) }) },
  { weight: 3, arbitrary: fc.record({ settle: fc.nat(12), trail }) },
  { weight: 1, arbitrary: fc.record({ forget: fc.constant(true) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Model {
  held: boolean;
  seq: number;
  waiting: number[];
  /** Input id, and the numbers of its messages. */
  readonly seen: Map<string, readonly number[]>;
  readonly trail: Set<string>;
}

function stranger(): Model {
  return { held: false, seq: 0, waiting: [], seen: new Map(), trail: new Set() };
}

async function follow(store: CitizenStore, name: string, steps: readonly Step[]): Promise<void> {
  let model = stranger();
  for (const one of steps) {
    if ("forget" in one) {
      await store.commit(turn(name, "bye", { session: null }));
      model = stranger();
    } else if ("deliver" in one) {
      await store.delivered(citizen(name), one.deliver);
      model.waiting = model.waiting.filter((seq) => seq > one.deliver);
    } else if ("settle" in one) {
      await store.settle(citizen(name), one.settle, { trail: one.trail, at: NOW, counts: [] });
      settleModel(one, model);
    } else {
      await compareTurn(store, name, one, model);
    }
    expect((await store.load(citizen(name), "a")).seen).toBe(model.seen.has("a"));
    expect((await store.pending(citizen(name), 0)).map((m) => m.seq)).toEqual(model.waiting);
    expect(await store.trail(citizen(name), 0)).toEqual([...model.trail]);
  }
}

/** A number that this citizen was never given belongs to somebody who was forgotten. */
function settleModel({ settle, trail }: { settle: number; trail: readonly string[] }, model: Model): void {
  if (!model.held || settle > model.seq) return;
  model.waiting = model.waiting.filter((seq) => seq > settle);
  for (const id of trail) model.trail.add(id);
}

async function compareTurn(
  store: CitizenStore,
  name: string,
  { input, messages, trail }: { input: string; messages: number; trail: readonly string[] },
  model: Model,
): Promise<void> {
  const texts = Array.from({ length: messages }, (_, n) => message(`tin ${n}`));
  const receipt = await store.commit(turn(name, input, { messages: texts, trail, at: NOW }));
  const earlier = model.seen.get(input);
  expect(receipt.duplicate).toBe(earlier !== undefined);
  const numbers = earlier ?? texts.map((_, n) => model.seq + n + 1);
  if (earlier === undefined) {
    model.held = true;
    model.seq += messages;
    model.waiting.push(...numbers);
    for (const id of trail) model.trail.add(id);
    if (input !== "") model.seen.set(input, numbers);
  }
  expect(receipt.messages.map((m) => m.seq)).toEqual(numbers.filter((seq) => model.waiting.includes(seq)));
}
