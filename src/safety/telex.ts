import { type Word, wordOf } from "./words.ts";

const HATS: Readonly<Record<string, string>> = {
  uuw: "ưu",
  uow: "ươ",
  aa: "â",
  ee: "ê",
  oo: "ô",
  aw: "ă",
  ow: "ơ",
  uw: "ư",
  dd: "đ",
};
const TONES: Readonly<Record<string, string>> = { s: "\u0301", f: "\u0300", r: "\u0309", x: "\u0303", j: "\u0323" };
const TELLTALE = /dd|aa|ee|oo|[aou]w/;
/** So rare in other writing that two such words make a text one of this kind. */
const SURE = /^dd|uw|(?:aa|ee|oo|aw|ow)[a-z]*[sfrxj]$/;
const SURE_WORDS = 2;

function toneOnLastVowel(word: string, tone: string): string {
  const at = word.search(/[aăâeêioôơuưy][^aăâeêioôơuưy]*$/);
  return at < 0 ? word : (word.slice(0, at + 1) + tone + word.slice(at + 1)).normalize("NFC");
}

function decode(word: string): string {
  const hatted = word.replace(/u[uo]w|aa|ee|oo|dd|[aou]w/g, (keys) => HATS[keys] ?? keys);
  const tone = /^(.*?[aăâeêioôơuưy].*)([sfrxj])([^sfrxj]*)$/.exec(hatted);
  const [, before = "", key = "", after = ""] = tone ?? [];
  return tone === null ? hatted : toneOnLastVowel(before + after, TONES[key] ?? "");
}

/**
 * The words of a message whose keyboard was not set to Vietnamese, as in `ddaapj cuwar` for đập cửa; other messages
 * as they are. Where in a word the tone mark stands does not matter to the comparison.
 */
export function fromTelex(words: readonly Word[]): readonly Word[] {
  let sure = 0;
  for (const word of words) if (word.tone === 0 && SURE.test(word.exact)) sure++;
  if (sure < SURE_WORDS) return words;
  return words.map((word) => (TELLTALE.test(word.exact) ? wordOf(decode(word.exact), word.at) : word));
}
