import type { User } from "grammy/types";
import type { Network } from "../network.ts";
import { serveApi, takeReply } from "./api-server.ts";
import { openDoor } from "./door.ts";
import { createGroup, type TelegramGroup } from "./group.ts";
import { createPhone, type PhoneOptions, type TelegramPhone } from "./phone.ts";
import type { RateOptions } from "./rates.ts";
import { commonOf } from "./room.ts";
import { World } from "./world.ts";

const TOKEN = "7000000001:AAE-chi-dung-de-thu-tren-may-nay-0001";
const CHANNEL = -1_001_700_000_000;

/** A local Telegram: the Bot API over HTTP, and people with phones. */
export interface TelegramNetwork extends Network {
  readonly token: string;
  /** The bot's, without `@`. */
  readonly username: string;
  phone(name: string, options?: PhoneOptions): TelegramPhone;
  /** This person makes a group with the bot in it. */
  addToGroup(phone: TelegramPhone, title?: string): TelegramGroup;
  /** A channel that has the bot as a member publishes this. */
  publish(text: string): void;
  /** Puts the network's clock forward: messages become older. */
  advance(ms: number): void;
  /** True: connections are refused and nothing is delivered. */
  offline(on: boolean): Promise<void>;
  /** The commands that people of this language see, as far as they were set. */
  commands(language: string): readonly string[];
}

export interface TelegramNetworkOptions {
  readonly token?: string;
  /** False: no flood control, for measuring. */
  readonly rated?: boolean;
  /** What flood control counts; `usual` unless told. */
  readonly rate?: RateOptions;
}

export async function startTelegramNetwork({
  token = TOKEN,
  rated = true,
  ...more
}: TelegramNetworkOptions = {}): Promise<TelegramNetwork> {
  const world = new World({ token, rated, ...more });
  world.onReply = (body) => takeReply(world, body);
  const phones = new Map<string, TelegramPhone>();
  const door = await openDoor((request, response) => {
    serveApi(world, request, response).catch(() => response.destroy());
  });
  return {
    root: door.root,
    token: world.token,
    username: world.me.username,
    faults: world.faults,
    refusals: world.refusals,
    calls: world.calls,
    unknowable: world.unknowable,
    waiting: () => world.updates.waiting(),
    phone(name, phoneOptions) {
      const phone = phones.get(name) ?? createPhone(world, name, phoneOptions);
      phones.set(name, phone);
      return phone;
    },
    addToGroup: (phone, title = "Tổ dân phố") => createGroup(world, title, userOf(world, phone)),
    publish: (text) => publish(world, text),
    advance: (ms) => world.advance(ms),
    commands: (language) => commandsFor(world, language),
    async offline(on) {
      if (on === world.offline) return;
      world.offline = on;
      await (on ? door.shut() : door.open());
    },
    async close() {
      world.updates.close();
      if (!world.offline) await door.shut();
    },
  };
}

function userOf(world: World, phone: TelegramPhone): User {
  const id = Number(phone.chat);
  return { id, is_bot: false, first_name: world.rooms.get(id)?.chat.first_name ?? "" };
}

function publish(world: World, text: string): void {
  const chat = { id: CHANNEL, type: "channel", title: "Kênh phường" } as const;
  const room = world.rooms.get(CHANNEL) ?? world.addRoom(chat, { is: "open" });
  const { message_id, date } = commonOf(room, world.nextMessageId(), world.me, world.now());
  const post = { message_id, date, chat, text, sender_chat: chat };
  world.keep(room, post, { from: "person" });
  world.updates.add({ channel_post: post }, room.id);
}

/** Narrower scopes go before wider ones, a language before all. */
function commandsFor({ profile }: World, language: string): readonly string[] {
  for (const type of ["all_private_chats", "default"]) {
    for (const code of [language, ""]) {
      const list = profile.commands.get(`${JSON.stringify({ type })} ${code}`);
      if (list !== undefined) return list.map(({ command }) => command);
    }
  }
  return [];
}
