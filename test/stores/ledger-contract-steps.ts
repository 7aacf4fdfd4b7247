import { expect } from "vitest";
import type { CitizenStore } from "../../src/stores/citizen-store.ts";
import type { LedgerState, LedgerStore } from "../../src/stores/ledger-store.ts";
import { NOW, subscriber } from "./sample-turn.ts";

/** Both stores of one place: they change together. */
export type Stores = CitizenStore & { readonly ledger: LedgerStore };

/** Subscribes these people and plans the run `tet` for all of them. */
export async function planFor(store: Stores, people: readonly string[], run = "tet"): Promise<void> {
  for (const name of people) await store.commit(subscriber(name));
  await store.ledger.begin(run, NOW);
  expect(await store.ledger.plan(run, 1_000, () => "planned")).toBe(true);
}

/** Who is next on Telegram. */
export async function names(store: Stores, now = NOW, run = "tet"): Promise<readonly string[]> {
  return (await store.ledger.next(run, "telegram", now, 1_000)).map(({ key }) => key);
}

/** The turn that sends somebody the run `tet`. */
export function claim(name: string, to: LedgerState = { state: "sending" }, run = "tet") {
  return { ...subscriber(name, {}, ""), claim: { run, to } };
}

/** What became of it. */
export function settled(to: LedgerState, run = "tet") {
  return { trail: [], at: NOW, counts: [], ledger: { run, to } };
}

/** `state/why: n` of the run `tet`. */
export async function tallied(store: Stores, run = "tet"): Promise<readonly string[]> {
  return (await store.ledger.tally(run)).map(({ state, why, n }) => `${state}${why && `/${why}`}: ${n}`).toSorted();
}
