import { z } from "zod";
import type { Input } from "../../flow/input.ts";
import type { Inbound } from "../port.ts";

/** What an event of the Official Account means to the bot. */
export type Decoded =
  | { readonly kind: "inbound"; readonly inbound: Inbound }
  /** Echoes of our own messages, receipts, reactions, what nobody reads: nothing to do. */
  | { readonly kind: "nothing" }
  /** A name that is not known, or an event without what its name promises. */
  | { readonly kind: "strange"; readonly event: string };

/** UTF-16 units of a person's text that are read: Zalo lets people write 2,000. */
const TEXT_MAX = 4_000;

/** Ids are decimal texts beyond 2^53; a number has kept its digits as long as it came through `parseExactly`. */
const Id = z.union([z.string().min(1).max(128), z.int().transform(String)]);
const MaybeId = Id.optional().catch(undefined);
const Party = z.object({ id: MaybeId, anonymous_id: MaybeId }).optional().catch(undefined);
const MaybeText = z.string().optional().catch(undefined);

/** Only what is read. Nothing is required, so that a field that is new, renamed or odd refuses no event. */
const EventBody = z.object({
  event_name: z.string().catch(""),
  timestamp: MaybeId,
  oa_id: MaybeId,
  user_id: MaybeId,
  anonymous_id: MaybeId,
  sender: Party,
  recipient: Party,
  follower: Party,
  message: z
    .object({ msg_id: MaybeId, text: MaybeText, attachments: z.array(z.unknown()).catch([]) })
    .optional()
    .catch(undefined),
});
export type EventBody = z.infer<typeof EventBody>;

/** The parts of a parsed body that are read; null when it is no object. */
export function readEvent(body: unknown): EventBody | null {
  const parsed = EventBody.safeParse(body);
  return parsed.success ? parsed.data : null;
}

/** Translates one event. The answer's id is the network's own, or event name and time: ids are stored and name nobody. */
export function decode(event: EventBody): Decoded {
  const name = event.event_name;
  if (isForNobody(event)) return { kind: "nothing" };
  const input = inputOf(event);
  const chat = event.follower?.id ?? event.sender?.id ?? event.user_id;
  if (input === null || chat === undefined) return { kind: "strange", event: safeName(name) };
  const id = event.message?.msg_id ?? `${name}:${event.timestamp ?? ""}`;
  return { kind: "inbound", inbound: { channel: "zalo-oa", chat, id, input } };
}

/** Events that concern no conversation. What a `user_submit_info` holds is never read. */
const NOTHING: ReadonlySet<string> = new Set([
  "user_received_message",
  "user_seen_message",
  "user_reacted_message",
  "user_submit_info",
  "user_click_link",
  "add_user_to_tag",
]);

/** `oa_…` are our own messages and reactions; people without a Zalo account cannot be answered. */
function isForNobody({ event_name: name, anonymous_id, sender }: EventBody): boolean {
  const anonymous = anonymous_id ?? sender?.anonymous_id;
  return NOTHING.has(name) || name.startsWith("oa_") || name.includes("anonymous") || anonymous !== undefined;
}

/** What somebody wrote beside one of these is what they say, and has to be heard. */
const PICTURES: ReadonlySet<string> = new Set(["user_send_image", "user_send_gif", "user_send_video"]);

function inputOf({ event_name: name, message }: EventBody): Input | null {
  if (name === "user_send_text" || name === "user_click_button") return textOrChoice(message?.text);
  if (name === "user_send_location") return location(message?.attachments ?? []);
  if (PICTURES.has(name)) return textOrChoice(message?.text);
  if (name.startsWith("user_send_")) return { kind: "unreadable" };
  if (name === "follow" || name === "user_click_chatnow") return { kind: "start" };
  return name === "unfollow" ? { kind: "left" } : null;
}

/** A tap comes as a text that is the button's payload: `flow:node:choice` or `::exit`, at most 64 characters. */
const TOKEN = /^(?=.{4,64}$)(?:(?=[^:]*[a-z])[a-z0-9-]+:[a-z0-9-]+:[^\s:]+|::[a-z]+)$/;

function textOrChoice(text = ""): Input {
  if (TOKEN.test(text)) return { kind: "choice", token: text };
  return text.trim() === "" ? { kind: "unreadable" } : { kind: "text", text: text.slice(0, TEXT_MAX) };
}

const Degrees = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d{1,3}(?:\.\d+)?$/)
    .transform(Number),
]);
const Place = z.object({
  payload: z.object({
    coordinates: z.object({
      latitude: Degrees.pipe(z.number().min(-90).max(90)),
      longitude: Degrees.pipe(z.number().min(-180).max(180)),
    }),
  }),
});

function location(attachments: readonly unknown[]): Input {
  for (const attachment of attachments) {
    const place = Place.safeParse(attachment);
    if (place.success) return { kind: "location", ...place.data.payload.coordinates };
  }
  return { kind: "unreadable" };
}

/** The name of an event as it may stand in a notice. */
function safeName(name: string): string {
  return name.replace(/[^\w.-]/g, "").slice(0, 64) || "none";
}
