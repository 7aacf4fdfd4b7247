import type { Bundle, SourcePlace } from "../../content/bundle.ts";
import type { Avoided } from "../../content/wording.ts";
import type { Lang } from "../ids.ts";
import { contentTexts } from "./facts/content-texts.ts";
import { allTexts } from "./facts/texts.ts";
import { type Check, finding } from "./finding.ts";
import { countPhrase } from "./words.ts";

interface Said {
  readonly name: string;
  readonly lang: Lang;
  readonly text: string;
  readonly spot: () => SourcePlace;
}

/** No text of ours blames, minimises or promises what nobody can keep; the list is `content/wording/avoid.yaml`. */
export const checkWording: Check = (bundle) =>
  allSaid(bundle).flatMap(({ name, lang, text, spot }) =>
    bundle.wording.avoid
      .filter((avoided) => avoided.lang === lang && !avoided.allow.includes(name) && says(text, avoided))
      .map((avoided) =>
        finding("wording-avoided", spot(), `${name} says “${avoided.pattern}”: ${avoided.why}`, fixOf(avoided, name)),
      ),
  );

function says(text: string, { pattern, unless }: Avoided): boolean {
  const meantWell = unless.reduce((sum, phrase) => sum + countPhrase(text, phrase), 0);
  return countPhrase(text, pattern) > meantWell;
}

function fixOf(avoided: Avoided, name: string): string {
  return `say it in another way; if a reviewer finds it right, add ${name} to allow: of “${avoided.pattern}”`;
}

function allSaid(bundle: Bundle): readonly Said[] {
  return [
    ...allTexts(bundle).map(({ lang, key, text }) => {
      return { name: key, lang, text, spot: () => bundle.locate(`text:${lang}:${key}`) };
    }),
    ...contentTexts(bundle)
      .filter(({ voice }) => voice === "ours")
      .map(({ thing, path, lang, text }) => ({ name: thing, lang, text, spot: () => bundle.locate(thing, path) })),
  ];
}
