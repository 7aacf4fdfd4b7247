import { type App, createBot } from "../../../src/commands/app.ts";
import { choiceToken, type Input } from "../../../src/flow/input.ts";
import { readSession } from "../../../src/flow/migrations.ts";
import type { Session } from "../../../src/flow/session.ts";
import type { CitizenStore } from "../../../src/stores/citizen-store.ts";
import { ephemeralKeyring } from "../../../src/stores/keyring.ts";
import { openSqliteStore } from "../../../src/stores/sqlite/store.ts";
import type { NetworkName } from "../../support/networks/rig.ts";
import { type Counted, sum } from "../../system/conversations.ts";
import type { Act } from "./scripts.ts";

/** A message that has to come. */
export interface Expected {
  /** The same for all messages that say the same; see `saying`. */
  readonly saying: string;
  /** Of a conversation about help: no network's rule may keep it away. */
  readonly help: boolean;
}

/** What one act leads to. */
export interface Outcome {
  readonly messages: readonly Expected[];
  /** What is offered afterwards, in the order of its numbers. */
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  readonly flow: string | null;
  readonly node: string | null;
  /** All that is kept about the person, as `knownIn` writes it. */
  readonly known: string;
  /** What it adds to the counts. */
  readonly counted: Counted;
}

/** Of the second outcome, if there is one, the bot had lost its memory just before. */
export interface ReferenceStep {
  readonly act: Act;
  readonly outcomes: readonly [Outcome, ...Outcome[]];
}
export type Reference = readonly ReferenceStep[];

/** What several acts lead to that follow each other at once; they may have one outcome each. */
export function together(steps: readonly ReferenceStep[]): ReferenceStep["outcomes"] {
  const [first, ...others] = steps;
  if (first === undefined) throw new Error("nothing is done");
  if (others.length === 0) return first.outcomes;
  if (steps.some(({ outcomes }) => outcomes.length > 1)) throw new Error("nobody can tell these outcomes apart");
  return [others.map(({ outcomes }) => outcomes[0]).reduce(after, first.outcomes[0])];
}

function after(before: Outcome, next: Outcome): Outcome {
  const counted = new Map(before.counted);
  for (const [name, n] of next.counted) counted.set(name, (counted.get(name) ?? 0) + n);
  return { ...next, messages: [...before.messages, ...next.messages], counted };
}

/** What somebody proposes in the reference. */
const PROPOSED = "Thêm đèn đường ở đầu thôn";

/** How a script goes when nothing ever fails: the same bot in this process, its store in memory. */
export async function referenceOf(app: App, network: NetworkName, script: readonly Act[]): Promise<Reference> {
  const usual = await play(app, network, script);
  const steps: ReferenceStep[] = [];
  for (const [index, act] of script.entries()) {
    const outcome = usual[index];
    const forgetful = (await play(app, network, script.slice(0, index + 1), index))[index];
    if (outcome === undefined || forgetful === undefined) throw new Error("the reference is too short");
    const differs = JSON.stringify(forgetful.messages) !== JSON.stringify(outcome.messages);
    steps.push({ act, outcomes: differs ? [outcome, forgetful] : [outcome] });
  }
  return steps;
}

/**
 * What a text says, without what chance decides in a quiz: which question comes as the first, the second … All other
 * texts are what they are.
 */
export function saying(text: string): string {
  const place = QUIZ_PLACE.exec(text)?.[0];
  return place === undefined ? text.normalize("NFC") : `${/^\S+/.exec(text)?.[0] ?? ""} … ${place}`;
}

/** What is kept about a person, to be compared. */
export function knownIn(session: Session | null): string {
  return JSON.stringify([session?.me, session?.topics]);
}

const CHAT = "reference";
const QUIZ_PLACE = /(?:Câu|đúng:) \d+\/\d+\./;

/** The bot loses its memory before act number `forgetAt`. */
async function play(app: App, network: NetworkName, script: readonly Act[], forgetAt?: number): Promise<Outcome[]> {
  const keyring = ephemeralKeyring();
  const store = await openSqliteStore({ file: ":memory:", keyring });
  const newBot = () => createBot(app, store, keyring, Date.now);
  const outcomes: Outcome[] = [];
  let bot = newBot();
  let before: Counted = new Map();
  for (const [index, act] of script.entries()) {
    if (index === forgetAt) bot = newBot();
    const input = inputOf(network, act, outcomes.at(-1));
    const lang = network === "telegram" ? { lang: "vi" as const } : {};
    const receipt = await bot.turn({ channel: network, chat: CHAT, id: String(index), ...lang, input });
    const after = await countsOf(store);
    outcomes.push({
      messages: receipt.messages.map(({ text, discreet = false }) => ({ saying: saying(text), help: discreet })),
      choices: receipt.messages.findLast(({ choices }) => choices.length > 0)?.choices ?? [],
      flow: receipt.flow,
      node: receipt.node,
      known: knownIn(readSession((await store.load(keyring.citizenKey(network, CHAT), "")).session)),
      counted: added(before, after),
    });
    before = after;
  }
  await store.close();
  return outcomes;
}

async function countsOf(store: CitizenStore): Promise<Counted> {
  return sum(await store.counts("2000-01-01", "2100-01-01"));
}

function added(before: Counted, after: Counted): Counted {
  const differences = [...after].map(([name, n]) => [name, n - (before.get(name) ?? 0)] as const);
  return new Map(differences.filter(([, n]) => n > 0));
}

/** What the network's adapter makes of an act. */
function inputOf(network: NetworkName, act: Act, last: Outcome | undefined): Input {
  switch (act.do) {
    case "open":
      return network === "zalo-bot" ? { kind: "text", text: "Xin chào" } : { kind: "start" };
    case "say":
      return { kind: "text", text: act.text };
    case "propose":
      return { kind: "text", text: PROPOSED };
    case "pick":
      return pickOf(network, last, ({ id }) => id === act.id);
    case "answer":
      // The first answer of a question is the right one.
      return pickOf(network, last, ({ id }) => id.endsWith("-0"));
  }
}

type Choice = Outcome["choices"][number];

function pickOf(network: NetworkName, last: Outcome | undefined, which: (choice: Choice) => boolean): Input {
  const index = last?.choices.findIndex(which) ?? -1;
  if (last === undefined || index < 0) throw new Error(`no such choice at ${last?.flow}/${last?.node}`);
  if (network !== "telegram") return { kind: "text", text: String(index + 1) };
  return { kind: "choice", token: choiceToken(last.flow ?? "", last.node ?? "", last.choices[index]?.id ?? "") };
}
