import type { Bundle } from "../../content/bundle.ts";
import { LANGS, type Lang } from "../ids.ts";
import { allTextUses, STANDING_TEXTS, type TextUse } from "./facts/texts.ts";
import { atNode, type Check, type Finding, finding } from "./finding.ts";

/** Every text that is used stands in every language, and every text that stands there is used. */
export const checkTexts: Check = (bundle) => {
  const uses = new Map(allTextUses(bundle).map((use) => [use.key, use]));
  const keys = new Set([...LANGS.flatMap((lang) => [...bundle.texts[lang].keys()]), ...uses.keys()]);
  return [...keys].flatMap((key) => checkKey(bundle, key, uses.get(key)));
};

function checkKey(bundle: Bundle, key: string, use: TextUse | undefined): readonly Finding[] {
  const missing = LANGS.filter((lang) => !bundle.texts[lang].has(key));
  if (use !== undefined) return missing.map((lang) => missingText(bundle, key, lang, use));
  if (isChecked(bundle, key)) return [unusedText(bundle, key, missing[0])];
  return missing.map((lang) => {
    const fix = "write it there too: every text exists in every language";
    return finding("text-missing", bundle.locate(`text:${lang}:${key}`), `${key} is missing in ${lang}`, fix);
  });
}

/** Texts of flows and shared texts; those of the engine and the channels are used by code. */
function isChecked(bundle: Bundle, key: string): boolean {
  const namespace = key.split(".")[0] ?? "";
  return bundle.flows.has(namespace) || (namespace === "common" && !STANDING_TEXTS.includes(key));
}

function missingText(bundle: Bundle, key: string, lang: Lang, use: TextUse): Finding {
  const { file } = bundle.locate(`text:${lang}:${key}`);
  const { flow, id } = use.ref;
  const message = `${key} is missing in ${lang}`;
  return finding("text-missing", atNode(bundle, flow, id, use.path), message, `write it in ${file}`);
}

function unusedText(bundle: Bundle, key: string, missing: Lang | undefined): Finding {
  const lang = LANGS.find((one) => one !== missing) ?? "vi";
  const spot = bundle.locate(`text:${lang}:${key}`);
  if (missing === undefined) {
    return finding("text-unused", spot, `no flow uses ${key}`, "delete it in every language, or use it in a node");
  }
  const message = `${key} is in ${lang} only, and no flow uses it`;
  return finding("text-extra", spot, message, "delete it, or correct its name");
}
