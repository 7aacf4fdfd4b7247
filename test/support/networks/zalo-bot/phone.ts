import type { Phone } from "../network.ts";
import { createIds, hexOf } from "../shared/ids.ts";
import { numberOnMessage, numberOnScreen } from "../shared/screen.ts";
import type { Inbox } from "./inbox.ts";
import { type BotChat, type BotState, chatOf } from "./state.ts";
import { type Author, type EventName, messageUpdate } from "./updates.ts";

/** A person with Zalo who writes to the bot. */
export interface ZaloBotPhone extends Phone {
  link(url: string): void;
  /** From now on this account belongs to a protected group: the bot reads nothing of it. */
  protect(): void;
}

/** A group with the bot in it. */
export interface ZaloGroup {
  readonly chat: string;
  /** Somebody mentions the bot. */
  say(name: string, text: string): void;
  received(): ReturnType<Phone["received"]>;
}

export interface Phones {
  phone(name: string): ZaloBotPhone;
  group(name: string): ZaloGroup;
}

export function createPhones(state: BotState, inbox: Inbox): Phones {
  const ids = createIds("2d");
  const phones = new Map<string, ZaloBotPhone>();
  const write: Write = (author, chat, name, text) => {
    const messageId = ids();
    chat.wrote = true;
    chat.screen.fromPerson({ id: messageId, text, at: state.now() });
    inbox.push(messageUpdate(state, { author, messageId, name, text }));
  };
  return {
    phone: (name) => {
      const known = phones.get(name) ?? createPhone(name, chatOf(state, hexOf(name), "PRIVATE"), write);
      phones.set(name, known);
      return known;
    },
    group: (name) => {
      const chat = chatOf(state, `zgr-${hexOf(name)}`, "GROUP");
      return {
        chat: chat.id,
        say: (person, text) => write({ id: hexOf(person), name: person, chat }, chat, "message.text.received", text),
        received: () => chat.screen.all.filter(({ from }) => from === "bot"),
      };
    },
  };
}

type Write = (author: Author, chat: BotChat, name: EventName, text: string) => void;

function createPhone(name: string, chat: BotChat, write: Write): ZaloBotPhone {
  let isProtected = false;
  const author = { id: chat.id, name, chat };
  const say = (event: EventName, text = "") =>
    write(author, chat, isProtected ? "message.unsupported.received" : event, text);
  const type = (text: string) => say("message.text.received", text);
  return {
    chat: chat.id,
    screen: () => chat.screen.all,
    received: () => chat.screen.all.filter(({ from }) => from === "bot"),
    type,
    press: (label) => type(numberOnScreen(chat.screen, label)),
    pressOn: (messageId, label) => type(numberOnMessage(chat.screen, messageId, label)),
    start: (payload) => type(payload ?? "Xin chào"),
    location: () => say("message.unsupported.received"),
    sticker: () => say("message.sticker.received"),
    photo: () => say("message.image.received"),
    voice: () => say("message.voice.received"),
    link: (url) => say("message.link.received", url),
    unsupported: () => say("message.unsupported.received"),
    protect: () => {
      isProtected = true;
    },
    block: () => {
      chat.blocked = true;
    },
    unblock: () => {
      chat.blocked = false;
    },
  };
}
