import { z } from "zod";
import type { Input } from "../../flow/input.ts";
import type { Inbound } from "../port.ts";

/** What the bot asks Telegram for; edited messages, channels, inline and business never come. */
export const ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member"] as const;

/** What one update asks of the bot. */
export type Decoded =
  | { readonly kind: "inbound"; readonly inbound: Inbound; readonly press?: Press }
  /** A press that belongs to no private chat: only its waiting mark is taken away. */
  | { readonly kind: "stray-press"; readonly query: string }
  /** The bot was added to this group. */
  | { readonly kind: "group"; readonly chat: number }
  | { readonly kind: "nothing" };

/** A pressed button: the query to be answered and the message it stands below. */
export interface Press {
  readonly query: string;
  readonly message: number;
}

/**
 * Reads one update; null for what is no update at all. Only private chats count; anything unknown is "nothing".
 * Pure: `now` in milliseconds since 1970 tells what is too old to have an effect.
 */
export function decode(raw: unknown, now: number): Decoded | null {
  const parsed = Update.safeParse(raw);
  if (!parsed.success) return null;
  const { update_id: id, message, callback_query: query, my_chat_member: member } = parsed.data;
  if (message !== undefined) return isOld(message.date, now) ? NOTHING : decodeMessage(id, message);
  if (query !== undefined) return decodePress(id, query);
  if (member !== undefined) return isOld(member.date, now) ? NOTHING : decodeMember(id, member);
  return NOTHING;
}

const NOTHING: Decoded = { kind: "nothing" };
/** Telegram keeps an update for a day; an older one is a replay. */
const AGE_MAX_MS = 48 * 3_600_000;

const Chat = z.object({ id: z.int(), type: z.string() });
const Person = z.object({
  is_bot: z.boolean().catch(false),
  language_code: z.string().min(2).optional().catch(undefined),
});
const Location = z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) });

const Message = z.object({
  message_id: z.int(),
  /** Seconds since 1970. */
  date: z.number(),
  chat: Chat,
  from: Person.optional().catch(undefined),
  text: z.string().min(1).optional().catch(undefined),
  caption: z.string().min(1).optional().catch(undefined),
  location: Location.optional().catch(undefined),
  venue: z.object({ location: Location }).optional().catch(undefined),
  pinned_message: z.unknown().optional(),
  message_auto_delete_timer_changed: z.unknown().optional(),
  chat_background_set: z.unknown().optional(),
  write_access_allowed: z.unknown().optional(),
});
type Message = z.infer<typeof Message>;

const Query = z.object({
  id: z.string().min(1),
  from: Person.optional().catch(undefined),
  data: z.string().optional().catch(undefined),
  message: z.object({ message_id: z.int(), chat: Chat }).optional().catch(undefined),
});

const Member = z.object({
  date: z.number(),
  chat: Chat,
  old_chat_member: z.object({ status: z.string() }),
  new_chat_member: z.object({ status: z.string() }),
});

const Update = z.object({
  update_id: z.int().nonnegative(),
  message: Message.optional().catch(undefined),
  callback_query: Query.optional().catch(undefined),
  my_chat_member: Member.optional().catch(undefined),
});

function isOld(seconds: number, now: number): boolean {
  return seconds * 1_000 < now - AGE_MAX_MS;
}

function decodeMessage(id: number, message: Message): Decoded {
  if (message.chat.type !== "private" || message.from?.is_bot === true || isService(message)) return NOTHING;
  const inbound: Inbound = {
    ...common(id, message.chat.id, message.from),
    input: readContent(message),
    messageId: String(message.message_id),
  };
  return { kind: "inbound", inbound };
}

/** Something the person did to the chat itself, such as a timer that deletes messages: no answer is expected. */
function isService(message: Message): boolean {
  return [
    message.pinned_message,
    message.message_auto_delete_timer_changed,
    message.chat_background_set,
    message.write_access_allowed,
  ].some((part) => part !== undefined);
}

/** What somebody wrote below a picture is what they say, and has to be heard. */
function readContent({ text, caption, location, venue }: Message): Input {
  if (text !== undefined) return readText(text);
  if (caption !== undefined && caption.trim() !== "") return { kind: "text", text: caption };
  const place = location ?? venue?.location;
  return place === undefined ? { kind: "unreadable" } : { kind: "location", ...place };
}

/** What Telegram allows behind `?start=`. */
const PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/;

function readText(text: string): Input {
  const command = text.replace(/^(\/[A-Za-z0-9_]+)@[A-Za-z0-9_]+/, "$1");
  const start = /^\/start(?:\s+([\s\S]*))?$/.exec(command);
  if (start === null) return { kind: "text", text: command };
  const rest = start[1]?.trim() ?? "";
  if (rest === "") return { kind: "start" };
  // Words typed behind the command come from no link; they must be heard.
  return PAYLOAD.test(rest) ? { kind: "start", payload: rest } : { kind: "text", text: rest };
}

function decodePress(id: number, { id: query, from, data, message }: z.infer<typeof Query>): Decoded {
  if (message === undefined || message.chat.type !== "private" || data === undefined) {
    return { kind: "stray-press", query };
  }
  const inbound: Inbound = { ...common(id, message.chat.id, from), input: { kind: "choice", token: data } };
  return { kind: "inbound", inbound, press: { query, message: message.message_id } };
}

const GROUPS = new Set(["group", "supergroup"]);
const OUTSIDE = new Set(["left", "kicked"]);

function decodeMember(id: number, { chat, ...member }: z.infer<typeof Member>): Decoded {
  const before = member.old_chat_member.status;
  const after = member.new_chat_member.status;
  if (chat.type === "private" && after === "kicked") {
    return { kind: "inbound", inbound: { ...common(id, chat.id, undefined), input: { kind: "left" } } };
  }
  const added = GROUPS.has(chat.type) && OUTSIDE.has(before) && !OUTSIDE.has(after);
  return added ? { kind: "group", chat: chat.id } : NOTHING;
}

function common(id: number, chat: number, person: z.infer<typeof Person> | undefined) {
  const code = person?.language_code;
  const lang = code === undefined ? undefined : /^vi\b/i.test(code) ? ("vi" as const) : ("en" as const);
  return { channel: "telegram", chat: String(chat), id: String(id), ...(lang !== undefined && { lang }) } as const;
}
