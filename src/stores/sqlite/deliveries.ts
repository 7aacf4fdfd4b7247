import type { CitizenKey } from "../citizen-store.ts";

/**
 * What devices have received, noted in memory until the next transaction takes it along. A crash before that only
 * means that a message is offered once more.
 */
export interface Deliveries {
  note(key: CitizenKey, seq: number): void;
  /** The highest number noted and not yet written; 0 when none. */
  upTo(key: CitizenKey): number;
  /** Hands every note to `drop`. Repeatable until `clear`. */
  write(drop: (key: CitizenKey, seq: number) => void): void;
  clear(): void;
}

export function openDeliveries(): Deliveries {
  const noted = new Map<CitizenKey, number>();
  return {
    note: (key, seq) => void noted.set(key, Math.max(seq, noted.get(key) ?? 0)),
    upTo: (key) => noted.get(key) ?? 0,
    write(drop) {
      for (const [key, seq] of noted) drop(key, seq);
    },
    clear: () => noted.clear(),
  };
}
