import type { NumberedMessage } from "../channels/message.ts";
import type { Outgoing } from "../channels/port.ts";
import type { Format } from "../draft/draft.ts";

/** Where the words and files are that only memory holds. */
export interface Held {
  /** A letter as a file; null when it is gone. */
  file(chat: string, id: string, format: Format): Promise<Buffer | null>;
  /** What it says, within the channel's limits; empty when it is gone. */
  letter(chat: string, id: string): readonly string[];
}

const TYPES = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pdf: "application/pdf",
} as const satisfies Record<Format, string>;

/**
 * The message with its file at hand. Without the file it says what happened to it, once for all files of a letter;
 * null when nothing is left to say.
 */
export async function outgoing(
  chat: string,
  message: NumberedMessage,
  erases: readonly string[],
  held: Held,
): Promise<Outgoing | null> {
  const [file] = message.files ?? [];
  if (file === undefined) return { ...message, erases, plainAttachment: () => [] };
  const format = file.name.endsWith(".pdf") ? "pdf" : "docx";
  const bytes = await held.file(chat, file.id, format);
  if (bytes !== null) {
    const plainAttachment = () => (message.gone === undefined ? [] : held.letter(chat, file.id));
    return { ...message, erases, attachment: { name: file.name, type: TYPES[format], bytes }, plainAttachment };
  }
  const text = message.gone ?? "";
  return text === "" ? null : { ...message, text, erases, plainAttachment: () => [] };
}
