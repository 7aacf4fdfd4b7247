import { offers, pick, type Step, type, type Words } from "./journey.ts";

export const ZALO = ["zalo-bot", "zalo-oa"] as const;
export const TELEGRAM = ["telegram"] as const;

/** Telegram says what people read; elsewhere they are asked. */
export const MY_LANGUAGE: Words = { vi: "Tiếng Việt", en: "English" };

/** Opens the chat for the first time, and comes to the question about remembering. */
export const GREETED: readonly Step[] = [
  { on: TELEGRAM, does: { do: "start" }, sees: ["welcome.hello.text", "welcome.consent.text"] },
  { on: ZALO, does: { do: "start" }, sees: [offers(MY_LANGUAGE)] },
  { on: ZALO, does: pick(MY_LANGUAGE), sees: ["welcome.hello.text", "welcome.consent.text"] },
];

/** A person who wants to be remembered stands in the menu. */
export const KNOWN: readonly Step[] = [
  ...GREETED,
  { does: pick("welcome.consent.yes"), sees: ["welcome.kept.text", "menu.choose.text"] },
];

/** A person who does not want that stands in the menu. */
export const PASSING: readonly Step[] = [
  ...GREETED,
  { does: pick("welcome.consent.no"), sees: ["welcome.not-kept.text", "menu.choose.text"] },
];

/** Nothing is known of this person, except the language where that is not Vietnamese. */
export const STRANGER: readonly Step[] = [
  { on: ZALO, lang: "en", does: type("English", "English"), sees: ["welcome.consent.text"] },
];
