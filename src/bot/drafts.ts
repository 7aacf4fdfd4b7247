import type { OutMessage } from "../channels/message.ts";
import type { ChannelLimits } from "../channels/port.ts";
import { splitText } from "../channels/split-text.ts";
import type { Draft, Format } from "../draft/draft.ts";
import type { WriteLetter } from "../draft/letters.ts";
import { plainText } from "../draft/plain-text.ts";
import type { Part, Screen } from "../flow/screen.ts";
import { Shelf, type ShelfLimits, USUAL_SHELF } from "./shelf.ts";

type Kept = { readonly kind: "words"; readonly words: string } | { readonly kind: "draft"; readonly draft: Draft };

/**
 * Keeps what a screen shows of a person's own words out of everything that is stored: the words go onto a shelf in
 * memory and the message carries an id. A letter becomes a file when somebody fetches it, not before.
 */
export class Drafts {
  readonly #write: WriteLetter;
  readonly #shelf: Shelf<Kept>;

  constructor(write: WriteLetter, limits: ShelfLimits = USUAL_SHELF) {
    this.#write = write;
    this.#shelf = new Shelf(limits);
  }

  /** The screen with ids in the place of words. Where files cannot be sent, a letter is private words as well. */
  shelve(owner: string, screen: Screen, limits: ChannelLimits, now: number): Screen {
    if (!screen.parts.some((part) => part.kind === "private" || part.kind === "draft")) return screen;
    return { ...screen, parts: screen.parts.flatMap((part) => this.#shelved(owner, part, limits, now)) };
  }

  /** The messages as the person may see them, as long as memory lasts. Never to be stored. */
  reveal<M extends OutMessage>(owner: string, messages: readonly M[], now: number): readonly M[] {
    return messages.map((message) => {
      const kept = message.held === undefined ? undefined : this.#shelf.find(owner, message.held, now);
      return kept?.kind === "words" ? { ...message, text: kept.words } : message;
    });
  }

  /** A letter of this owner as a file; null when it is gone. */
  async file(owner: string, id: string, format: Format, now: number): Promise<Buffer | null> {
    const kept = this.#shelf.find(owner, id, now);
    const letter = kept?.kind === "draft" ? this.#write(kept.draft) : null;
    if (letter === null) return null;
    if (format === "pdf") return (await import("../draft/files/pdf.ts")).renderPdf(letter);
    return (await import("../draft/files/docx.ts")).renderDocx(letter);
  }

  /** What a letter of this owner says, as texts within the limits; empty when it is gone. */
  text(owner: string, id: string, limits: ChannelLimits, now: number): readonly string[] {
    const kept = this.#shelf.find(owner, id, now);
    const letter = kept?.kind === "draft" ? this.#write(kept.draft) : null;
    return letter === null ? [] : splitText(plainText(letter), limits.textLength);
  }

  /** Forgets all of one person's. */
  wipe(owner: string): void {
    this.#shelf.wipe(owner);
  }

  sweep(now: number): void {
    this.#shelf.sweep(now);
  }

  clear(): void {
    this.#shelf.clear();
  }

  #shelved(owner: string, part: Part, limits: ChannelLimits, now: number): readonly Part[] {
    if (part.kind === "private") {
      return splitText(part.words, limits.textLength).map((words): Part => {
        const held = this.#shelf.put(owner, { kind: "words", words }, words.length, now);
        return { ...part, words: "", held };
      });
    }
    if (part.kind !== "draft") return [part];
    const { draft, plain, gone } = part;
    if (limits.files) {
      const held = this.#shelf.put(owner, { kind: "draft", draft }, sizeOf(draft), now);
      return [{ ...part, draft: { ...draft, answers: {} }, held }];
    }
    const letter = this.#write(draft);
    const words = letter === null ? "" : plainText(letter);
    return [{ kind: "text", text: plain }, ...this.#shelved(owner, { kind: "private", words, gone }, limits, now)];
  }
}

function sizeOf({ answers }: Draft): number {
  return Object.values(answers).reduce((sum, answer) => sum + answer.length, 100);
}
