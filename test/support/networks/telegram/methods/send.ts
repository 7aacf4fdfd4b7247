import type { Message } from "grammy/types";
import { z } from "zod";
import { badRequest } from "../api-error.ts";
import { type FileKind, takeFile } from "../file-rules.ts";
import { type Keyboard, readKeyboard } from "../keyboard-rules.ts";
import { chatIdParam, reach, takeTurn } from "../reach.ts";
import { commonOf, type Entry, type Room, show } from "../room.ts";
import { checkedCaption, checkedText, entitiesParam } from "../text-rules.ts";
import { type Call, type Method, method } from "./method.ts";

/** What every sending method takes. */
const envelope = {
  chat_id: chatIdParam,
  message_thread_id: z.int().optional(),
  disable_notification: z.boolean().optional(),
  protect_content: z.boolean().optional(),
  message_effect_id: z.string().optional(),
  reply_parameters: z
    .strictObject({
      message_id: z.int(),
      chat_id: chatIdParam.optional(),
      allow_sending_without_reply: z.boolean().optional(),
    })
    .optional(),
  reply_markup: z.unknown().optional(),
};
type Envelope = z.output<z.ZodObject<typeof envelope>>;

const captioned = {
  ...envelope,
  caption: z.string().optional(),
  parse_mode: z.string().optional(),
  caption_entities: entitiesParam,
  show_caption_above_media: z.boolean().optional(),
};
type Captioned = z.output<z.ZodObject<typeof captioned>>;

export const linkPreviewParam = z
  .strictObject({
    is_disabled: z.boolean().optional(),
    url: z.string().optional(),
    prefer_small_media: z.boolean().optional(),
    prefer_large_media: z.boolean().optional(),
    show_above_text: z.boolean().optional(),
  })
  .optional();

export const sendMethods: Readonly<Record<string, Method>> = {
  sendmessage: method(
    {
      ...envelope,
      text: z.string(),
      parse_mode: z.string().optional(),
      entities: entitiesParam,
      link_preview_options: linkPreviewParam,
    },
    (params, call) => {
      const { text, parse_mode, entities } = params;
      return post(params, call, () => ({ content: checkedText({ text, parse_mode, entities }, call), media: {} }));
    },
  ),
  sendphoto: method({ ...captioned, photo: z.string(), has_spoiler: z.boolean().optional() }, (params, call) =>
    post(params, call, () => {
      const caption = captionOf(params, call);
      const { id, media, size } = fileOf("photo", params.photo, call);
      return { content: { ...caption, photo: [{ ...id, width: 800, height: 600, file_size: size }] }, media };
    }),
  ),
  sendvoice: method({ ...captioned, voice: z.string(), duration: z.int().optional() }, (params, call) =>
    post(params, call, () => {
      const caption = captionOf(params, call);
      const { id, media, size } = fileOf("voice", params.voice, call);
      return { content: { ...caption, voice: { ...id, duration: params.duration ?? 0, file_size: size } }, media };
    }),
  ),
  senddocument: method(
    {
      ...captioned,
      document: z.string(),
      thumbnail: z.string().optional(),
      disable_content_type_detection: z.boolean().optional(),
    },
    (params, call) =>
      post(params, call, () => {
        const caption = captionOf(params, call);
        const { id, media, size, name } = fileOf("document", params.document, call);
        return { content: { ...caption, document: { ...id, file_name: name, file_size: size } }, media };
      }),
  ),
  sendchataction: method(
    { chat_id: chatIdParam, message_thread_id: z.int().optional(), action: z.string() },
    ({ chat_id, action }, call) => {
      reach(chat_id, call);
      if (!ACTIONS.includes(action)) throw badRequest("wrong parameter action in request");
      return true;
    },
  ),
};

const ACTIONS: readonly string[] = [
  "typing",
  "upload_photo",
  "record_voice",
  "upload_voice",
  "upload_document",
  "find_location",
  "choose_sticker",
];

interface Draft {
  readonly content: Partial<Message>;
  readonly media: Entry["media"];
}

function captionOf({ caption = "", parse_mode, caption_entities }: Captioned, call: Call) {
  return checkedCaption({ text: caption, parse_mode, entities: caption_entities }, call);
}

function fileOf(kind: FileKind, value: string, call: Call) {
  const { fileId, name, size, shown } = takeFile(kind, value, call);
  return { id: { file_id: fileId, file_unique_id: fileId.slice(-12) }, media: shown, size, name };
}

/** Puts a message on the screen, if nothing speaks against it. */
function post(params: Envelope, call: Call, draft: () => Draft): Message {
  const room = reach(params.chat_id, call);
  const { content, media } = draft();
  const keyboard = readKeyboard(params.reply_markup, room, call);
  checkReply(params, room);
  takeTurn(room, call);
  const { world } = call;
  const at = world.now();
  const message: Message = {
    ...commonOf(room, world.nextMessageId(), world.me, at),
    ...content,
    ...(params.protect_content === true ? { has_protected_content: true } : {}),
    ...(keyboard.kind === "inline" ? { reply_markup: keyboard.markup } : {}),
  };
  const hadKeyboard = keyboard.kind !== "inline" && keyboard.kind !== "none";
  const entry = world.keep(room, message, {
    from: "bot",
    silent: params.disable_notification === true,
    hadKeyboard,
    at,
    media,
  });
  offer(room, message.message_id, keyboard);
  room.received.push(show(entry));
  call.sent(message.message_id);
  return message;
}

function checkReply({ reply_parameters }: Envelope, room: Room): void {
  if (reply_parameters === undefined || reply_parameters.allow_sending_without_reply === true) return;
  const target = room.entries.get(reply_parameters.message_id);
  if (target === undefined || target.deleted) throw badRequest("message to be replied not found");
}

function offer(room: Room, messageId: number, keyboard: Keyboard): void {
  if (keyboard.kind === "reply") room.offered = { messageId, buttons: keyboard.buttons, once: keyboard.once };
  if (keyboard.kind === "remove") room.offered = null;
}
