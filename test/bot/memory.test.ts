import { describe, expect, test } from "vitest";
import { RecentStates } from "../../src/bot/memory.ts";
import { freshState, type State } from "../../src/flow/session.ts";

const MINUTE = 60_000;

function stateWith(words: string): State {
  return { ...freshState(0), heard: { idea: words } };
}

function remembered(states: RecentStates, keys: readonly string[], now = 0): string[] {
  return keys.filter((key) => states.recall(key, { at: 0 }, now) !== undefined);
}

test("the oldest states go when there are too many", () => {
  const states = new RecentStates({ states: 2, words: 100 });
  for (const key of ["a", "b", "a", "c"]) states.keep(key, stateWith(""), 0);
  expect(remembered(states, ["a", "b", "c"])).toEqual(["a", "c"]);
});

test("the oldest words go when there are too many, and what was dropped counts no more", () => {
  const states = new RecentStates({ states: 100, words: 10 });
  for (const key of ["a", "b", "a"]) states.keep(key, stateWith("12345"), 0);
  expect(remembered(states, ["a", "b"])).toEqual(["a", "b"]);
  states.drop("b");
  states.keep("c", stateWith("12345"), 0);
  expect(remembered(states, ["a", "b", "c"])).toEqual(["a", "c"]);
  states.keep("d", stateWith("123456"), 0);
  expect(remembered(states, ["a", "c", "d"])).toEqual(["d"]);
});

test("nothing is remembered after 15 minutes, once swept, or after clearing", () => {
  const states = new RecentStates();
  states.keep("a", stateWith("x"), 0);
  expect(remembered(states, ["a"], 15 * MINUTE - 1)).toEqual(["a"]);
  expect(remembered(states, ["a"], 15 * MINUTE)).toEqual([]);
  states.sweep(15 * MINUTE);
  expect(remembered(states, ["a"])).toEqual([]);
  states.keep("b", stateWith("x"), 0);
  states.clear();
  expect(remembered(states, ["b"])).toEqual([]);
});

describe("what the bot changes by itself", () => {
  const after = (state: State): State => ({ ...state, session: { ...state.session, topics: ["tips"] } });

  test("takes the place of what is remembered, and is remembered no longer", () => {
    const states = new RecentStates();
    states.keep("a", stateWith("x"), 0);
    states.keep("a", after(stateWith("x")), 10 * MINUTE);
    expect(states.recall("a", { at: 0 }, 11 * MINUTE)?.session.topics).toEqual(["tips"]);
    expect(remembered(states, ["a"], 15 * MINUTE)).toEqual([]);
    states.sweep(15 * MINUTE);
    expect(remembered(states, ["a"])).toEqual([]);
  });

  test("is not remembered where nothing is", () => {
    const states = new RecentStates();
    states.keep("a", stateWith("x"), 10 * MINUTE);
    expect(remembered(states, ["a"], 10 * MINUTE)).toEqual([]);
  });

  test("counts its words once", () => {
    const states = new RecentStates({ states: 100, words: 10 });
    states.keep("a", stateWith("12345"), 0);
    states.keep("a", stateWith("12345"), MINUTE);
    states.keep("b", { ...stateWith("12345"), session: { ...stateWith("").session, at: MINUTE } }, MINUTE);
    expect(remembered(states, ["a"], MINUTE)).toEqual(["a"]);
  });
});
