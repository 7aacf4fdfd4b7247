import { contentTexts } from "./facts/content-texts.ts";
import { allTexts, isForCitizens } from "./facts/texts.ts";
import { type Check, type Finding, finding, type Spot } from "./finding.ts";

/** "1. ", "2) ", "(3) " where a line begins: how the choices below a text are numbered, and how people answer. */
const NUMBERED = /^[ \t]*\(?\d{1,2}[.)][ \t]/m;

/** Only choices are numbered: who writes "5" for the fifth step would take the fifth choice. Letters keep their form. */
export const checkNumberedLines: Check = (bundle) => [
  ...allTexts(bundle)
    .filter(({ key }) => isForCitizens(bundle, key))
    .flatMap(({ lang, key, text }) => numbered(text, key, () => bundle.locate(`text:${lang}:${key}`))),
  ...contentTexts(bundle)
    .filter(({ thing, path }) => !isOfLetter(thing, path))
    .flatMap(({ thing, path, text }) => {
      return numbered(text, `${thing} ${path.join(".")}`, () => bundle.locate(thing, path));
    }),
];

/** What stands in the letter itself; the questions that lead to it are said in the chat. */
function isOfLetter(thing: string, path: readonly (string | number)[]): boolean {
  return thing.startsWith("form:") && path[0] !== "name" && path[0] !== "fields";
}

function numbered(text: string, name: string, spot: () => Spot): readonly Finding[] {
  const line = NUMBERED.exec(text);
  if (line === null) return [];
  const message = `${name} has a line that begins with “${line[0].trim()}”, as the choices below it do`;
  return [finding("numbered-line", spot(), message, "begin the line with “• ”")];
}
