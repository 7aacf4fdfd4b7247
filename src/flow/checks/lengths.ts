import type { Bundle } from "../../content/bundle.ts";
import { LANGS, type Lang } from "../ids.ts";
import { contentTexts } from "./facts/content-texts.ts";
import { allNodes, hasExits, type NodeRef } from "./facts/graph.ts";
import { listEntries } from "./facts/lists.ts";
import { placeholdersOf, type TextUse, textUses } from "./facts/texts.ts";
import { atNode, type Check, type Finding, finding } from "./finding.ts";

/** Zalo bots carry the shortest message: 2,000 UTF-16 units, with the numbered choices in it. */
const SMALLEST_TEXT = 2_000;
/** The shortest button label of the channels that have buttons. */
const SMALLEST_LABEL = 40;
/** Room for the line that names the standing exits where a channel has no place of its own for them. */
const EXITS_LINE = 80;
/** Room for a value shown in a text, such as the operator's name. */
const SHOWN_VALUE = 80;
const TIP_LENGTH = 600;
const SECTION_LENGTH = 900;

/** Every screen and label fits the smallest channel; content keeps the length its kind allows. */
export const checkLengths: Check = (bundle) => [
  ...allNodes(bundle).flatMap((ref) => LANGS.flatMap((lang) => screenFindings(bundle, ref, lang))),
  ...labelFindings(bundle),
  ...contentFindings(bundle),
];

function screenFindings(bundle: Bundle, ref: NodeRef, lang: Lang): readonly Finding[] {
  const uses = textUses(ref);
  const labels = [...uses.filter((use) => use.as === "label").map((use) => textLength(bundle, lang, use.key))];
  const { node } = ref;
  if (node.kind === "ask" && node.choices !== undefined && !Array.isArray(node.choices)) {
    labels.push(...listEntries(bundle, node.choices.from).map(({ label }) => label?.[lang].length ?? SMALLEST_LABEL));
  }
  const choices = labels.reduce((sum, length) => sum + length + "\n00. ".length, 0);
  const around = choices + (hasExits(node) ? EXITS_LINE : 0);
  return uses
    .filter((use) => use.as === "text" && textLength(bundle, lang, use.key) + around > SMALLEST_TEXT)
    .map((use) => tooLong(bundle, lang, use, textLength(bundle, lang, use.key) + around));
}

function tooLong(bundle: Bundle, lang: Lang, use: TextUse, length: number): Finding {
  const message = `${use.key} with its choices is ${length} long in ${lang}; the smallest channel takes ${SMALLEST_TEXT}`;
  const spot = { ...atNode(bundle, use.ref.flow, use.ref.id), ...bundle.locate(`text:${lang}:${use.key}`) };
  return finding("text-too-long", spot, message, "shorten it, or say part of it in a node before");
}

function textLength(bundle: Bundle, lang: Lang, key: string): number {
  const text = bundle.texts[lang].get(key) ?? "";
  return text.length + placeholdersOf(text).length * SHOWN_VALUE;
}

function labelFindings(bundle: Bundle): readonly Finding[] {
  const keys = new Set(
    allNodes(bundle)
      .flatMap(textUses)
      .filter((use) => use.as === "label")
      .map((use) => use.key),
  );
  const own = LANGS.flatMap((lang) =>
    [...keys].map((key) => ({ at: `text:${lang}:${key}`, name: key, text: bundle.texts[lang].get(key) ?? "" })),
  );
  const titles = contentTexts(bundle)
    .filter(({ path, thing }) => path[0] === "title" && !thing.startsWith("statement:"))
    .map(({ thing, text, lang }) => ({ at: thing, name: `the title of ${thing} (${lang})`, text }));
  return [...own, ...titles]
    .filter(({ text }) => text.length > SMALLEST_LABEL)
    .map(({ at, name, text }) => {
      const message = `${name} is ${text.length} long; a button takes ${SMALLEST_LABEL}`;
      return finding("label-too-long", bundle.locate(at), message, "shorten it; say the rest in the question");
    });
}

function contentFindings(bundle: Bundle): readonly Finding[] {
  return contentTexts(bundle).flatMap(({ thing, path, lang, text }) => {
    const most = path[0] === "tips" ? TIP_LENGTH : path[0] === "sections" ? SECTION_LENGTH : SMALLEST_TEXT;
    if (text.length <= most) return [];
    const message = `${path.join(".")} of ${thing} is ${text.length} long; at most ${most} (${lang})`;
    return [finding("content-too-long", bundle.locate(thing, path), message, "shorten it, or make two of it")];
  });
}
