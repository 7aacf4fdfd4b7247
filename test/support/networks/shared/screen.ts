import type { Shown } from "../network.ts";

/** What a screen shows beside text; the rest has defaults. */
export type ShownParts = Pick<Shown, "id" | "text" | "at"> & Partial<Pick<Shown, "buttons" | "picture" | "file">>;

/** The messages of one chat as a person sees them. Zalo deletes and edits nothing. */
export interface PhoneScreen {
  readonly all: readonly Shown[];
  fromBot(parts: ShownParts): void;
  fromPerson(parts: ShownParts): void;
  /** Puts other parts into a message that is shown. */
  change(id: string, parts: Partial<Pick<Shown, "picture">>): void;
}

export function createScreen(): PhoneScreen {
  const all: Shown[] = [];
  const show = (from: Shown["from"], parts: ShownParts) =>
    void all.push({ buttons: [], silent: false, protected: false, ...parts, from });
  return {
    all,
    fromBot: (parts) => show("bot", parts),
    fromPerson: (parts) => show("person", parts),
    change: (id, parts) => {
      const index = all.findIndex((shown) => shown.id === id);
      const shown = all[index];
      if (shown !== undefined) all[index] = { ...shown, ...parts };
    },
  };
}

/** The newest message of the bot for which `pick` finds something. */
export function newest<T>(screen: PhoneScreen, pick: (shown: Shown) => T | undefined): T | undefined {
  for (const shown of screen.all.toReversed()) {
    const found = shown.from === "bot" ? pick(shown) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The number before a label in a line such as `2. Nhãn`. */
export function numberOf(text: string, label: string): string | undefined {
  for (const line of text.split("\n")) {
    const match = /^(\d+)\.\s+(.*)$/.exec(line.trim());
    if (match?.[2]?.trim() === label.trim()) return match[1];
  }
  return undefined;
}

/** Types the number of a label on a network without buttons. Throws when nothing offers it. */
export function numberOnScreen(screen: PhoneScreen, label: string): string {
  const number = newest(screen, ({ text }) => numberOf(text, label));
  if (number === undefined) throw new Error(`nothing on the screen offers "${label}"`);
  return number;
}

/** The same in one message. */
export function numberOnMessage(screen: PhoneScreen, messageId: string, label: string): string {
  const number = numberOf(screen.all.find(({ id }) => id === messageId)?.text ?? "", label);
  if (number === undefined) throw new Error(`message ${messageId} does not offer "${label}"`);
  return number;
}
