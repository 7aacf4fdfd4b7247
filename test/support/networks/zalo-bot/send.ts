import { z } from "zod";
import { fetchFile, pictureKind } from "../shared/fetch-file.ts";
import { createIds } from "../shared/ids.ts";
import { checkText } from "../shared/ledger.ts";
import { isLocal } from "../shared/postman.ts";
import { createRate } from "../shared/rate.ts";
import { BotFault } from "./fault.ts";
import { type Methods, method } from "./method.ts";
import type { BotChat, BotState } from "./state.ts";

const MAX_TEXT = 2_000;
/** A host that is only restarting has not lost its picture. */
const PATIENCE = 20;
const PATIENCE_MS = 250;

const To = { chat_id: z.string().min(1) };
const Text = z.string().min(1).max(MAX_TEXT);

/** The methods that put something on a person's screen. */
export function sendMethods(state: BotState): Methods {
  const ids = createIds("82");
  const meter = createMeter(state);

  const sent = (chat: BotChat, parts: { text: string; file?: { name: string; bytes: Buffer } }) => {
    const id = ids();
    const date = state.now();
    chat.screen.fromBot({ ...parts, id, at: date });
    return { result: { message_id: id, date }, messageId: id };
  };

  return {
    sendMessage: method(
      z.strictObject({
        ...To,
        text: Text,
        parse_mode: z.enum(["markdown", "html"]).optional(),
        text_styles: z.unknown().optional(),
      }),
      async ({ chat_id, text, parse_mode, text_styles }) => {
        const chat = meter.admit(chat_id);
        if (parse_mode !== undefined || text_styles !== undefined) state.ledger.refuse("sendMessage", "markup is used");
        checkText(state.ledger, "sendMessage", text);
        return sent(chat, { text });
      },
    ),
    sendPhoto: method(
      z.strictObject({ ...To, photo: z.url({ protocol: /^https?$/ }), caption: Text.optional() }),
      async ({ chat_id, photo, caption = "" }) => {
        const chat = meter.admit(chat_id);
        checkText(state.ledger, "sendPhoto", caption);
        const bytes = await pictureAt(state, photo);
        const outcome = sent(chat, { text: caption });
        chat.screen.change(outcome.messageId, { picture: { url: photo, bytes } });
        lookAgain(state, { chat, url: photo, id: outcome.messageId, patience: PATIENCE }, state.options.pictureAgainMs);
        return outcome;
      },
    ),
    sendSticker: method(z.strictObject({ ...To, sticker: z.string().min(1) }), async ({ chat_id }) =>
      sent(meter.admit(chat_id), { text: "" }),
    ),
    sendVoice: method(
      z.strictObject({ ...To, voice_url: z.url({ protocol: /^https?$/ }) }),
      async ({ chat_id, voice_url }) => {
        const chat = meter.admit(chat_id);
        if (!new URL(voice_url).pathname.endsWith(".aac")) throw new BotFault(400, "the voice is not an .aac address");
        if (chat.type === "GROUP") return silently(state, ids());
        const voice = await fetchFile(voice_url);
        if (typeof voice === "string") throw new BotFault(400, "the voice cannot be fetched");
        return sent(chat, { text: "", file: { name: "voice.aac", bytes: voice.bytes } });
      },
    ),
    sendChatAction: method(z.strictObject({ ...To, action: z.literal("typing") }), async ({ chat_id }) => {
      meter.known(chat_id);
      return {};
    }),
  };
}

/** In a group a voice is accepted and not delivered. */
function silently(state: BotState, id: string) {
  state.ledger.refuse("sendVoice", "voices reach private chats only");
  return { result: { message_id: id, date: state.now() } };
}

/** Who may be written to, how often, how fast. */
function createMeter(state: BotState) {
  const rate = createRate(state.options.perSecond, state.options.slack, state.now);
  let month = "";
  let sent = 0;

  const known = (id: string): BotChat => {
    const chat = state.chats.get(id);
    if (chat === undefined || !chat.wrote) throw new BotFault(400, "chat not found");
    if (chat.blocked) throw new BotFault(400, "chat not available", { blame: false });
    return chat;
  };
  return {
    known,
    admit: (id: string): BotChat => {
      const chat = known(id);
      const people = [...state.chats.values()].filter(({ type, wrote }) => type === "PRIVATE" && wrote);
      if (people.indexOf(chat) >= state.options.users) throw new BotFault(429, "Quota exceeded", { blame: false });
      const now = new Date(state.now() + 7 * 3_600_000).toISOString().slice(0, 7);
      if (now !== month) sent = 0;
      month = now;
      if (sent >= state.options.messagesPerMonth) throw new BotFault(429, "Quota exceeded", { blame: false });
      if (!rate.take()) throw new BotFault(429, "Too many requests");
      sent += 1;
      return chat;
    },
  };
}

async function pictureAt({ options }: BotState, url: string): Promise<Buffer> {
  if (options.publicOnly && isLocal(url)) throw new BotFault(400, "the picture is not at a public address");
  const picture = await fetchFile(url);
  if (typeof picture === "string") throw new BotFault(400, "the picture cannot be fetched");
  if (pictureKind(picture.bytes) === null) throw new BotFault(400, "the address holds no picture");
  return picture.bytes;
}

interface Second {
  readonly chat: BotChat;
  readonly url: string;
  readonly id: string;
  readonly patience: number;
}

/** The person's app fetches the picture itself: when it is gone by then, the picture is black. */
function lookAgain(state: BotState, second: Second, ms: number): void {
  const timer = setTimeout(() => {
    state.timers.delete(timer);
    void fetchFile(second.url).then((again) => {
      if (again === "unreachable" && second.patience > 0) {
        return lookAgain(state, { ...second, patience: second.patience - 1 }, PATIENCE_MS);
      }
      if (typeof again !== "string") return;
      second.chat.screen.change(second.id, { picture: { url: second.url } });
      state.ledger.refuse("sendPhoto", "the picture was gone when the person's app fetched it");
    });
  }, ms).unref();
  state.timers.add(timer);
}
