import { setTimeout as pause } from "node:timers/promises";
import type { Phone } from "../../support/networks/network.ts";
import type { NetworkName } from "../../support/networks/rig.ts";
import { type Expected, type Outcome, saying } from "./reference.ts";
import { Screen, type Sighting } from "./screen.ts";
import type { Stored, Witness } from "./stored.ts";

/** A message that came twice. */
export interface Double {
  readonly network: NetworkName;
  /** The copy before, and the one too many. */
  readonly first: Sighting;
  readonly second: Sighting;
}

export interface TalkParts {
  readonly network: NetworkName;
  readonly phone: Phone;
  readonly witness: Witness;
  /** The bot is being killed again and again: replies may take any time. */
  readonly underFire: () => boolean;
}

/** A branch of what may come: how far it has come, and what was left out. */
interface Branch {
  readonly outcome: Outcome;
  readonly next: number;
  readonly missing: readonly Expected[];
}

const LOOK_EVERY_MS = 30;
/** After this time without the reply, the data folder is asked as well. */
const PATIENT_MS = 3_000;
const WITNESS_EVERY_MS = 1_000;
/** A reply that has not come after so much peace does not come. */
const GIVE_UP_MS = 60_000;

/** One person's conversation: waits for each reply, and tells a second copy of a message from the next message. */
export class Talk {
  readonly doubles: Double[] = [];
  /** Replies that a network's rule on trying again kept away; never about help. */
  readonly missing: Expected[] = [];
  /** Messages of the bot that were due so far; the number of the last one. */
  due = 0;
  readonly #parts: TalkParts;
  readonly #screen: Screen;
  #last: Sighting | null = null;
  #branches: readonly Branch[] = [];

  constructor(parts: TalkParts) {
    this.#parts = parts;
    this.#screen = new Screen(parts.phone);
  }

  get network(): NetworkName {
    return this.#parts.network;
  }

  get phone(): Phone {
    return this.#parts.phone;
  }

  /** The newest message that is accounted for; null: it was kept away. */
  get last(): Sighting | null {
    return this.#last;
  }

  /** What the bot has on disk about this person. */
  stored(): Stored | null {
    return this.#parts.witness.look(this.network, this.phone.chat);
  }

  /** Does something and resolves with what came of it, one of `outcomes`. Rejects when it is none of them. */
  async step(act: () => void, outcomes: readonly Outcome[]): Promise<Outcome> {
    this.look();
    this.#branches = outcomes.map((outcome) => ({ outcome, next: 0, missing: [] }));
    act();
    let witnessAt = Date.now() + PATIENT_MS;
    let peaceAt = Date.now();
    for (;;) {
      await pause(LOOK_EVERY_MS);
      this.look();
      const now = Date.now();
      const settled = now < witnessAt ? null : this.stored();
      if (settled !== null) this.look();
      const done = this.#complete() ?? (settled === null ? undefined : this.#keptAway(settled));
      if (done !== undefined) return this.#end(done);
      if (now >= witnessAt) witnessAt = now + WITNESS_EVERY_MS;
      if (this.#parts.underFire()) peaceAt = now;
      if (now - peaceAt > GIVE_UP_MS) throw this.#wrong("the reply does not come");
    }
  }

  /** Accounts for what has appeared. */
  look(): void {
    for (const sighting of this.#screen.news()) this.#account(sighting);
  }

  #account(sighting: Sighting): void {
    const said = saying(sighting.text);
    const matching = this.#branches.flatMap((branch) => this.#advanced(branch, said));
    if (matching.length > 0) this.#branches = matching;
    else if (this.#last?.text === sighting.text) {
      this.doubles.push({ network: this.network, first: this.#last, second: sighting });
    } else throw this.#wrong(`this came out of place: ${sighting.text}`);
    this.#last = sighting;
  }

  /** None when this branch does not go on so. */
  #advanced({ outcome, next, missing }: Branch, said: string): readonly Branch[] {
    const at = outcome.messages.findIndex((message, index) => index >= next && message.saying === said);
    const left = outcome.messages.slice(next, at);
    if (at < 0 || !left.every((message) => this.#mayBeMissing(message))) return [];
    return [{ outcome, next: at + 1, missing: [...missing, ...left] }];
  }

  #complete(): Branch | undefined {
    return this.#branches.find(({ outcome, next }) => next === outcome.messages.length);
  }

  /** The bot has nothing more to send: what is not here was given up. */
  #keptAway({ seq, waiting, top }: Stored): Branch | undefined {
    if (waiting > 0) return undefined;
    const found = this.#branches.find(
      ({ outcome }) =>
        seq === this.due + outcome.messages.length &&
        (top?.flow ?? null) === outcome.flow &&
        (top?.node ?? null) === outcome.node,
    );
    if (found === undefined) return undefined;
    const left = found.outcome.messages.slice(found.next);
    if (!left.every((message) => this.#mayBeMissing(message))) throw this.#wrong("a reply is lost");
    this.#last = null;
    return { ...found, next: found.outcome.messages.length, missing: [...found.missing, ...left] };
  }

  /** Zalo is not asked without end (see `src/delivery/verdict.ts`), except about help. */
  #mayBeMissing({ help }: Expected): boolean {
    return this.network !== "telegram" && !help;
  }

  #end({ outcome, missing }: Branch): Outcome {
    this.due += outcome.messages.length;
    this.missing.push(...missing);
    this.#branches = [];
    return outcome;
  }

  #wrong(what: string): Error {
    const wanted = this.#branches.map(({ outcome, next }) => outcome.messages.slice(next).map(({ saying: s }) => s));
    const state = {
      network: this.network,
      chat: this.phone.chat,
      due: this.due,
      wanted,
      last: this.#last,
      stored: this.stored(),
      screen: this.phone.screen().slice(-6),
    };
    return new Error(`${what}\n${JSON.stringify(state, null, 1)}`);
  }
}
