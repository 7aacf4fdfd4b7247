import type { Chat, Message, UserFromGetMe } from "grammy/types";
import { type Faults, noFaults, type Refusal } from "../network.ts";
import type { Upload } from "./multipart.ts";
import { createProfile, type Profile } from "./profile.ts";
import { createRates, type RateOptions, type Rates } from "./rates.ts";
import { createRoom, type Entry, type Room, type Standing } from "./room.ts";
import { UpdateQueue } from "./update-queue.ts";
import { WebhookCourier, type WebhookSettings } from "./webhook-courier.ts";

const FIRST_PERSON = 5_300_000_001;
const FIRST_GROUP = -4_200_000_001;

export interface WorldOptions {
  readonly token: string;
  /** Whether flood control is on. */
  readonly rated: boolean;
  readonly rate?: RateOptions;
}

export interface WebhookState extends WebhookSettings {
  readonly ipAddress: string | undefined;
}

/** Everything one local Telegram knows. */
export class World {
  readonly token: string;
  readonly me: UserFromGetMe;
  readonly faults: Faults = noFaults();
  readonly refusals: Refusal[] = [];
  readonly calls = new Map<string, number>();
  readonly unknowable = new Set<string>();
  readonly rooms = new Map<number, Room>();
  readonly files = new Map<string, Upload>();
  /** Presses waiting for an answer, by query id. */
  readonly presses = new Map<string, { readonly room: Room; readonly at: number }>();
  readonly profile: Profile = createProfile();
  readonly updates = new UpdateQueue(() => Math.random() < this.faults.redelivered);
  offline = false;
  /** Carries out the method that stands in the answer to a webhook. */
  onReply: (body: string) => void = () => undefined;
  webhook: WebhookState | null = null;
  lastWebhookError: { readonly at: number; readonly why: string } | null = null;
  readonly #rates: Rates | null;
  #ahead = 0;
  #nextMessage = 1;
  #nextPerson = FIRST_PERSON;
  #nextGroup = FIRST_GROUP;

  constructor({ token, rated, rate }: WorldOptions) {
    this.token = token;
    this.me = botUser(Number.parseInt(token, 10));
    this.#rates = rated ? createRates(rate) : null;
  }

  /** Milliseconds since 1970 on the network's clock. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Puts the network's clock forward. */
  advance(ms: number): void {
    this.#ahead += ms;
  }

  nextMessageId(): number {
    return this.#nextMessage++;
  }

  /** A place for one more message in this chat: 0, or the seconds to wait. */
  waitFor(room: Room): number {
    return this.#rates?.take(room.id, room.chat.type !== "private", this.now()) ?? 0;
  }

  addPerson(name: string): Room {
    return this.addRoom({ id: this.#nextPerson++, type: "private", first_name: name }, { is: "stranger" });
  }

  addGroup(title: string): Room {
    return this.addRoom({ id: this.#nextGroup--, type: "group", title }, { is: "open" });
  }

  addRoom(chat: Chat, standing: Standing): Room {
    const room = createRoom(chat, standing);
    this.rooms.set(room.id, room);
    return room;
  }

  /** Keeps a message in its chat. */
  keep(room: Room, message: Message, extra: Partial<Omit<Entry, "message">> & Pick<Entry, "from">): Entry {
    const entry = { message, deleted: false, silent: false, hadKeyboard: false, at: this.now(), media: {}, ...extra };
    room.entries.set(message.message_id, entry);
    return entry;
  }

  /** Null goes back to polling. */
  setWebhook(webhook: WebhookState | null): void {
    this.webhook = webhook;
    this.lastWebhookError = null;
    this.updates.hand(webhook === null ? null : new WebhookCourier(webhook, this.#courierEvents()));
  }

  #courierEvents() {
    return {
      delivered: this.updates.acknowledge.bind(this.updates),
      replied: (body: string) => this.onReply(body),
      failed: (why: string) => {
        this.lastWebhookError = { at: this.now(), why };
      },
      cuts: () => Math.random() < this.faults.webhookCut,
      offline: () => this.offline,
    };
  }
}

function botUser(id: number): UserFromGetMe {
  return {
    id,
    is_bot: true,
    first_name: "An Tâm (thử)",
    username: "an_tam_thu_bot",
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_guest_queries: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  };
}
