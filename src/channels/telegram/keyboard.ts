import type { InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup } from "grammy/types";
import { EXIT_TOKENS } from "../../flow/input.ts";
import type { OutChoice, OutMessage } from "../message.ts";

/** Longest label of a button that shares its row: two of them fit a narrow phone. */
const SHORT_LABEL = 16;
const EXITS: readonly string[] = Object.values(EXIT_TOKENS);

/** Buttons below a message: its choices, its links, the ways out; undefined when there are none. */
export function inlineKeyboard({
  choices,
  links,
}: Pick<OutMessage, "choices" | "links">): InlineKeyboardMarkup | undefined {
  const press = ({ label, token }: OutChoice): InlineKeyboardButton => ({ text: label, callback_data: token });
  const isExit = ({ token }: OutChoice) => EXITS.includes(token);
  const rows = inRows(
    choices.filter((choice) => !isExit(choice)),
    press,
  );
  rows.push(...links.map(({ label, url }) => [{ text: label, url }]));
  rows.push(...inRows(choices.filter(isExit), press));
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
