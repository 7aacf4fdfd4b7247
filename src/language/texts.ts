import { createInstance } from "i18next";
import type { Lang, Localized } from "../flow/ids.ts";
import type { TextRef } from "../flow/screen.ts";

/** Texts by full key `<namespace>.<path>`, as `locales/` holds them. */
export type TextTable = Readonly<Record<Lang, ReadonlyMap<string, string>>>;

/** Values that every text may show: who runs the bot, and when they read. Read anew for each text. */
export interface Standing {
  readonly operator: Localized;
  readonly operator_hours: Localized;
}

/** A text in one language. A key that does not exist comes out as itself, which the checks and tests would show. */
export type Say = (text: TextRef, lang: Lang) => string;

function standingFor(standing: Standing, lang: Lang): Record<string, string> {
  return { operator: standing.operator[lang], operator_hours: standing.operator_hours[lang] };
}

/**
 * One namespace per file of `locales/`, no key nesting. i18next fills the values in, as plain text without escaping;
 * a text with nothing to fill in, as most are, goes out as it is written.
 */
export function createTexts(table: TextTable, standing: Standing): Say {
  const i18n = createInstance();
  void i18n.init({ initAsync: false, interpolation: { escapeValue: false } });
  const { interpolator } = i18n.services;
  return (text, lang) => {
    if (!("key" in text)) return text[lang];
    const written = table[lang].get(text.key) ?? text.key;
    if (!written.includes("{{")) return written;
    const params: Record<string, string> = standingFor(standing, lang);
    for (const [name, value] of Object.entries(text.params ?? {})) {
      params[name] = typeof value === "object" ? value[lang] : String(value);
    }
    return interpolator.interpolate(written, params, lang, {});
  };
}
