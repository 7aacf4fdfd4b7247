import type { User } from "grammy/types";
import type { Shown } from "../network.ts";
import { type Actor, membership, typeText, writeMessage } from "./phone.ts";
import { screenOf } from "./room.ts";
import type { World } from "./world.ts";

/** A group that the bot was added to, as one of its people sees it. */
export interface TelegramGroup {
  readonly chat: string;
  screen(): readonly Shown[];
  type(text: string): void;
  /** Becomes a supergroup with another id; the old one refuses everything. Gives the new id. */
  upgrade(): string;
  /** Somebody removes the bot. */
  kickBot(): void;
}

/** The person makes a group and adds the bot to it. */
export function createGroup(world: World, title: string, user: User): TelegramGroup {
  const room = world.addGroup(title);
  const actor: Actor = { world, room, user };
  world.updates.add(membership(actor, "left", "member"), room.id);
  writeMessage(actor, { new_chat_members: [world.me] });
  return {
    chat: String(room.id),
    screen: () => screenOf(room),
    type: (text) => typeText(actor, text),
    upgrade() {
      const id = room.id - 1_000_000_000_000;
      const next = world.addRoom({ id, type: "supergroup", title }, { is: "open" });
      writeMessage(actor, { migrate_to_chat_id: id });
      writeMessage({ world, room: next, user }, { migrate_from_chat_id: room.id });
      room.standing = { is: "upgraded", to: id };
      return String(id);
    },
    kickBot() {
      room.standing = { is: "kicked" };
      world.updates.add(membership(actor, "member", "kicked"), room.id);
    },
  };
}
