import { createInstance, type TFunction } from "i18next";
import { LANGS, type Lang, type Localized } from "../flow/ids.ts";
import type { TextRef } from "../flow/screen.ts";

/** Texts by full key `<namespace>.<path>`, as `locales/` holds them. */
export type TextTable = Readonly<Record<Lang, ReadonlyMap<string, string>>>;

/** Values that every text may show: who runs the bot, and when they read. */
export interface Standing {
  readonly operator: Localized;
  readonly operator_hours: Localized;
}

/** A text in one language. A key that does not exist comes out as itself, which the checks and tests would show. */
export type Say = (text: TextRef, lang: Lang) => string;

function namespaces(table: ReadonlyMap<string, string>): Record<string, Record<string, string>> {
  const spaces: Record<string, Record<string, string>> = {};
  for (const [key, text] of table) {
    const dot = key.indexOf(".");
    const space = key.slice(0, dot);
    spaces[space] ??= {};
    spaces[space][key.slice(dot + 1)] = text;
  }
  return spaces;
}

function standingFor(standing: Standing, lang: Lang): Record<string, string> {
  return { operator: standing.operator[lang], operator_hours: standing.operator_hours[lang] };
}

/** Looks texts up with i18next: one namespace per file, no key nesting, plain text without escaping. */
export function createTexts(table: TextTable, standing: Standing): Say {
  const i18n = createInstance();
  const resources = Object.fromEntries(LANGS.map((lang) => [lang, namespaces(table[lang])]));
  void i18n.init({
    resources,
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  const translators = new Map<string, TFunction>();
  const translator = (lang: Lang, space: string) => {
    const id = `${lang}:${space}`;
    const known = translators.get(id) ?? i18n.getFixedT(lang, space);
    translators.set(id, known);
    return known;
  };
  const always = { vi: standingFor(standing, "vi"), en: standingFor(standing, "en") };
  const { interpolator } = i18n.services;
  const finished = { vi: withoutHoles(table.vi), en: withoutHoles(table.en) };
  return (text, lang) => {
    if (!("key" in text)) return text[lang];
    const plural = text.params?.["count"] !== undefined;
    const ready = plural ? undefined : finished[lang].get(text.key);
    if (ready !== undefined) return ready;
    const params: Record<string, string> = { ...always[lang] };
    for (const [name, value] of Object.entries(text.params ?? {})) {
      params[name] = typeof value === "object" ? value[lang] : String(value);
    }
    const written = table[lang].get(text.key);
    // Plurals and texts within texts need all of i18next; for the others its lookup takes longer than the filling in.
    if (written !== undefined && !plural && !written.includes("$t(")) {
      return interpolator.interpolate(written, params, lang, {});
    }
    const dot = text.key.indexOf(".");
    return translator(lang, text.key.slice(0, dot))(text.key.slice(dot + 1), params);
  };
}

/** The texts in which nothing is to be filled in: most of them. */
function withoutHoles(table: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...table].filter(([, text]) => !/\{\{|\$t\(/.test(text)));
}
