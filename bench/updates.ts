import { z } from "zod";
import type { Reply } from "./contender.ts";
import { placeAt, turnAt } from "./conversation.ts";
import { dataOf } from "./screens.ts";

/** The bot's own account, so that neither library asks the network for it. */
export const BOT_INFO = {
  id: 1,
  is_bot: true,
  first_name: "bench",
  username: "bench_bot",
  can_join_groups: false,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
  supports_join_request_queries: false,
} as const;
export const BOT_TOKEN = "1:bench";

/** An update as both libraries understand it. */
export type BotUpdate = ReturnType<typeof typed> | ReturnType<typeof pressed>;

let updates = 0;

/** The private chat of a citizen. */
export function chatOf(citizen: number) {
  return { id: 700_000_000 + citizen, type: "private" as const, first_name: "An" };
}

function userOf(citizen: number) {
  return { id: 700_000_000 + citizen, is_bot: false, first_name: "An", language_code: "vi" };
}

/** The update that Telegram would send for this step of the conversation. */
export function updateAt(citizen: number, step: number): BotUpdate {
  const { act } = turnAt(step);
  const data = dataOf(placeAt(step), act);
  return data === undefined && "say" in act ? typed(citizen, act.say) : pressed(citizen, data ?? "");
}

/** `/start`. */
export function startUpdate(citizen: number): BotUpdate {
  return typed(citizen, "/start");
}

function typed(citizen: number, text: string) {
  updates += 1;
  const entities = text.startsWith("/") ? [{ type: "bot_command" as const, offset: 0, length: text.length }] : [];
  return {
    update_id: updates,
    message: {
      message_id: updates,
      date: Math.floor(Date.now() / 1000),
      chat: chatOf(citizen),
      from: userOf(citizen),
      text,
      entities,
    },
  };
}

function pressed(citizen: number, data: string) {
  updates += 1;
  return {
    update_id: updates,
    callback_query: {
      id: String(updates),
      from: userOf(citizen),
      chat_instance: "1",
      data,
      message: { message_id: updates - 1, date: Math.floor(Date.now() / 1000), chat: chatOf(citizen), text: "" },
    },
  };
}

/** A message as it would leave for Telegram. */
export interface SentMessage {
  readonly text: string;
  readonly reply_markup?: unknown;
}

/** Collects what a bot sends, by citizen, in the place of the network. */
export class Sent {
  readonly #lists = new Map<number, SentMessage[]>();

  /** A fresh list for the turn that begins. */
  begin(citizen: number): SentMessage[] {
    const list: SentMessage[] = [];
    this.#lists.set(700_000_000 + citizen, list);
    return list;
  }

  add(chat: number, message: SentMessage): void {
    this.#lists.get(chat)?.push(message);
  }
}

function isSent(said: unknown): said is readonly SentMessage[] {
  return Array.isArray(said);
}

export function replyOfSent(said: unknown): Reply {
  if (!isSent(said)) return { texts: [], buttons: [] };
  return { texts: said.map(({ text }) => text), buttons: said.flatMap(({ reply_markup }) => labelsIn(reply_markup)) };
}

const Keyboard = z.object({ inline_keyboard: z.array(z.array(z.object({ text: z.string() }))) });

function labelsIn(markup: unknown): string[] {
  if (markup === undefined) return [];
  return Keyboard.parse(markup).inline_keyboard.flatMap((row) => row.map(({ text }) => text));
}
