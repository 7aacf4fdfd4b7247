import type { BotState } from "./state.ts";

/** What goes to the bot; `event: null` is an empty POST. */
export interface Update {
  readonly chat: string;
  readonly event: Readonly<Record<string, unknown>> | null;
  /** Comes without `event_name` when it is polled. */
  readonly nameless: boolean;
}

/** Who writes where. */
export interface Author {
  readonly id: string;
  readonly name: string;
  readonly chat: { readonly id: string; readonly type: "PRIVATE" | "GROUP" };
}

const MEDIA = "https://photo.example.zdn.vn";

/** The parts of a message that make its kind, by event name; `n` varies what has been seen to vary. */
export const KINDS = {
  "message.text.received": (text: string) => ({ text }),
  "message.image.received": (_: string, n: number) =>
    n % 2 === 0
      ? { message_type: "CHAT_PHOTO", photo_url: `${MEDIA}/x.jpg`, caption: "" }
      : { photo: `${MEDIA}/x.jpg`, caption: "" },
  "message.sticker.received": () => ({ sticker: "d063f44dc80821567819", url: `${MEDIA}/sticker.png` }),
  "message.voice.received": () => ({ message_type: "CHAT_VOICE", voice_url: `${MEDIA}/voice.aac` }),
  "message.link.received": (url: string, n: number) => (n % 2 === 0 ? { link: url } : { links: [{ url }] }),
  "message.unsupported.received": () => ({}),
} as const satisfies Record<string, (text: string, n: number) => Readonly<Record<string, unknown>>>;
export type EventName = keyof typeof KINDS;

/** One person's message as an update. */
export function messageUpdate(
  state: BotState,
  { author, messageId, name, text = "" }: { author: Author; messageId: string; name: EventName; text?: string },
): Update {
  const variant = state.chance.between(0, 12);
  const message = {
    message_id: messageId,
    from: fromOf(author, variant === 0),
    chat: { id: author.chat.id, chat_type: author.chat.type },
    ...KINDS[name](text, variant),
    date: state.now(),
  };
  return {
    chat: author.chat.id,
    event: { event_name: name, message },
    nameless: state.chance.hits(state.options.nameless),
  };
}

/** The probe that `setWebhook` and `testWebhook` send: no person, no chat, seconds. */
export function probeBody(state: BotState): Buffer {
  const message = { message_id: "webhook-test", date: Math.floor(state.now() / 1_000), text: "Webhook test" };
  return Buffer.from(JSON.stringify({ event_name: "webhook.test", message }));
}

/** The body of a webhook in one of the two shapes. */
export function webhookBody(state: BotState, { event }: Update): Buffer {
  if (event === null) return Buffer.alloc(0);
  const { shape } = state.options;
  const wrapped = shape === "wrapped" || (shape === "mixed" && state.chance.hits(0.5));
  return Buffer.from(JSON.stringify(wrapped ? { ok: true, result: event } : event));
}

/** The single object that a poll gives out. */
export function polledResult({ event, nameless }: Update): Readonly<Record<string, unknown>> {
  const { event_name: name, ...rest } = event ?? {};
  return nameless ? rest : { event_name: name, ...rest };
}

/** Older accounts come with other fields. */
function fromOf({ id, name }: Author, older: boolean): Readonly<Record<string, unknown>> {
  return older ? { id, name, avatar: `${MEDIA}/a.jpg`, is_bot: false } : { id, display_name: name, is_bot: false };
}
