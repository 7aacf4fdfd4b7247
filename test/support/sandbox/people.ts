import type { NetworkName, Rig } from "../networks/rig.ts";
import type { TelegramPhone } from "../networks/telegram/phone.ts";
import type { ZaloBotPhone } from "../networks/zalo-bot/phone.ts";
import type { ZaloOaPhone } from "../networks/zalo-oa/phone.ts";

export type Lang = "vi" | "en";

/** Somebody with a phone on every network. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** Language of the phone, as far as a network tells it to bots. */
  readonly lang: Lang;
}

type NetworkPhone =
  | { readonly network: "telegram"; readonly phone: TelegramPhone }
  | { readonly network: "zalo-bot"; readonly phone: ZaloBotPhone }
  | { readonly network: "zalo-oa"; readonly phone: ZaloOaPhone };

/** A phone with what its network does not say about it. */
export type Handset = NetworkPhone & {
  /** What the person's messages without words were, by message id. */
  readonly kinds: Map<string, string>;
  blocked: boolean;
};

/** The people of one sandbox and their phones. The same order of acts gives the same phones. */
export class People {
  readonly #rig: Rig;
  readonly #people = new Map<string, Person>();
  readonly #handsets = new Map<string, Handset>();
  /** How often a phone was started over. */
  readonly #turns = new Map<string, number>();

  constructor(rig: Rig, names: readonly string[]) {
    this.#rig = rig;
    for (const name of names) this.add(name);
  }

  list(): readonly Person[] {
    return [...this.#people.values()];
  }

  add(name: string): Person {
    const id = `p${this.#people.size + 1}`;
    const person: Person = { id, name, lang: "vi" };
    this.#people.set(id, person);
    return person;
  }

  /** Undefined when nobody has this id. */
  find(id: string): Person | undefined {
    return this.#people.get(id);
  }

  /** Telegram tells the language with every message, so there the person begins anew. */
  speak(person: Person, lang: Lang): void {
    if (person.lang === lang) return;
    this.#people.set(person.id, { ...person, lang });
    this.startOver(person, "telegram");
  }

  handset(person: Person, network: NetworkName): Handset {
    const key = `${person.id} ${network}`;
    const known = this.#handsets.get(key);
    if (known !== undefined) return known;
    const name = `${person.name} ${person.id}.${this.#turns.get(key) ?? 1}`;
    const handset = { ...this.#phone(network, name, person.lang), kinds: new Map<string, string>(), blocked: false };
    this.#handsets.set(key, handset);
    return handset;
  }

  /** A new account on this network, which the bot has never met. */
  startOver(person: Person, network: NetworkName): void {
    const key = `${person.id} ${network}`;
    if (!this.#handsets.delete(key)) return;
    this.#turns.set(key, (this.#turns.get(key) ?? 1) + 1);
  }

  #phone(network: NetworkName, name: string, language: Lang): NetworkPhone {
    switch (network) {
      case "telegram":
        return { network, phone: this.#rig.telegram.phone(name, { language }) };
      case "zalo-bot":
        return { network, phone: this.#rig.zaloBot.phone(name) };
      case "zalo-oa":
        return { network, phone: this.#rig.zaloOa.phone(name) };
    }
  }
}
