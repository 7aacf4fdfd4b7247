import { type Api, GrammyError, InputFile } from "grammy";
import type { InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove } from "grammy/types";
import { ChannelError } from "../channel-error.ts";
import type { Outgoing, PushDeps, SentMessages } from "../port.ts";
import { apiSignal } from "./api-signal.ts";
import { toChannelError } from "./failures.ts";
import { inlineKeyboard, placeKeyboard } from "./keyboard.ts";
import { mediaFile } from "./media-file.ts";
import type { RecentChats } from "./recent-chats.ts";

/** Sends one message to one chat, once. Rejects with `ChannelError`. */
export type Send = (address: string, message: Outgoing, signal: AbortSignal) => Promise<SentMessages>;

/** Units of a caption; longer words go ahead of the file. */
const CAPTION_MAX = 1_024;
/** Messages that one call can delete. */
const DELETE_MAX = 100;

type Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove;

/** One send in progress. */
interface Job {
  readonly chat: string;
  readonly message: Outgoing;
  readonly markup: Markup | undefined;
  readonly signal: AbortSignal;
}

/** Plain text only: nothing a person wrote is ever read as markup. */
export function createSend(api: Api, deps: PushDeps, recent: RecentChats): Send {
  const sender = new Sender(api, deps, recent);
  return async (address, message, signal) => {
    if (signal.aborted) throw new ChannelError("unavailable", "stopped");
    try {
      return { messageIds: (await sender.send(address, message, signal)).map(String) };
    } catch (error) {
      throw toChannelError(error);
    }
  };
}

class Sender {
  readonly #api: Api;
  readonly #deps: PushDeps;
  readonly #recent: RecentChats;

  constructor(api: Api, deps: PushDeps, recent: RecentChats) {
    this.#api = api;
    this.#deps = deps;
    this.#recent = recent;
  }

  async send(chat: string, message: Outgoing, signal: AbortSignal): Promise<readonly number[]> {
    await this.#erase(chat, message.erases, signal);
    const inline = inlineKeyboard(message);
    if (message.replaces !== undefined) {
      const edited = await this.#edit(chat, message, inline, signal);
      if (edited !== undefined) return [edited];
    }
    const markup = this.#markup(chat, message, inline);
    const sent = await this.#put({ chat, message, markup, signal });
    this.#note(chat, message, markup, sent);
    return sent;
  }

  #put(job: Job): Promise<readonly number[]> {
    const { attachment, media } = job.message;
    if (attachment !== undefined) return this.#sendDocument(job, attachment);
    if (media !== undefined) return this.#sendMedia(job, media);
    return this.#sendTexts(job, [job.message.text]);
  }

  /** A network that does not answer is asked again with the whole message: a screen must not stay as it is. */
  async #erase(chat: string, erases: readonly string[], signal: AbortSignal): Promise<void> {
    const ids = erases.map(Number).filter((id) => Number.isSafeInteger(id) && id > 0);
    for (let start = 0; start < ids.length; start += DELETE_MAX) {
      await this.#erase100(chat, ids.slice(start, start + DELETE_MAX), signal);
    }
  }

  /** One message that cannot be deleted has the whole list refused: then each half of it is tried. */
  async #erase100(chat: string, ids: readonly number[], signal: AbortSignal): Promise<void> {
    try {
      await this.#api.deleteMessages(chat, [...ids], apiSignal(signal));
    } catch (error) {
      if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
      if (ids.length <= 1) return;
      const half = Math.ceil(ids.length / 2);
      await this.#erase100(chat, ids.slice(0, half), signal);
      await this.#erase100(chat, ids.slice(half), signal);
    }
  }

  /** Gives the rewritten message's number; undefined when a new message has to be sent. */
  async #edit(
    chat: string,
    message: Outgoing,
    keyboard: InlineKeyboardMarkup | undefined,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const { text, copyable = false, passing = false } = message;
    const id = Number(message.replaces);
    const plain = message.attachment === undefined && message.media === undefined && message.expects !== "place";
    if (!plain || !this.#recent.isPassing(chat, id)) return undefined;
    const guarded = this.#recent.isProtected(chat);
    if (guarded ? copyable : isProtected(message)) return undefined;
    try {
      const other = { link_preview_options: NO_PREVIEW, ...(keyboard !== undefined && { reply_markup: keyboard }) };
      await this.#api.editMessageText(chat, id, text, other, apiSignal(signal));
    } catch (error) {
      if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
      if (!error.description.includes("message is not modified")) return undefined;
    }
    this.#recent.shown(chat, id, { passing, protected: guarded });
    return id;
  }

  #markup(chat: string, message: Outgoing, inline: InlineKeyboardMarkup | undefined): Markup | undefined {
    if (message.expects === "place" && message.links.length === 0) {
      return placeKeyboard(message, this.#deps.text("telegram.share_place", this.#recent.langOf(chat)));
    }
    return inline ?? (this.#recent.hasKeyboard(chat) ? { remove_keyboard: true } : undefined);
  }

  #note(chat: string, message: Outgoing, markup: Markup | undefined, sent: readonly number[]): void {
    const newest = sent.at(-1);
    if (newest === undefined) return;
    const inline = markup === undefined || "inline_keyboard" in markup;
    const plain = message.attachment === undefined && message.media === undefined;
    const passing = message.passing === true && inline && plain;
    this.#recent.shown(chat, newest, { passing, protected: isProtected(message) });
    if (!inline) this.#recent.keyboard(chat, "keyboard" in markup);
  }

  /** Each text a message of its own, the buttons below the last. */
  async #sendTexts(job: Job, texts: readonly string[]): Promise<readonly number[]> {
    const sent: number[] = [];
    for (const [index, text] of texts.entries()) {
      const other = { ...quietly(job.message), link_preview_options: NO_PREVIEW };
      const markup = index === texts.length - 1 ? job.markup : undefined;
      const reply = markup === undefined ? other : { ...other, reply_markup: markup };
      const { message_id } = await this.#api.sendMessage(job.chat, text, reply, apiSignal(job.signal));
      sent.push(message_id);
    }
    return sent;
  }

  /** The person must be able to save the file, so it is never protected. Where it is refused, its words go out. */
  async #sendDocument(job: Job, { name, bytes }: NonNullable<Outgoing["attachment"]>): Promise<readonly number[]> {
    const { sent, caption } = await this.#wordsAhead(job);
    const { protect_content: _, ...other } = captioned(job, caption);
    try {
      const file = new InputFile(bytes, name);
      const { message_id } = await this.#api.sendDocument(job.chat, file, other, apiSignal(job.signal));
      return [...sent, message_id];
    } catch (error) {
      if (!isRefused(error)) throw error;
      const texts = [...(caption === "" ? [] : [caption]), ...job.message.plainAttachment()];
      return [...sent, ...(await this.#sendTexts(job, texts))];
    }
  }

  /** Where the file is missing or refused (some people take no voice messages), its words go out alone. */
  async #sendMedia(job: Job, { kind, file }: NonNullable<Outgoing["media"]>): Promise<readonly number[]> {
    const input = await mediaFile(this.#deps.mediaFolder, file);
    if (input === null) return this.#sendTexts(job, [job.message.text]);
    const long = job.message.text.length > CAPTION_MAX;
    const other = captioned(long ? { ...job, markup: undefined } : job, long ? "" : job.message.text);
    const signal = apiSignal(job.signal);
    try {
      const { message_id } = await (kind === "image"
        ? this.#api.sendPhoto(job.chat, input, other, signal)
        : this.#api.sendVoice(job.chat, input, other, signal));
      return long ? [message_id, ...(await this.#sendTexts(job, [job.message.text]))] : [message_id];
    } catch (error) {
      if (!isRefused(error)) throw error;
      return this.#sendTexts(job, [job.message.text]);
    }
  }

  /** Words too long for a caption become a message ahead of the file. */
  async #wordsAhead(job: Job): Promise<{ readonly sent: readonly number[]; readonly caption: string }> {
    const { text } = job.message;
    if (text.length <= CAPTION_MAX) return { sent: [], caption: text };
    return { sent: await this.#sendTexts({ ...job, markup: undefined }, [text]), caption: "" };
  }
}

const NO_PREVIEW = { is_disabled: true } as const;

/** Of a conversation about help: no sound, and not to be forwarded. */
/** Cannot be forwarded, copied or saved; an edit never changes that. */
function isProtected({ discreet, copyable }: Outgoing): boolean {
  return discreet === true && copyable !== true;
}

function quietly(message: Outgoing): { readonly protect_content?: true; readonly disable_notification?: true } {
  return {
    ...(isProtected(message) && { protect_content: true }),
    ...(message.discreet === true && { disable_notification: true }),
  };
}

function captioned({ message, markup }: Job, caption: string) {
  return {
    ...quietly(message),
    ...(caption !== "" && { caption }),
    ...(markup !== undefined && { reply_markup: markup }),
  };
}

function isRefused(error: unknown): boolean {
  return toChannelError(error).failure === "refused";
}
