import type { Phone } from "../../support/networks/network.ts";

/** Something the bot put on a screen: a message, or new words in the place of older ones. */
export interface Sighting {
  readonly id: string;
  readonly text: string;
  /** Milliseconds since 1970; of rewritten words, a moment shortly before. */
  readonly at: number;
  /** Took the place of older words. */
  readonly rewritten: boolean;
}

/** Keeps track of everything that appears on one phone, in order. */
export class Screen {
  readonly #phone: Phone;
  readonly #texts = new Map<string, string>();
  #received = 0;
  #lookedAt = Date.now();

  constructor(phone: Phone) {
    this.#phone = phone;
  }

  /** What appeared since the last time. */
  news(): readonly Sighting[] {
    const news = [...this.#edited(), ...this.#arrived()];
    this.#lookedAt = Date.now();
    return news;
  }

  #arrived(): readonly Sighting[] {
    const fresh = this.#phone.received().slice(this.#received);
    this.#received += fresh.length;
    for (const { id, text } of fresh) this.#texts.set(id, text);
    return fresh.map(({ id, text, at }) => ({ id, text, at, rewritten: false }));
  }

  /** The bot rewrites only what it sent before, and what came later came later. */
  #edited(): readonly Sighting[] {
    return this.#phone.screen().flatMap(({ id, text }) => {
      const before = this.#texts.get(id);
      if (before === undefined || before === text) return [];
      this.#texts.set(id, text);
      return [{ id, text, at: this.#lookedAt, rewritten: true }];
    });
  }
}
