import type { Message } from "grammy/types";
import { z } from "zod";
import { rewritingOf } from "../../network.ts";
import { badRequest, outrun } from "../api-error.ts";
import { readInlineKeyboard } from "../keyboard-rules.ts";
import { chatIdParam, findMessage, reach, takeTurn } from "../reach.ts";
import type { Entry } from "../room.ts";
import { checkedText, entitiesParam } from "../text-rules.ts";
import { type Call, type Method, method } from "./method.ts";
import { linkPreviewParam } from "./send.ts";

const target = { chat_id: chatIdParam, message_id: z.int(), reply_markup: z.unknown().optional() };
type Target = z.output<z.ZodObject<typeof target>>;
const SAME =
  "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

export const editMethods: Readonly<Record<string, Method>> = {
  editmessagetext: method(
    {
      ...target,
      text: z.string(),
      parse_mode: z.string().optional(),
      entities: entitiesParam,
      link_preview_options: linkPreviewParam,
    },
    (params, call) =>
      edit(params, call, (before) => {
        const { text, parse_mode, entities } = params;
        if (before.text === undefined) throw badRequest("there is no text in the message to edit");
        const { entities: _entities, ...rest } = before;
        return { ...rest, ...checkedText({ text, parse_mode, entities }, call) };
      }),
  ),
  editmessagereplymarkup: method(target, (params, call) => edit(params, call, (before) => before)),
};

/** Replaces the text and the inline keyboard; without one given, the message has none afterwards. */
function edit(params: Target, call: Call, change: (before: Message) => Message): Message {
  const room = reach(params.chat_id, call);
  const entry = findMessage(room, params.message_id, "edit");
  if (entry.from !== "bot" || entry.hadKeyboard) throw badRequest("message can't be edited");
  const markup = readInlineKeyboard(params.reply_markup, room, call);
  const { reply_markup: _markup, ...bare } = change(entry.message);
  const after: Message = markup === undefined ? bare : { ...bare, reply_markup: markup };
  if (looks(after) === looks(entry.message)) throw outrun(400, SAME);
  takeTurn(room, call);
  call.sent(rewritingOf(params.message_id));
  return rewrite(entry, { ...after, edit_date: Math.floor(call.world.now() / 1_000) });
}

function rewrite(entry: Entry, message: Message): Message {
  entry.message = message;
  return message;
}

function looks({ text, entities, reply_markup }: Message): string {
  return JSON.stringify([text, entities, reply_markup]);
}
