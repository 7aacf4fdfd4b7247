import type { Logger } from "pino";
import type { Format } from "../../draft/draft.ts";
import type { Lang, Localized } from "../../flow/ids.ts";
import type { Input } from "../../flow/input.ts";
import type { NumberedMessage } from "../message.ts";
import type { HandleInbound } from "../port.ts";
import type { LimitSettings } from "./limits.ts";

/** A service that can be called when the chat itself cannot answer. Comes from the directory. */
export interface UrgentCall {
  readonly label: string;
  readonly tel: string;
}

/** What the web channel is handed. It keeps nothing itself; `chat` is the browser's token. */
export interface WebDeps {
  readonly handle: HandleInbound;
  /** Messages the browser has not acknowledged, numbered above `after`, in order. */
  pending(chat: string, after: number): Promise<readonly NumberedMessage[]>;
  /** The browser shows everything up to and including `seq`. */
  delivered(chat: string, seq: number): Promise<void>;
  /** A letter of this citizen as a file; null when memory no longer holds it. */
  draft(chat: string, id: string, format: Format): Promise<Buffer | null>;
  /** Deletes all that is held about this citizen, after any turn of theirs that is still running. Safe to repeat. */
  forget(chat: string): Promise<void>;
  /**
   * True for an input that no limit may hold back: the program's words (help, exit, forget, stop), the help exit,
   * the person's own safe word, and a text in which the safety screen hears anything. Asked only once a limit is
   * reached. Changes nothing and is fast.
   */
  alwaysHeard(input: Input, chat: string): boolean | Promise<boolean>;
  /** The `web` namespace of one language, flat. */
  texts(lang: Lang): Readonly<Record<string, string>>;
  /** Services open at every hour, from the directory; shown when the chat cannot answer. May be empty. */
  urgentCalls(lang: Lang): readonly UrgentCall[];
  /** Who runs the bot, and when a person of the team reads. */
  operator(): { readonly name: Localized; readonly hours: Localized };
  /** Folder of the files that `OutMessage.media` names; absent: none are served. */
  readonly mediaFolder?: string;
  /** Origins whose pages may carry the widget, or all of them. */
  readonly embedOrigins: readonly string[] | "any";
  /** Where quick exit goes. */
  readonly exitUrl: string;
  readonly log: Logger;
  readonly limits?: LimitSettings;
}

/**
 * The usual `exitUrl`: today's weather. Everybody looks it up, it opens at once on a slow network, it carries no
 * violent headline, and it leaves an everyday line in the browser's history.
 */
export const WEATHER_URL = "https://www.google.com/search?q=th%E1%BB%9Di+ti%E1%BA%BFt+h%C3%B4m+nay";
