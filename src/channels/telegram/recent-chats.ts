import type { Lang } from "../../flow/ids.ts";

/** What a chat shows last, as far as this process knows. */
interface Note {
  /** Number of the newest message of either side; 0: not known. */
  newest: number;
  /** The newest message is the bot's and may be rewritten where it stands. */
  passing: boolean;
  /** The newest message cannot be forwarded; rewriting keeps that and cannot add it. */
  protected: boolean;
  /** The bot's keyboard may stand in the place of the phone's. */
  keyboard: boolean;
  lang: Lang | undefined;
}

/** Chats noted at the same time; those that were quiet longest are forgotten first. */
const CHATS_MAX = 20_000;

/** Notes on the chats of late, in memory only. A chat that is not noted gets plain new messages. */
export class RecentChats {
  readonly #notes = new Map<string, Note>();

  /** The person wrote. */
  heard(chat: string, message: number, lang: Lang | undefined): void {
    const note = this.#open(chat);
    if (message > note.newest) Object.assign(note, { newest: message, passing: false });
    note.lang ??= lang;
  }

  /** The bot's message is on the screen, new or rewritten. Of a chat that is not noted, only a question is worth it. */
  shown(chat: string, message: number, what: Pick<Note, "passing" | "protected">): void {
    if (!what.passing && !this.#notes.has(chat)) return;
    const note = this.#open(chat);
    if (message >= note.newest) Object.assign(note, { newest: message, ...what });
  }

  keyboard(chat: string, stands: boolean): void {
    this.#open(chat).keyboard = stands;
  }

  reads(chat: string, lang: Lang): void {
    this.#open(chat).lang = lang;
  }

  forget(chat: string): void {
    this.#notes.delete(chat);
  }

  /** Whether this message is still the newest one and only a question. */
  isPassing(chat: string, message: number): boolean {
    const note = this.#notes.get(chat);
    return note !== undefined && note.newest === message && note.passing;
  }

  isProtected(chat: string): boolean {
    return this.#notes.get(chat)?.protected ?? false;
  }

  hasKeyboard(chat: string): boolean {
    return this.#notes.get(chat)?.keyboard ?? false;
  }

  langOf(chat: string): Lang {
    return this.#notes.get(chat)?.lang ?? "vi";
  }

  #open(chat: string): Note {
    const known = this.#notes.get(chat);
    const note = known ?? { newest: 0, passing: false, protected: false, keyboard: false, lang: undefined };
    this.#notes.delete(chat);
    this.#notes.set(chat, note);
    if (this.#notes.size > CHATS_MAX) {
      const [oldest] = this.#notes.keys();
      if (oldest !== undefined) this.#notes.delete(oldest);
    }
    return note;
  }
}
