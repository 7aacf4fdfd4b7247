import { allTexts, allTextUses, isForCitizens, type WrittenText } from "./facts/texts.ts";
import { type Check, finding } from "./finding.ts";

const MARKUP = /<\/?[a-z][^>]*>|\*\*|__|\[[^\]]+\]\([^)]+\)|&(?:amp|lt|gt|nbsp);/i;
const EMOJI = /\p{Extended_Pictographic}/u;

/** Texts are composed Unicode; those a citizen sees are plain, and those of flows that keep nothing have no emoji. */
export const checkTextForm: Check = (bundle) => {
  const quiet = new Set(
    allTextUses(bundle)
      .filter((use) => bundle.flows.get(use.ref.flow)?.keeps === "nothing")
      .map((use) => use.key),
  );
  const spot = ({ lang, key }: WrittenText) => bundle.locate(`text:${lang}:${key}`);
  return allTexts(bundle).flatMap((text) => [
    ...(text.text.normalize("NFC") === text.text
      ? []
      : [finding("text-not-nfc", spot(text), `${text.key} has loose tone marks`, "save the file as NFC Unicode")]),
    ...(isForCitizens(bundle, text.key) && MARKUP.test(text.text)
      ? [
          finding(
            "text-markup",
            spot(text),
            `${text.key} has markup`,
            "write plain words; an empty line is a paragraph",
          ),
        ]
      : []),
    ...(quiet.has(text.key) && EMOJI.test(text.text)
      ? [finding("emoji-in-help", spot(text), `${text.key} has an emoji`, "take it out: nobody in distress needs it")]
      : []),
  ]);
};
