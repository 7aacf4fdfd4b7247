import type { Chat, InlineKeyboardButton, Message, User } from "grammy/types";
import type { Shown } from "../network.ts";

/** How a chat stands to the bot. */
export type Standing =
  | { readonly is: "open" | "stranger" | "blocked" | "deactivated" | "kicked" | "left" }
  | { readonly is: "upgraded"; readonly to: number };

/** A message with what the network keeps beside it. */
export interface Entry {
  readonly from: "bot" | "person";
  /** As the Bot API shows it; replaced by an edit. */
  message: Message;
  deleted: boolean;
  readonly silent: boolean;
  /** Sent with a keyboard that is not inline: such a message cannot be edited. */
  readonly hadKeyboard: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly media: Pick<Shown, "picture" | "file">;
}

/** Buttons in the place of the letters, until taken away. */
export interface Offered {
  readonly messageId: number;
  readonly buttons: readonly { readonly label: string; readonly asksLocation: boolean }[];
  readonly once: boolean;
}

/** What the bot answered to a press. */
export interface PressAnswer {
  readonly text?: string;
  readonly alert: boolean;
}

/** A chat as the network knows it. */
export interface Room {
  readonly id: number;
  readonly chat: Chat;
  standing: Standing;
  readonly entries: Map<number, Entry>;
  /** Everything the bot sent, as it was when sent. */
  readonly received: Shown[];
  readonly answers: PressAnswer[];
  offered: Offered | null;
}

export function createRoom(chat: Chat, standing: Standing): Room {
  return { id: chat.id, chat, standing, entries: new Map(), received: [], answers: [], offered: null };
}

/** The entry as a screen shows it now. */
export function show({ message, from, silent, at, media }: Entry): Shown {
  return {
    id: String(message.message_id),
    from,
    text: message.text ?? message.caption ?? "",
    buttons: inlineButtons(message).map((button) => button.text),
    ...media,
    silent,
    protected: message.has_protected_content === true,
    at,
  };
}

export function inlineButtons(message: Message): readonly InlineKeyboardButton[] {
  return message.reply_markup?.inline_keyboard.flat() ?? [];
}

export function screenOf(room: Room): readonly Shown[] {
  return [...room.entries.values()].filter((entry) => !entry.deleted).map(show);
}

/** What one chat's messages have in common. */
export function commonOf(room: Room, id: number, from: User, atMs: number) {
  return { message_id: id, from, chat: room.chat, date: Math.floor(atMs / 1_000) };
}
