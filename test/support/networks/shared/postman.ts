import { Agent, request } from "node:http";
import type { Faults } from "../network.ts";
import type { Chance } from "./chance.ts";
import { countOne, type Ledger } from "./ledger.ts";

/** One POST to the bot's webhook. */
export interface Envelope {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface PostmanOptions<U> {
  /** Number `attempt` of this update, from 0; null when there is no address now. */
  readonly envelope: (update: U, attempt: number) => Envelope | null;
  readonly accepts: (status: number) => boolean;
  /** Pauses before the next attempts; the last one repeats when `endless`. */
  readonly retryMs: readonly number[];
  readonly endless: boolean;
  /** The update found no address, or its attempts are used up. */
  readonly returned: (update: U, why: "no address" | "given up") => void;
  /** Answers later than this are recorded as a refusal and count as none. */
  readonly deadlineMs: number;
  readonly faults: Faults;
  readonly chance: Chance;
  readonly ledger: Ledger;
}

export interface Postman<U> {
  /** Delivers in order within a chat, at the same time to different chats. */
  post(chat: string, update: U): void;
  /** Updates not yet acknowledged, and repetitions still to come. */
  waiting(): number;
  close(): void;
}

type Result = number | "cut" | "late" | "failed";

/** Brings updates to a webhook until they are acknowledged. */
export function createPostman<U>(options: PostmanOptions<U>): Postman<U> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const timers = new Set<NodeJS.Timeout>();
  const chats = new Map<string, Promise<void>>();
  let waiting = 0;
  let closed = false;

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        resolve();
      }, ms).unref();
      timers.add(timer);
    });

  async function deliver(update: U): Promise<void> {
    for (let attempt = 0; !closed; attempt++) {
      const envelope = options.envelope(update, attempt);
      if (envelope === null) return options.returned(update, "no address");
      const result = await attemptOnce(envelope, agent, options);
      if (typeof result === "number" && options.accepts(result)) return acknowledged(update);
      const ms = options.retryMs[attempt] ?? (options.endless ? options.retryMs.at(-1) : undefined);
      if (ms === undefined) return options.returned(update, "given up");
      await pause(ms);
    }
  }

  function acknowledged(update: U): void {
    if (!options.chance.hits(options.faults.redelivered)) return;
    waiting += 1;
    void pause(options.chance.between(5, 300))
      .then(() => deliver(update))
      .finally(() => (waiting -= 1));
  }

  return {
    post: (chat, update) => {
      waiting += 1;
      const before = chats.get(chat) ?? Promise.resolve();
      const mine = before
        .then(() => deliver(update))
        .finally(() => {
          waiting -= 1;
          if (chats.get(chat) === mine) chats.delete(chat);
        });
      chats.set(chat, mine);
    },
    waiting: () => waiting,
    close: () => {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      agent.destroy();
    },
  };
}

async function attemptOnce<U>(envelope: Envelope, agent: Agent, options: PostmanOptions<U>): Promise<Result> {
  const { faults, chance, ledger } = options;
  const cutMs = chance.hits(faults.webhookCut) ? chance.between(0, 25) : null;
  const result = await postOnce(envelope, { agent, cutMs, deadlineMs: options.deadlineMs });
  if (typeof result === "number") countOne(ledger.answers, result);
  if (result === "late") ledger.refuse("webhook", `no answer within ${options.deadlineMs} ms`);
  return result;
}

interface Attempt {
  readonly agent?: Agent;
  /** Breaks the connection so long after the request left; an answer that came before is not read. */
  readonly cutMs?: number | null;
  readonly deadlineMs: number;
}

/** One POST over plain HTTP to this machine; other addresses are never tried. Resolves with the status. */
export function postOnce({ url, headers, body }: Envelope, { agent, cutMs, deadlineMs }: Attempt): Promise<Result> {
  if (!isLocal(url)) return Promise.resolve("failed");
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const end = (result: Result) => {
      clearTimeout(timer);
      resolve(result);
    };
    const options = { method: "POST", headers: { ...headers, "content-length": body.length }, agent };
    const outgoing = request(url, options, (response) => {
      response
        .on("end", () => end(typeof cutMs === "number" ? "cut" : (response.statusCode ?? 0)))
        .on("error", () => end("failed"))
        .resume();
    });
    const breakOff = (result: Result) => {
      end(result);
      outgoing.destroy();
    };
    outgoing.on("socket", () => (timer ??= setTimeout(() => breakOff("late"), deadlineMs)));
    if (typeof cutMs === "number") outgoing.on("finish", () => setTimeout(() => breakOff("cut"), cutMs));
    outgoing.on("error", () => end("failed"));
    outgoing.on("close", () => end("failed"));
    outgoing.end(body);
  });
}

/** Whether an address is plain HTTP on this machine: the only kind that a local network may call. */
export function isLocal(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" && (hostname === "127.0.0.1" || hostname === "localhost");
}
