import type { InlineKeyboardButton, InlineKeyboardMarkup } from "grammy/types";
import { z } from "zod";
import { badRequest } from "./api-error.ts";
import { isRecord, tryJson } from "./body.ts";
import type { Call } from "./methods/method.ts";
import type { Offered, Room } from "./room.ts";
import { tidy } from "./tidy.ts";

const MOST_BUTTONS = 100;
const DATA_BYTES = 64;
const PLACEHOLDER = z.string().min(1).max(64);

const look = {
  icon_custom_emoji_id: z.string().optional(),
  style: z.enum(["danger", "success", "primary"]).optional(),
};
const Disabled = z.strictObject({});
const InlineButton = z.strictObject({
  text: z.string(),
  ...look,
  url: z.string().optional(),
  callback_data: z.string().optional(),
  disabled: Disabled.optional(),
  web_app: z.strictObject({ url: z.string() }).optional(),
  switch_inline_query: z.string().optional(),
  switch_inline_query_current_chat: z.string().optional(),
  copy_text: z.strictObject({ text: z.string().min(1).max(256) }).optional(),
});
const Inline = z.strictObject({
  inline_keyboard: z.array(z.array(InlineButton)),
  force_reply: z.boolean().optional(),
});
const ReplyButton = z.strictObject({
  text: z.string(),
  ...look,
  request_contact: z.boolean().optional(),
  request_location: z.boolean().optional(),
});
const Reply = z.strictObject({
  keyboard: z.array(z.array(ReplyButton)),
  is_persistent: z.boolean().optional(),
  resize_keyboard: z.boolean().optional(),
  one_time_keyboard: z.boolean().optional(),
  input_field_placeholder: PLACEHOLDER.optional(),
  selective: z.boolean().optional(),
  force_reply: z.boolean().optional(),
});
const Remove = z.strictObject({ remove_keyboard: z.literal(true), selective: z.boolean().optional() });
const Force = z.strictObject({
  force_reply: z.literal(true),
  input_field_placeholder: PLACEHOLDER.optional(),
  selective: z.boolean().optional(),
});

/** What a `reply_markup` does. */
export type Keyboard =
  | { readonly kind: "none" | "remove" | "force" }
  | { readonly kind: "inline"; readonly markup: InlineKeyboardMarkup }
  | { readonly kind: "reply"; readonly buttons: Offered["buttons"]; readonly once: boolean };

/** Reads a `reply_markup` of any kind for this chat. Rejects as Telegram does. */
export function readKeyboard(raw: unknown, room: Room, call: Call): Keyboard {
  if (raw === undefined || raw === "") return { kind: "none" };
  const value = typeof raw === "string" ? tryJson(raw) : raw;
  if (value === undefined) throw badRequest("can't parse reply keyboard markup JSON object");
  if (!isRecord(value)) throw badRequest("object expected as reply markup");
  if ("inline_keyboard" in value) return readInline(value, call);
  if ("keyboard" in value) return readReply(value, room, call);
  if ("remove_keyboard" in value) return read(Remove, value, call) && { kind: "remove" };
  return read(Force, value, call) && { kind: "force" };
}

/** Edited messages can only have inline keyboards. */
export function readInlineKeyboard(raw: unknown, room: Room, call: Call): InlineKeyboardMarkup | undefined {
  const keyboard = readKeyboard(raw, room, call);
  if (keyboard.kind === "none") return undefined;
  if (keyboard.kind === "inline") return keyboard.markup.inline_keyboard.length === 0 ? undefined : keyboard.markup;
  throw badRequest("inline keyboard expected");
}

function readInline(value: unknown, call: Call): Keyboard {
  const { inline_keyboard } = read(Inline, value, call);
  if (inline_keyboard.flat().length > MOST_BUTTONS) throw badRequest("reply markup is too long");
  const rows = inline_keyboard.filter((row) => row.length > 0).map((row) => row.map(checkedButton));
  return { kind: "inline", markup: { inline_keyboard: rows } };
}

function readReply(value: unknown, room: Room, call: Call): Keyboard {
  const rows = isRecord(value) && Array.isArray(value["keyboard"]) ? value["keyboard"].map(asButtons) : [];
  const { keyboard, one_time_keyboard } = read(Reply, { ...(isRecord(value) ? value : {}), keyboard: rows }, call);
  const buttons = keyboard.flat().map(({ text, request_location, request_contact }) => {
    if (text.trim() === "") throw badRequest("keyboard button text must be non-empty");
    if (request_location === true && room.chat.type !== "private") {
      throw badRequest("location can be requested in private chats only");
    }
    if (request_contact === true) call.blame("a phone number is asked for");
    return { label: text, asksLocation: request_location === true };
  });
  return { kind: "reply", buttons, once: one_time_keyboard === true };
}

/** A string stands for a button with that text. */
function asButtons(row: unknown): unknown {
  return Array.isArray(row)
    ? row.map((button: unknown) => (typeof button === "string" ? { text: button } : button))
    : row;
}

function read<S extends z.ZodType>(schema: S, value: unknown, call: Call): z.output<S> {
  const result = tidy(schema, value, call.blame);
  if (result.success) return result.data;
  throw badRequest(`can't parse inline keyboard button: field "${String(result.path.at(-1))}" is wrong`);
}

function checkedButton(button: z.output<typeof InlineButton>): InlineKeyboardButton {
  const { text, callback_data, url, copy_text } = button;
  if (text.trim() === "") throw badRequest("inline keyboard button text must be non-empty");
  const { text: _text, icon_custom_emoji_id: _icon, style: _style, ...action } = button;
  const actions = Object.values(action).filter((value) => value !== undefined);
  if (actions.length === 0) {
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  }
  if (actions.length > 1) throw badRequest("BUTTON_TYPE_INVALID");
  if (callback_data !== undefined) return { text, callback_data: checkedData(callback_data) };
  if (url !== undefined) return { text, url: checkedUrl(url) };
  if (copy_text !== undefined) return { text, copy_text };
  if (button.web_app !== undefined) return { text, web_app: { url: checkedUrl(button.web_app.url) } };
  if (button.disabled !== undefined) return { text, disabled: {} };
  throw badRequest("BUTTON_TYPE_INVALID");
}

function checkedData(data: string): string {
  const bytes = Buffer.byteLength(data);
  if (bytes < 1 || bytes > DATA_BYTES) throw badRequest("BUTTON_DATA_INVALID");
  return data;
}

/** Telegram opens web and Telegram addresses only, and no host that others cannot reach. */
function checkedUrl(url: string): string {
  if (/^tg:\/\/\S+$/.test(url)) return url;
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `http://${url}`;
  if (!isPublicUrl(withScheme)) throw badRequest("BUTTON_URL_INVALID");
  return url;
}

/** Whether Telegram could reach this address. */
export function isPublicUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") return false;
  return (
    /\.[\p{L}][\p{L}\p{N}-]+$/u.test(hostname) || /^(?!127\.|10\.|192\.168\.|0\.)\d+\.\d+\.\d+\.\d+$/.test(hostname)
  );
}
