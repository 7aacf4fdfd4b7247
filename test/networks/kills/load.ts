import type { App } from "../../../src/commands/app.ts";
import type { QuestionView } from "../../../src/flow/world.ts";
import { NETWORKS, type NetworkName, type Rig } from "../../support/networks/rig.ts";
import { converse, type Played, questionsOf } from "./conversation.ts";
import { type Reference, referenceOf } from "./reference.ts";
import { scriptsFor } from "./scripts.ts";
import type { Witness } from "./stored.ts";
import { Talk } from "./talk.ts";

export type References = Readonly<Record<NetworkName, readonly Reference[]>>;

/** How every script goes on every network, and the questions that come up in it. */
export interface Knowledge {
  readonly references: References;
  readonly questions: readonly QuestionView[];
}

export async function learn(app: App): Promise<Knowledge> {
  const all = async (network: NetworkName) =>
    Promise.all(scriptsFor(network).map((script) => referenceOf(app, network, script)));
  const references = {
    telegram: await all("telegram"),
    "zalo-bot": await all("zalo-bot"),
    "zalo-oa": await all("zalo-oa"),
  };
  return { references, questions: questionsOf(app) };
}

/** One conversation, finished or in progress. */
export interface Conversation extends Played {
  readonly talk: Talk;
}

export interface LoadParts {
  readonly rig: Rig;
  readonly witness: Witness;
  readonly knowledge: Knowledge;
  readonly random: () => number;
}

/** People read before they answer, if only for a moment. */
const THINK_MS = { least: 100, spread: 1_900 } as const;

/** Many people on each network, each with one conversation after the other. */
export class Load {
  readonly conversations: Conversation[] = [];
  #finished = false;
  readonly #parts: LoadParts;

  constructor(parts: LoadParts) {
    this.#parts = parts;
  }

  /** Resolves after `finish`; rejects with the first thing that went wrong. */
  async run(people: number): Promise<void> {
    const working = NETWORKS.flatMap((network) =>
      Array.from({ length: people }, (_, index) => this.#work(network, index)),
    );
    await Promise.all(working);
  }

  /** Nobody does anything more once the reply they wait for is there. */
  finish(): void {
    this.#finished = true;
  }

  get finished(): boolean {
    return this.#finished;
  }

  async #work(network: NetworkName, index: number): Promise<void> {
    const { rig, witness, knowledge, random } = this.#parts;
    const references = knowledge.references[network];
    for (let turn = 0; !this.#finished; turn++) {
      const reference = references[Math.floor(random() * references.length)] ?? [];
      const phone = rig.phone(network, `${index}-${turn}`);
      const talk = new Talk({ network, phone, witness, underFire: () => !this.#finished });
      const played = await converse({
        talk,
        reference,
        questions: knowledge.questions,
        finished: () => this.#finished,
        thinkMs: () => THINK_MS.least + random() * THINK_MS.spread,
      });
      this.conversations.push({ talk, ...played });
    }
  }
}
