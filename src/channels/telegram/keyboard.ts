import type { InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup } from "grammy/types";
import type { OutMessage } from "../message.ts";

/** Longest label of a button that shares its row: two of them fit a narrow phone. */
const SHORT_LABEL = 16;

/** Buttons below a message: its choices, then its links; undefined when there are none. */
export function inlineKeyboard({
  choices,
  links,
}: Pick<OutMessage, "choices" | "links">): InlineKeyboardMarkup | undefined {
  const rows: InlineKeyboardButton[][] = inRows(choices, ({ label, token }) => ({ text: label, callback_data: token }));
  rows.push(...links.map(({ label, url }) => [{ text: label, url }]));
  return rows.length === 0 ? undefined : { inline_keyboard: rows };
}

/** Buttons in the place of the phone's keyboard: sharing the location first, then the choices, sent as their labels. */
export function placeKeyboard({ choices }: Pick<OutMessage, "choices">, shareLabel: string): ReplyKeyboardMarkup {
  const rows = inRows(choices, ({ label }) => ({ text: label }));
  return {
    keyboard: [[{ text: shareLabel, request_location: true }], ...rows],
    resize_keyboard: true,
    one_time_keyboard: true,
  };
}

/** Neighbours with short labels share a row; the order stays. */
function inRows<C extends { readonly label: string }, B>(choices: readonly C[], button: (choice: C) => B): B[][] {
  const rows: B[][] = [];
  let open: boolean = false;
  for (const choice of choices) {
    const short = choice.label.length <= SHORT_LABEL;
    const joins: boolean = short && open;
    if (joins) rows.at(-1)?.push(button(choice));
    else rows.push([button(choice)]);
    open = short && !joins;
  }
  return rows;
}
