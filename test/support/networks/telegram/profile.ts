import type { BotCommand } from "grammy/types";

export type ProfileText = "name" | "description" | "short_description";

/** What the bot told Telegram about itself, by language; "" is for all others. */
export interface Profile {
  readonly texts: Readonly<Record<ProfileText, Map<string, string>>>;
  /** By scope and language. */
  readonly commands: Map<string, readonly BotCommand[]>;
}

export function createProfile(): Profile {
  return { texts: { name: new Map(), description: new Map(), short_description: new Map() }, commands: new Map() };
}
