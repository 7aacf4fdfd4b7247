import type { Refusal } from "../network.ts";

/** What a network notes about the calls it gets. */
export interface Ledger {
  readonly refusals: Refusal[];
  readonly calls: Map<string, number>;
  readonly unknowable: Set<string>;
  /** Statuses that the bot's webhook answered with, and how often. */
  readonly answers: Map<number, number>;
  refuse(method: string, why: string): void;
}

export function createLedger(): Ledger {
  const refusals: Refusal[] = [];
  return {
    refusals,
    calls: new Map(),
    unknowable: new Set(),
    answers: new Map(),
    refuse: (method, why) => void refusals.push({ method, why }),
  };
}

/** Faults of a text that no network answers with an error. */
export function checkText(ledger: Ledger, method: string, text: string): void {
  if (text.normalize("NFC") !== text) ledger.refuse(method, "the text is not NFC");
  if (!text.isWellFormed()) ledger.refuse(method, "the text is cut within a character");
}

export function countOne<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
