import { Agent, request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";
import type { Courier, Parcel } from "./update-queue.ts";

export interface WebhookSettings {
  readonly url: string;
  readonly secret: string | undefined;
  readonly maxConnections: number;
}

export interface CourierEvents {
  /** Answered with 2xx. */
  delivered(parcel: Parcel): void;
  /** The answer held a body. */
  replied(body: string): void;
  /** In Telegram's words, for getWebhookInfo. */
  failed(why: string): void;
  /** Whether this connection is cut before its answer is read. */
  cuts(): boolean;
  /** Whether the network can be reached at all. */
  offline(): boolean;
}

interface Lane {
  readonly chat: number;
  readonly parcels: Parcel[];
  failures: number;
}

const ANSWER_MS = 60_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;
const CUT_WITHIN_MS = 25;

/** Posts each parcel until it is answered with 2xx: one after the other within a chat, chats beside each other. */
export class WebhookCourier implements Courier {
  readonly #settings: WebhookSettings;
  readonly #events: CourierEvents;
  readonly #agent: Agent;
  readonly #lanes = new Map<number, Lane>();
  readonly #ready: Lane[] = [];
  readonly #pauses = new Set<NodeJS.Timeout>();
  #open = 0;
  #stopped = false;

  constructor(settings: WebhookSettings, events: CourierEvents) {
    this.#settings = settings;
    this.#events = events;
    this.#agent = new Agent({ keepAlive: true, maxSockets: settings.maxConnections });
  }

  push(parcel: Parcel): void {
    const lane = this.#lanes.get(parcel.chat);
    if (lane !== undefined) {
      lane.parcels.push(parcel);
      return;
    }
    const opened = { chat: parcel.chat, parcels: [parcel], failures: 0 };
    this.#lanes.set(parcel.chat, opened);
    this.#ready.push(opened);
    this.#pump();
  }

  stop(): void {
    this.#stopped = true;
    for (const pause of this.#pauses) clearTimeout(pause);
    this.#agent.destroy();
  }

  #pump(): void {
    while (!this.#stopped && this.#open < this.#settings.maxConnections) {
      const lane = this.#ready.shift();
      if (lane === undefined) return;
      this.#open++;
      void this.#deliverFirst(lane);
    }
  }

  async #deliverFirst(lane: Lane): Promise<void> {
    const [parcel] = lane.parcels;
    const failure = parcel === undefined ? null : await this.#post(parcel);
    this.#open--;
    if (this.#stopped) return;
    if (parcel !== undefined && failure === null) this.#took(lane, parcel);
    else this.#pause(lane, failure ?? "");
    this.#pump();
  }

  #took(lane: Lane, parcel: Parcel): void {
    lane.parcels.shift();
    lane.failures = 0;
    if (lane.parcels.length > 0) this.#ready.push(lane);
    else this.#lanes.delete(lane.chat);
    this.#events.delivered(parcel);
  }

  #pause(lane: Lane, why: string): void {
    this.#events.failed(why);
    const pause = setTimeout(
      () => {
        this.#pauses.delete(pause);
        this.#ready.push(lane);
        this.#pump();
      },
      Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** lane.failures),
    );
    lane.failures++;
    this.#pauses.add(pause);
  }

  /** Null when it was taken, else why not. */
  #post(parcel: Parcel): Promise<string | null> {
    if (this.#events.offline()) return Promise.resolve("Connection refused");
    const body = Buffer.from(JSON.stringify(parcel.update));
    const { url, secret } = this.#settings;
    const headers = {
      "content-type": "application/json",
      "content-length": body.length,
      ...(secret === undefined ? {} : { "x-telegram-bot-api-secret-token": secret }),
    };
    const cut = this.#events.cuts();
    return new Promise((resolve) => {
      const request = httpRequest(
        url,
        { method: "POST", agent: this.#agent, headers, timeout: ANSWER_MS },
        (response) => {
          const { statusCode = 0, statusMessage = "" } = response;
          const taken = statusCode >= 200 && statusCode < 300;
          const body = text(response).catch(() => "");
          if (cut) return;
          void body.then((said) => {
            if (taken && said !== "") this.#events.replied(said);
            resolve(taken ? null : `Wrong response from the webhook: ${statusCode} ${statusMessage}`);
          });
        },
      );
      request.once("timeout", () => request.destroy(new Error("Read timeout expired")));
      request.once("error", (error) => resolve(error.message));
      request.end(body);
      if (!cut) return;
      setTimeout(() => {
        request.destroy();
        resolve("Connection reset by peer");
      }, Math.random() * CUT_WITHIN_MS);
    });
  }
}
