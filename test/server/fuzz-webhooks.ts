import { ok } from "node:assert/strict";
import { seededRandom } from "../../src/bot/random.ts";
import { anyBody, type Random } from "./mutations.ts";

/** A webhook of a running bot. */
export interface FuzzTarget {
  readonly name: string;
  readonly url: string;
  /** What the network sends along with this body: secret or signature. */
  headersFor(body: Buffer): Readonly<Record<string, string>>;
  /** Sound updates of every kind; all bodies are made from these. */
  readonly seedBodies: readonly unknown[];
}

export interface FuzzOptions {
  /** Where the bot is, such as `http://127.0.0.1:8080`; `/metrics` must be open to the caller. */
  readonly address: string;
  /** Bodies for each target. */
  readonly bodies: number;
  readonly seed: number;
}

export interface FuzzFigures {
  /** How many answers had each HTTP status, by target; `cut`: refused while a large body was still on its way. */
  readonly statuses: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** After a tenth of the bodies, and then after each fifth. */
  readonly memory: readonly Memory[];
  readonly milliseconds: number;
}

/**
 * Of the bot, in bytes. A leak shows in both. `resident` alone rises for some 100,000 requests until the heap has the
 * size that this load needs; `heap` goes up and down with each collection.
 */
export interface Memory {
  readonly resident: number;
  readonly heap: number;
}

/** Requests on their way at the same time. */
const AT_ONCE = 16;
/** Requests that come from one address, so that the limit for forgers does not hide what is behind it. */
const PER_ADDRESS = 100;
/** Bytes that no socket takes at once. */
const LARGE = 64 * 1024;
/** After these shares memory is looked at. The first is a warm-up. */
const SHARES = [0.1, 0.2, 0.4, 0.6, 0.8, 1] as const;

/**
 * Sends mutated updates to every target at the same time: half with the right secret or signature, a quarter with that
 * of another body, a quarter with none. Throws when an answer is a failure of the server (5xx) or does not come.
 */
export async function fuzzWebhooks(targets: readonly FuzzTarget[], options: FuzzOptions): Promise<FuzzFigures> {
  const started = performance.now();
  const runs = targets.map((target, i) => new TargetRun(target, i, options.seed + i));
  const memory: Memory[] = [];
  for (const share of SHARES) {
    await Promise.all(runs.map((run) => run.upTo(Math.round(share * options.bodies))));
    memory.push(await memoryOf(options.address));
  }
  ok((await fetch(`${options.address}/healthz`)).ok, "the bot is not well any more");
  const statuses = Object.fromEntries(runs.map(({ target, statuses }) => [target.name, statuses]));
  return { statuses, memory, milliseconds: performance.now() - started };
}

class TargetRun {
  readonly target: FuzzTarget;
  readonly statuses: Record<string, number> = {};
  readonly #network: number;
  readonly #random: Random;
  #sent = 0;

  constructor(target: FuzzTarget, network: number, seed: number) {
    this.target = target;
    this.#network = network;
    this.#random = seededRandom(seed);
  }

  async upTo(bodies: number): Promise<void> {
    const worker = async (): Promise<void> => {
      while (this.#sent < bodies) await this.#send(this.#sent++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  async #send(index: number): Promise<void> {
    const body = anyBody(this.target.seedBodies, this.#random);
    const headers = { "content-type": "application/json", ...this.#proof(body), "x-forwarded-for": this.#from(index) };
    const answer = await this.#answer(body, headers);
    const start = body.subarray(0, 300).toString("utf8");
    const { name } = this.target;
    ok(answer === "cut" || answer < 500, `${name}: ${answer} for body ${index} of ${body.length} bytes: ${start}`);
    this.statuses[answer] = (this.statuses[answer] ?? 0) + 1;
  }

  /** The status; `cut` when the server hung up on a large body before all of it was written, as it may. */
  async #answer(body: Buffer, headers: Readonly<Record<string, string>>): Promise<number | "cut"> {
    const signal = AbortSignal.timeout(30_000);
    try {
      const response = await fetch(this.target.url, { method: "POST", headers, body: new Uint8Array(body), signal });
      await response.arrayBuffer();
      return response.status;
    } catch (error) {
      if (body.length < LARGE || signal.aborted) throw error;
      return "cut";
    }
  }

  #proof(body: Buffer): Readonly<Record<string, string>> {
    const chance = this.#random();
    if (chance < 0.5) return this.target.headersFor(body);
    return chance < 0.75 ? this.target.headersFor(Buffer.from("{}")) : {};
  }

  #from(index: number): string {
    const visitor = Math.floor(index / PER_ADDRESS);
    return `10.${this.#network}.${visitor >> 8}.${visitor & 255}`;
  }
}

async function memoryOf(address: string): Promise<Memory> {
  const figures = await (await fetch(`${address}/metrics`)).text();
  const bytes = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(figures)?.[1]);
  const memory = { resident: bytes("process_resident_memory_bytes"), heap: bytes("nodejs_heap_size_used_bytes") };
  ok(memory.resident > 0 && memory.heap > 0, "the bot does not tell its memory");
  return memory;
}
