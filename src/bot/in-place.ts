import type { OutMessage } from "../channels/message.ts";

/** The first message takes the place of what the person pressed, or of everything on their screen. */
export function inPlace(
  messages: readonly OutMessage[],
  replaces: string | undefined,
  erases: readonly string[] | undefined,
): readonly OutMessage[] {
  const [first, ...rest] = messages;
  if (first === undefined) return messages;
  if (erases !== undefined && erases.length > 0) return [{ ...first, clear: true, erases }, ...rest];
  const plain = first.media === undefined && first.files === undefined && first.held === undefined;
  return replaces !== undefined && plain ? [{ ...first, replaces }, ...rest] : messages;
}
