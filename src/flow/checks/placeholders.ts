import type { Bundle } from "../../content/bundle.ts";
import { receiverNames } from "../../guide/receivers.ts";
import { LANGS } from "../ids.ts";
import { allTextUses, placeholdersOf, STANDING_PARAMS } from "./facts/texts.ts";
import { atNode, type Check, type Finding, finding } from "./finding.ts";

/** Placeholders are the same in every language, and something gives their value. */
export const checkPlaceholders: Check = (bundle) => [...differing(bundle), ...unknown(bundle), ...inGuides(bundle)];

function differing(bundle: Bundle) {
  return [...bundle.texts.vi].flatMap(([key, vi]) => {
    const en = bundle.texts.en.get(key);
    if (en === undefined || sorted(vi) === sorted(en)) return [];
    const message = `${key} shows {${sorted(vi)}} in vi and {${sorted(en)}} in en`;
    const fix = "show the same values in both languages";
    return [finding("placeholder-differs", bundle.locate(`text:en:${key}`), message, fix)];
  });
}

function unknown(bundle: Bundle) {
  return allTextUses(bundle).flatMap(({ key, params, ref, path }) => {
    const given = new Set<string>([...params, ...STANDING_PARAMS]);
    const shown = new Set(LANGS.flatMap((lang) => placeholdersOf(bundle.texts[lang].get(key) ?? "")));
    return [...shown]
      .filter((name) => !given.has(name))
      .map((name) => {
        const message = `${key} shows {{${name}}}, which this node does not give`;
        const fix = `add params: { ${name}: … } to the node, or take it out of the text`;
        return finding("placeholder-unknown", atNode(bundle, ref.flow, ref.id, path), message, fix);
      });
  });
}

/** A section of a guide shows the names of `content/guides/receivers.yaml` and no other. */
function inGuides(bundle: Bundle): readonly Finding[] {
  const known = new Set(bundle.receivers === null ? [] : receiverNames(bundle.receivers));
  return bundle.guides.flatMap((guide) =>
    Object.entries(guide.sections).flatMap(([id, section]) =>
      LANGS.flatMap((lang) => placeholdersOf(section?.text[lang] ?? ""))
        .filter((name) => !known.has(name))
        .map((name) => {
          const at = bundle.locate(`guide:${guide.guide}`, ["sections", id, "text"]);
          const fix = "correct the name, or add it to content/guides/receivers.yaml";
          return finding(
            "placeholder-unknown",
            at,
            `${guide.guide}.${id} shows {{${name}}}, which nobody is called`,
            fix,
          );
        }),
    ),
  );
}

function sorted(text: string): string {
  return [...placeholdersOf(text)].sort().join(", ");
}
