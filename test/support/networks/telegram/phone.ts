import { randomInt } from "node:crypto";
import type { Chat, Message, MessageEntity, User } from "grammy/types";
import type { Phone } from "../network.ts";
import { commonOf, inlineButtons, type PressAnswer, type Room, screenOf } from "./room.ts";
import { TEXT_LENGTH } from "./text-rules.ts";
import type { UpdateContent } from "./update-queue.ts";
import type { World } from "./world.ts";

/** Where the phone is when a button asks for its place: Hà Nội. */
const HERE = { latitude: 21.0285, longitude: 105.8542 };

export interface TelegramPhone extends Phone {
  /** What the bot answered to presses, in order. */
  answers(): readonly PressAnswer[];
  /** Labels of the keyboard that now stands in the place of the letters. */
  keyboard(): readonly string[];
  /** Rewrites one of the person's own messages. */
  edit(messageId: string, text: string): void;
  document(): void;
  /** The account is deleted. */
  deactivate(): void;
}

export interface PhoneOptions {
  /** Language of the app, as Telegram tells it to bots. */
  readonly language?: string;
}

/** The person's side of a private chat. */
export function createPhone(world: World, name: string, { language = "vi" }: PhoneOptions = {}): TelegramPhone {
  const room = world.addPerson(name);
  const user: User = { id: room.id, is_bot: false, first_name: name, language_code: language };
  const act = { world, room, user };
  const say = (content: Partial<Message>): void => void writeMessage(act, content);
  return {
    chat: String(room.id),
    screen: () => screenOf(room),
    received: () => room.received,
    answers: () => room.answers,
    keyboard: () => room.offered?.buttons.map((button) => button.label) ?? [],
    type: (text) => typeText(act, text),
    press: (label) => press(act, label),
    pressOn: (messageId, label) => tap(act, Number(messageId), label),
    start(payload) {
      if (payload !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(payload)) throw new Error("no payload of a link");
      if (room.standing.is === "blocked") unblock(act);
      typeText(act, payload === undefined ? "/start" : `/start ${payload}`);
    },
    location: (latitude, longitude) => say({ location: { latitude, longitude } }),
    sticker: () => say({ sticker: aSticker() }),
    photo: () =>
      say({
        photo: [
          { ...aFile(), width: 90, height: 67 },
          { ...aFile(), width: 800, height: 600 },
        ],
      }),
    voice: () => say({ voice: { ...aFile(), duration: 3, mime_type: "audio/ogg" } }),
    document: () => say({ document: { ...aFile(), file_name: "thu.pdf" } }),
    unsupported: () => say({}),
    edit: (messageId, text) => rewrite(act, Number(messageId), text),
    block: () => block(act),
    unblock: () => unblock(act),
    deactivate() {
      room.standing = { is: "deactivated" };
    },
  };
}

/** Who acts where. */
export interface Actor {
  readonly world: World;
  readonly room: Room;
  readonly user: User;
}

/** Types into the chat; apps cut what is longer than a message. */
export function typeText(actor: Actor, text: string): void {
  for (let from = 0; from < text.length; from += TEXT_LENGTH) {
    const part = text.slice(from, from + TEXT_LENGTH);
    const entities = commandsIn(part);
    writeMessage(actor, entities.length === 0 ? { text: part } : { text: part, entities });
  }
}

/** Puts a person's message on the screen and tells the bot. */
export function writeMessage({ world, room, user }: Actor, content: Partial<Message>): Message {
  const { standing } = room;
  if (standing.is !== "open" && standing.is !== "stranger") throw new Error(`nobody can write here: ${standing.is}`);
  room.standing = { is: "open" };
  const at = world.now();
  const message: Message = { ...commonOf(room, world.nextMessageId(), user, at), ...content };
  world.keep(room, message, { from: "person", at });
  world.updates.add({ message: asUpdate(message, user, room.chat) }, room.id);
  return message;
}

function asUpdate(message: Message, from: User, chat: Chat) {
  if (chat.type === "channel") throw new Error("people do not write in channels");
  return { ...message, from, chat };
}

function commandsIn(text: string): MessageEntity[] {
  return [...text.matchAll(/(?<=^|\s)\/[A-Za-z0-9_]{1,32}(?:@\w+)?(?!\S)/g)].map((found) => {
    return { type: "bot_command", offset: found.index, length: found[0].length };
  });
}

function press(actor: Actor, label: string): void {
  const { room } = actor;
  const offered = room.offered?.buttons.some((button) => button.label === label) ? room.offered.messageId : 0;
  const shown = [...room.entries.values()].findLast(
    ({ message, deleted }) => !deleted && inlineButtons(message).some((button) => button.text === label),
  );
  const inline = shown?.message.message_id ?? 0;
  if (inline === 0 && offered === 0) throw new Error(`no button "${label}" on this screen`);
  if (inline > offered) tap(actor, inline, label);
  else pressKey(actor, label);
}

/** A button of the keyboard in the place of the letters. */
function pressKey(actor: Actor, label: string): void {
  const { room } = actor;
  const asksLocation = room.offered?.buttons.find((button) => button.label === label)?.asksLocation === true;
  if (room.offered?.once) room.offered = null;
  if (asksLocation) writeMessage(actor, { location: HERE });
  else typeText(actor, label);
}

/** A button below a message. One that opens an address tells the bot nothing. */
function tap({ world, room, user }: Actor, messageId: number, label: string): void {
  const entry = room.entries.get(messageId);
  const button = entry && inlineButtons(entry.message).find(({ text }) => text === label);
  if (entry === undefined || button === undefined) throw new Error(`no button "${label}" below that message`);
  if (!("callback_data" in button)) return;
  const id = `${randomInt(2 ** 47)}${randomInt(2 ** 24)}`;
  world.presses.set(id, { room, at: world.now() });
  const message = entry.deleted ? { chat: room.chat, message_id: messageId, date: 0 as const } : entry.message;
  const query = { id, from: user, message, chat_instance: `${room.id}77`, data: button.callback_data };
  world.updates.add({ callback_query: query }, room.id);
}

function rewrite({ world, room, user }: Actor, messageId: number, text: string): void {
  const entry = room.entries.get(messageId);
  if (entry?.from !== "person" || entry.message.text === undefined) throw new Error("not a text of this person");
  const edit_date = Math.floor(world.now() / 1_000);
  const message = { ...asUpdate(entry.message, user, room.chat), text, edit_date };
  entry.message = message;
  world.updates.add({ edited_message: message }, room.id);
}

function block(actor: Actor): void {
  actor.room.standing = { is: "blocked" };
  actor.world.updates.add(membership(actor, "member", "kicked"), actor.room.id);
}

function unblock(actor: Actor): void {
  actor.room.standing = { is: "open" };
  actor.world.updates.add(membership(actor, "kicked", "member"), actor.room.id);
}

/** What the bot is told when its own place in a chat changes. */
export function membership({ world, room, user }: Actor, before: Membership, after: Membership): UpdateContent {
  const member = (status: Membership) =>
    status === "kicked" ? { status, user: world.me, until_date: 0 } : { status, user: world.me };
  return {
    my_chat_member: {
      chat: room.chat,
      from: user,
      date: Math.floor(world.now() / 1_000),
      old_chat_member: member(before),
      new_chat_member: member(after),
    },
  };
}
export type Membership = "member" | "left" | "kicked";

function aFile() {
  const id = randomInt(2 ** 47).toString(36);
  return { file_id: `BQACAgUAAx-${id}`, file_unique_id: `AgAD${id}`, file_size: 12_345 };
}

function aSticker() {
  return { ...aFile(), type: "regular" as const, width: 512, height: 512, is_animated: false, is_video: false };
}
