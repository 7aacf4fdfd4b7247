import type { MessageEntity } from "grammy/types";
import { z } from "zod";
import { badRequest } from "./api-error.ts";
import type { Call } from "./methods/method.ts";

export const TEXT_LENGTH = 4_096;
export const CAPTION_LENGTH = 1_024;
const MOST_ENTITIES = 100;

const PLAIN_KINDS = [
  "bold",
  "italic",
  "underline",
  "strikethrough",
  "spoiler",
  "blockquote",
  "expandable_blockquote",
  "code",
] as const;
/** Telegram finds these itself; a bot cannot set them. */
const FOUND_KINDS = ["mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"] as const;
const PARSE_MODES = ["markdown", "markdownv2", "html"];

const place = { offset: z.int(), length: z.int() };
const Entity = z.discriminatedUnion("type", [
  z.strictObject({ type: z.enum(PLAIN_KINDS), ...place }),
  z.strictObject({ type: z.enum(FOUND_KINDS), ...place }),
  z.strictObject({ type: z.literal("pre"), ...place, language: z.string().optional() }),
  z.strictObject({ type: z.literal("text_link"), ...place, url: z.string() }),
  z.strictObject({ type: z.literal("custom_emoji"), ...place, custom_emoji_id: z.string() }),
  z.strictObject({ type: z.literal("text_mention"), ...place, user: z.looseObject({ id: z.int() }) }),
  z.strictObject({ type: z.literal("date_time"), ...place, unix_time: z.int(), date_time_format: z.string() }),
]);

export const entitiesParam = z.array(Entity).optional();
export type Entities = z.output<typeof entitiesParam>;

export interface RichText {
  readonly text: string;
  readonly parse_mode: string | undefined;
  readonly entities: Entities;
}

/** What Telegram keeps of a message's text. Rejects as Telegram does. */
export function checkedText(rich: RichText, call: Call): { text: string; entities?: MessageEntity[] } {
  if (rich.text === "") throw badRequest("message text is empty");
  const checked = checkedRich(rich, call);
  if (checked.text === "") throw badRequest("text must be non-empty");
  if (checked.text.length > TEXT_LENGTH) throw badRequest("message is too long");
  return checked;
}

/** As `checkedText`, of a caption, which may be empty. */
export function checkedCaption(rich: RichText, call: Call): { caption?: string; caption_entities?: MessageEntity[] } {
  const { text, entities } = checkedRich(rich, call);
  if (text.length > CAPTION_LENGTH) throw badRequest("message caption is too long");
  if (text === "") return {};
  return { caption: text, ...(entities === undefined ? {} : { caption_entities: entities }) };
}

function checkedRich({ text, parse_mode, entities = [] }: RichText, call: Call) {
  if (parse_mode !== undefined) checkParseMode(parse_mode, call);
  if (entities.length > MOST_ENTITIES) call.blame(`more than ${MOST_ENTITIES} entities`);
  const kept = text.replaceAll("\r", "").trimEnd();
  const settable = entities.flatMap((entity) => asSet(entity, kept, call));
  const shown = settable.length === 0 ? kept.trimStart() : kept;
  return settable.length === 0 ? { text: shown } : { text: shown, entities: settable };
}

function checkParseMode(mode: string, call: Call): void {
  if (!PARSE_MODES.includes(mode.toLowerCase())) throw badRequest("unsupported parse_mode");
  call.blame("parse_mode: text is to be sent plain or with entities");
}

function asSet(entity: z.output<typeof Entity>, text: string, call: Call): MessageEntity[] {
  const { offset, length } = entity;
  const end = offset + length;
  if (FOUND_KINDS.some((kind) => kind === entity.type)) {
    call.blame(`entity ${entity.type} cannot be set`);
    return [];
  }
  if (offset < 0) throw badRequest(`receive an entity with incorrect offset ${offset}`);
  if (length <= 0) throw badRequest(`receive an entity with incorrect length ${length}`);
  if (end > text.length) {
    throw badRequest(
      `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${end}`,
    );
  }
  if (splitsPair(text, offset) || splitsPair(text, end)) {
    throw badRequest(`entity beginning at UTF-16 offset ${offset} ends in a middle of a UTF-16 symbol`);
  }
  return toMessageEntity(entity);
}

function splitsPair(text: string, at: number): boolean {
  return at > 0 && /[\uD800-\uDBFF]/.test(text[at - 1] ?? "") && /[\uDC00-\uDFFF]/.test(text[at] ?? "");
}

/** Mentions and dates pass but are not kept: no bot of ours sends them. */
function toMessageEntity(entity: z.output<typeof Entity>): MessageEntity[] {
  if (entity.type === "text_mention" || entity.type === "date_time") return [];
  if (entity.type !== "pre") return [entity];
  const { language, ...rest } = entity;
  return [language === undefined ? rest : { ...rest, language }];
}
