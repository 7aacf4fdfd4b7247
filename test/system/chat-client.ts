import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { Lang } from "../../src/flow/ids.ts";
import { EXIT_TOKENS, type Input } from "../../src/flow/input.ts";

/** What a browser can send. */
export type Sent = Exclude<Input, { kind: "tick" | "unreadable" }>;

const Message = z.object({
  seq: z.int(),
  text: z.string(),
  choices: z.array(z.object({ id: z.string(), label: z.string(), token: z.string() })),
  exits: z.array(z.enum(["menu", "help"])),
  files: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
});
export type Message = z.infer<typeof Message>;

const Answer = z.object({
  messages: z.array(Message),
  flow: z.string().nullable(),
  node: z.string().nullable(),
  keep: z.boolean(),
  restarted: z.boolean(),
});
export type Answer = z.infer<typeof Answer>;

/** How long one request may take, in milliseconds, before it counts as unanswered. */
const ANSWER_MS = 15_000;
const AGAIN_MS = 25;
/** A server that is away for longer than this, in milliseconds, does not come back. */
const GIVE_UP_MS = 60_000;

/**
 * One browser, as the protocol describes it: a token of its own, an id for every input, and the same body again and
 * again, byte for byte, until it is answered.
 */
export class ChatClient {
  readonly token = randomBytes(16).toString("base64url");
  /** Every message it was ever shown, in the order it came. */
  readonly shown: Message[] = [];
  /** Requests that had to be made again. */
  repeats = 0;
  #after = 0;
  #body = "";
  readonly #address: () => string;
  readonly #lang: Lang;

  /** `address` is asked before each request, so that a server may come back elsewhere. */
  constructor(address: () => string, lang: Lang = "vi") {
    this.#address = address;
    this.#lang = lang;
  }

  /** Resolves once the server said that the input had its effect. Rejects when it says that it never will. */
  async send(input: Sent): Promise<Answer> {
    this.#body = JSON.stringify({ id: randomUUID(), lang: this.#lang, input, after: this.#after });
    const answer = await this.again();
    this.shown.push(...answer.messages);
    this.#after = answer.messages.at(-1)?.seq ?? this.#after;
    return answer;
  }

  /** Sends the last input once more, as a browser does that never got its answer; what comes back is not shown. */
  async again(): Promise<Answer> {
    const response = await this.#untilAnswered(this.#body);
    if (!response.ok) throw new Error(`input refused with ${response.status}: ${await response.text()}`);
    return Answer.parse(await response.json());
  }

  say(text: string): Promise<Answer> {
    return this.send({ kind: "text", text });
  }

  /** Presses a choice by its whole token, or a standing exit. */
  press(token: string): Promise<Answer> {
    return this.send({ kind: "choice", token });
  }

  exit(to: "menu" | "help"): Promise<Answer> {
    return this.press(EXIT_TOKENS[to]);
  }

  /** Opens the chat, as a page does that was reached by a link with this payload. */
  open(payload?: string): Promise<Answer> {
    return this.send(payload === undefined ? { kind: "start" } : { kind: "start", payload });
  }

  /** Quick exit. Resolves with the HTTP status. */
  async forget(): Promise<number> {
    const headers = { authorization: `Bearer ${this.token}` };
    const { status } = await fetch(`${this.#address()}/api/chat`, { method: "DELETE", headers });
    this.#after = 0;
    return status;
  }

  async #untilAnswered(body: string): Promise<Response> {
    for (const giveUp = performance.now() + GIVE_UP_MS; performance.now() < giveUp; ) {
      const response = await this.#once(body);
      if (response !== null && response.status !== 429 && response.status !== 503) return response;
      this.repeats++;
      await pause(response === null ? AGAIN_MS : Number(response.headers.get("retry-after") ?? 1) * 1_000);
    }
    throw new Error("no answer for a minute");
  }

  /** Null when no whole answer came: the server may or may not have taken the input. */
  async #once(body: string): Promise<Response | null> {
    try {
      const headers = { authorization: `Bearer ${this.token}`, "content-type": "application/json" };
      const signal = AbortSignal.timeout(ANSWER_MS);
      const response = await fetch(`${this.#address()}/api/chat`, { method: "POST", headers, body, signal });
      return new Response(await response.arrayBuffer(), response);
    } catch {
      return null;
    }
  }
}
