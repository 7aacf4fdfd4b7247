import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { seededRandom } from "../../src/bot/random.ts";
import { launchServer, type RunningServer, runCommand, type ServerOptions, startServer } from "../support/server.ts";
import { ChatClient } from "./chat-client.ts";
import { CONVERSATIONS, type Counted, type Reference, referenceOf, seen, sum } from "./conversations.ts";
import { countsIn, query } from "./database.ts";

export interface KillSettings {
  readonly kills: number;
  /** Conversations that go on at the same time. */
  readonly clients: number;
  /** Chooses the moments of the kills and the conversations. */
  readonly seed: number;
  readonly dataDir: string;
}

export interface KillFigures {
  /** All kills, and those of them that met a process that was still starting. */
  readonly kills: number;
  readonly killsWhileStarting: number;
  readonly conversations: number;
  /** Inputs that the server acknowledged. */
  readonly inputs: number;
  /** Requests that were cut off and made again. */
  readonly repeats: number;
  readonly proposals: number;
  readonly milliseconds: number;
}

/**
 * Kills the real server with SIGKILL at random moments while many people chat, starts it again on the same data, and
 * lets every client repeat what was not answered. Rejects unless every conversation went exactly as it does without
 * kills, every message number came once, every count is exact, and every proposal is there once.
 */
export async function proveKills(settings: KillSettings): Promise<KillFigures> {
  const started = performance.now();
  const random = seededRandom(settings.seed);
  const references = await Promise.all(CONVERSATIONS.map(referenceOf));
  const load = new Load(references, random, await startServer(serverIn(settings)));
  const talking = Promise.all(Array.from({ length: settings.clients }, (_, index) => load.work(index)));
  const killing = killAgainAndAgain(settings, load, random);
  try {
    await Promise.race([killing, never(talking)]);
    load.finish();
    await talking;
    strictEqual(await load.server.stop(), 0);
  } finally {
    load.finish();
    await killing.finally(() => load.server.kill9());
  }
  await checkFolder(settings.dataDir, load);
  const killsWhileStarting = await killing;
  return { kills: settings.kills, killsWhileStarting, ...load.figures(), milliseconds: performance.now() - started };
}

/** How long a server lives before it is killed, in milliseconds. */
const LIFE_MS = { shortest: 40, spread: 700 } as const;
/** How many of the restarts are killed as well, and within how many milliseconds. */
const WHILE_STARTING = 0.25;
const START_SPREAD_MS = 500;

async function killAgainAndAgain(settings: KillSettings, load: Load, random: () => number): Promise<number> {
  let whileStarting = 0;
  for (let killed = 0; killed < settings.kills && !load.finished; killed++) {
    await pause(LIFE_MS.shortest + random() * LIFE_MS.spread);
    await load.server.kill9();
    if (random() < WHILE_STARTING && killed + 1 < settings.kills) {
      killed++;
      whileStarting++;
      await killWhileStarting(serverIn(settings, load.server.port), random() * START_SPREAD_MS);
    }
    load.server = await startServer(serverIn(settings, load.server.port));
  }
  return whileStarting;
}

async function killWhileStarting(options: ServerOptions, after: number): Promise<void> {
  const opening = launchServer(options);
  await pause(after);
  await opening.kill9();
}

function serverIn({ dataDir }: KillSettings, port = 0): ServerOptions {
  return { dataDir, port, env: { LOG_LEVEL: "warn" } };
}

/** Rejects as soon as one of the workers does; never resolves. */
async function never(running: Promise<unknown>): Promise<never> {
  await running;
  throw new Error("the conversations ended before the kills did");
}

/** All the conversations of one proof. */
class Load {
  server: RunningServer;
  /** No new conversation begins, and no kill. */
  finished = false;
  readonly proposals: string[] = [];
  readonly expected = new Map<string, number>();
  readonly #references: readonly Reference[];
  readonly #random: () => number;
  #conversations = 0;
  #inputs = 0;
  #repeats = 0;

  constructor(references: readonly Reference[], random: () => number, server: RunningServer) {
    this.#references = references;
    this.#random = random;
    this.server = server;
  }

  /** Goes on with one conversation after the other, until the proof is finished. Every fifth one sends a proposal. */
  async work(index: number): Promise<void> {
    for (let turn = index; !this.finished; turn++) {
      const client = new ChatClient(() => this.server.address);
      if (turn % 5 === 4) await this.#propose(client);
      else await this.#talk(client);
      this.#conversations++;
      this.#repeats += client.repeats;
      const numbers = client.shown.map(({ seq }) => seq);
      deepStrictEqual(
        numbers,
        [...numbers.keys()].map((at) => at + 1),
        "message numbers have a gap or a double",
      );
    }
  }

  finish(): void {
    this.finished = true;
  }

  figures() {
    const proposals = this.proposals.length;
    return { conversations: this.#conversations, inputs: this.#inputs, repeats: this.#repeats, proposals };
  }

  async #talk(client: ChatClient): Promise<void> {
    const which = Math.floor(this.#random() * CONVERSATIONS.length);
    const reference = this.#references[which];
    for (const [index, input] of CONVERSATIONS[which]?.entries() ?? []) {
      const { messages, flow, node } = await client.send(input);
      this.#inputs++;
      deepStrictEqual({ messages: messages.map(seen), flow, node }, reference?.steps[index], JSON.stringify(input));
    }
    for (const [name, n] of reference?.counted ?? []) this.expected.set(name, (this.expected.get(name) ?? 0) + n);
  }

  /** Unsent words live in memory only: when a kill took them, the bot says so and the person writes again. */
  async #propose(client: ChatClient): Promise<void> {
    const text = `Thêm đèn đường ở thôn ${client.token.replace(/[^a-z]/gi, "x")}`;
    await client.open("feedback");
    await client.press("welcome:consent:no");
    let at = await client.press("feedback:choose:proposal");
    this.#inputs += 3;
    while (at.node === "proposal") {
      await client.say(text);
      at = await client.press("feedback:proposal-confirm:yes");
      this.#inputs += 2;
    }
    strictEqual(at.flow, "menu");
    this.proposals.push(text);
  }
}

/** Proposals touch these too, as often as a kill makes it necessary. */
const UNCOUNTABLE = /^(?:welcome|feedback|menu)\/\/start$/;

async function checkFolder(dataDir: string, load: Load): Promise<void> {
  deepStrictEqual(query(dataDir, "PRAGMA integrity_check"), [{ integrity_check: "ok" }]);
  deepStrictEqual(await proposalsIn(dataDir), load.proposals.sort(), "a proposal was lost or stored twice");
  const counted = sum(countsIn(dataDir));
  deepStrictEqual(countable(counted), countable(load.expected), "a count was lost or added twice");
}

const Proposal = z.object({ text: z.string() });

async function proposalsIn(dataDir: string): Promise<string[]> {
  const { stdout } = await runCommand(["proposals"], { env: { DATA_DIR: dataDir } });
  const lines = stdout.split("\n").filter((line) => line !== "");
  return lines.map((line) => Proposal.parse(JSON.parse(line)).text).sort();
}

function countable(counted: Counted): [string, number][] {
  return [...counted].filter(([name]) => !UNCOUNTABLE.test(name)).sort(([a], [b]) => (a < b ? -1 : 1));
}
