import { z } from "zod";
import type { Input } from "../../flow/input.ts";
import type { Inbound } from "../port.ts";

/** What an update of the network comes to. */
export type Update =
  /** `withheld`: the network kept the content back, as it does for accounts it protects. */
  | { readonly kind: "inbound"; readonly inbound: Inbound; readonly withheld: boolean }
  /** An update that has no effect. */
  | { readonly kind: "nothing" }
  /** An event this code does not know; its name in safe characters, at most 64. */
  | { readonly kind: "unknown"; readonly event: string }
  /** No update at all. */
  | { readonly kind: "foreign" };

/**
 * Reads an update, wrapped in `result` or not, from a webhook or a poll. `now` in milliseconds since 1970. Only private
 * chats count; names, pictures and links are never read. Long ids must have been parsed exactly (see `parseExactly`).
 */
export function decode(body: unknown, now: number): Update {
  const update = Envelope.safeParse(unwrapped(body));
  if (!update.success) return { kind: "foreign" };
  const { event_name: event, message } = update.data;
  const kind = event === undefined ? derivedKind(message) : knownKind(event);
  if (kind === null && event !== undefined) return unknownEvent(event);
  if (kind === null || message === undefined) return NOTHING;
  return fromMessage(kind, message, now);
}

/** Exactly the body with which the network tries an address: it may come without the secret. */
export function isProbe(body: unknown): boolean {
  return Probe.safeParse(unwrapped(body)).success;
}

/** Milliseconds: the probe and some updates give seconds, and those are smaller than this. */
const SECONDS_BELOW = 1e11;
/** As long as the ids of inputs are remembered: an older update could have its effect twice. */
const TOO_OLD_MS = 48 * 3_600_000;
const EVENT_LENGTH = 64;
const PROBE_EVENT = "webhook.test";
const GROUP_PREFIX = "zgr-";

const EVENTS = {
  text: "message.text.received",
  image: "message.image.received",
  sticker: "message.sticker.received",
  voice: "message.voice.received",
  link: "message.link.received",
  unsupported: "message.unsupported.received",
} as const;
type Kind = keyof typeof EVENTS;

const NOTHING = { kind: "nothing" } as const;

/** Documented as texts; a short one that came as a number is taken by its digits, a long one arrives as text. */
const Id = z.union([z.string().min(1).max(200), z.int().nonnegative().transform(String)]);
const text = z.string().optional().catch(undefined);
const id = Id.optional().catch(undefined);

const Message = z.object({
  message_id: id,
  from: z
    .object({ id, is_bot: z.boolean().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  chat: z.object({ id: Id, chat_type: text }).optional().catch(undefined),
  text,
  caption: text,
  date: z.coerce.number().positive().optional().catch(undefined),
  voice_url: z.unknown().optional(),
  photo_url: z.unknown().optional(),
  photo: z.unknown().optional(),
  sticker: z.unknown().optional(),
});
type Message = z.infer<typeof Message>;

const Wrapped = z.object({ result: z.object({}).loose() });
const Envelope = z.object({ event_name: text, message: Message.optional().catch(undefined) });

const Probe = z.strictObject({
  event_name: z.literal(PROBE_EVENT),
  message: z.strictObject({ message_id: z.literal("webhook-test"), date: z.number().optional(), text }).optional(),
});

function unwrapped(body: unknown): unknown {
  const wrapped = Wrapped.safeParse(body);
  return wrapped.success ? wrapped.data.result : body;
}

function knownKind(event: string): Kind | null {
  for (const kind of KINDS) if (EVENTS[kind] === event) return kind;
  return null;
}

const KINDS: readonly Kind[] = ["text", "image", "sticker", "voice", "link", "unsupported"];

/** A polled update may lack its name: the fields tell. Null where there is no message either. */
function derivedKind(message: Message | undefined): Kind | null {
  if (message === undefined) return null;
  if (isThere(message.voice_url)) return "voice";
  if (isThere(message.photo_url) || isThere(message.photo)) return "image";
  if (isThere(message.sticker)) return "sticker";
  return message.text === undefined ? "unsupported" : "text";
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

function unknownEvent(event: string): Update {
  if (event === PROBE_EVENT) return NOTHING;
  return { kind: "unknown", event: event.replace(/[^\w.-]/g, "_").slice(0, EVENT_LENGTH) };
}

function fromMessage(kind: Kind, message: Message, now: number): Update {
  const { chat, date } = message;
  if (chat === undefined || message.from?.is_bot === true || !isPrivate(message)) return NOTHING;
  const at = date === undefined ? now : milliseconds(date);
  if (at < now - TOO_OLD_MS) return NOTHING;
  const input = inputOf(message);
  const withheld = input.kind === "unreadable" && (kind === "unsupported" || kind === "text");
  const inbound: Inbound = {
    channel: "zalo-bot",
    chat: chat.id,
    id: `${EVENTS[kind]}:${message.message_id ?? `at-${at}`}`,
    input,
  };
  return { kind: "inbound", inbound, withheld };
}

/** What somebody wrote below a picture is what they say, and has to be heard. */
function inputOf({ text, caption }: Message): Input {
  const words = [text, caption].find((part) => part !== undefined && part.trim() !== "");
  return words === undefined ? { kind: "unreadable" } : { kind: "text", text: words };
}

/** In a private chat, the chat has the id of the person. */
function isPrivate({ chat, from }: Message): boolean {
  if (chat === undefined || chat.id.startsWith(GROUP_PREFIX)) return false;
  const type = chat.chat_type?.toUpperCase();
  if (type === "PRIVATE") return true;
  return type === undefined && (from?.id === undefined || from.id === chat.id);
}

function milliseconds(date: number): number {
  return date < SECONDS_BELOW ? date * 1_000 : date;
}
