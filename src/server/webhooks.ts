import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { ChannelName, Webhook } from "../channels/port.ts";
import { readBody } from "./body.ts";
import type { Meter } from "./meter.ts";
import { senderOf } from "./peer.ts";
import { Refusals } from "./refusals.ts";

/** The webhooks of one network. */
export interface WebhookMount {
  readonly channel: ChannelName;
  readonly webhooks: readonly Webhook[];
}

export interface WebhookDeps {
  readonly mounts: readonly WebhookMount[];
  readonly meter: Meter;
  readonly log: Logger;
  /** Headers of every answer, as name, value, name, value. */
  readonly headers: readonly string[];
  /** Milliseconds since 1970. */
  now(): number;
}

/** A network that was refused more often than this in a minute is none. */
const REFUSALS_PER_MINUTE = 600;
/** Seconds after which a flood may be over. */
const FLOOD_PAUSE = "60";
/** Not the network's, not readable, too large. */
const REFUSED: ReadonlySet<number> = new Set([400, 401, 413]);

interface Door {
  readonly channel: ChannelName;
  readonly webhook: Webhook;
}

/**
 * Takes webhook requests before any router sees them: they are many, and a network repeats what is not answered in
 * time. A request is judged by its adapter; here it is only measured, and a flood of refused ones cut short.
 */
export class Webhooks {
  readonly #doors: ReadonlyMap<string, Door>;
  readonly #deps: WebhookDeps;
  readonly #headers: string[];
  readonly #refusals: Refusals;
  readonly #debug: boolean;
  #closed = false;

  constructor(deps: WebhookDeps) {
    this.#doors = new Map(
      deps.mounts.flatMap(({ channel, webhooks }) => webhooks.map((webhook) => [webhook.path, { channel, webhook }])),
    );
    this.#deps = deps;
    this.#headers = ["content-length", "0", ...deps.headers];
    this.#refusals = new Refusals(REFUSALS_PER_MINUTE, () => deps.now());
    this.#debug = deps.log.isLevelEnabled("debug");
  }

  /** Whether the address is a webhook's; then the request is answered here. */
  take(request: IncomingMessage, response: ServerResponse): boolean {
    const door = this.#doors.get(request.url ?? "");
    if (door === undefined) return false;
    if (request.method !== "POST") this.#hangUp(door, response, 405, "allow", "POST");
    else if (this.#closed) this.#hangUp(door, response, 503);
    else if (this.#refusals.tooMany(senderOf(request))) this.#hangUp(door, response, 429, "retry-after", FLOOD_PAUSE);
    else void this.#serve(door, request, response);
    return true;
  }

  /** From now on every update is answered with 503, so that the network brings it again. */
  close(): void {
    this.#closed = true;
  }

  async #serve(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const began = this.#debug ? performance.now() : 0;
    const body = await readBody(request, door.webhook.bodyLimit);
    if (body === "cut") return;
    let reply = "";
    const taken = (json: string) => {
      reply = json;
    };
    const status = body === "too-large" ? 413 : await this.#receive(door, request, body, taken);
    if (status === 200) this.#refusals.genuine(senderOf(request));
    else if (REFUSED.has(status)) this.#refusals.refused(senderOf(request));
    if (body === "too-large") this.#hangUp(door, response, status);
    else if (status === 200 && reply !== "") this.#reply(door, response, reply);
    else this.#answer(door, response, status, this.#headers);
    if (this.#debug) this.#logAnswer(door, status, performance.now() - began);
  }

  async #receive(
    { channel, webhook }: Door,
    { headers }: IncomingMessage,
    body: Buffer,
    reply: (json: string) => void,
  ): Promise<number> {
    if (!areSingle(headers)) return 400;
    try {
      return await webhook.receive({ headers, body, reply });
    } catch (error) {
      // The name only: a message or a stack may quote what a person wrote.
      this.#deps.log.error({ channel, what: error instanceof Error ? error.name : typeof error }, "webhook failed");
      return 503;
    }
  }

  #reply({ channel }: Door, response: ServerResponse, json: string): void {
    const length = String(Buffer.byteLength(json));
    response.writeHead(200, ["content-type", "application/json", "content-length", length, ...this.#deps.headers]);
    response.end(json);
    this.#deps.meter.webhook(channel, 200);
  }

  /** Answers without having read the body, and takes nothing more from this connection. */
  #hangUp(door: Door, response: ServerResponse, status: number, ...more: readonly string[]): void {
    this.#answer(door, response, status, [...this.#headers, "connection", "close", ...more]);
  }

  #answer({ channel }: Door, response: ServerResponse, status: number, headers: string[]): void {
    response.writeHead(status, headers).end();
    this.#deps.meter.webhook(channel, status);
  }

  /** The path stays out of the log: it may be secret. */
  #logAnswer({ channel }: Door, status: number, ms: number): void {
    this.#deps.log.debug({ channel, status, ms: Math.round(ms) }, "webhook");
  }
}

/** Node joins repeated headers into one text; only `set-cookie`, which no network sends, would be a list. */
function areSingle(headers: NodeJS.Dict<string | readonly string[]>): headers is NodeJS.Dict<string> {
  return headers["set-cookie"] === undefined;
}
