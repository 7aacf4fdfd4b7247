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
/** Characters that tell how the keyboard is set; it is the same for the rest. */
const SAMPLE = 400;
/** Words without marks. */
const PLAIN_WORD = /(?<!\p{L})[a-z]+(?!\p{L})/gu;

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
 * A text whose keyboard was not set to Vietnamese, as in `ddaapj cuwar` for đập cửa, as it was meant; any other text
 * as it is. Where in a word the tone mark stands does not matter to the comparison.
 */
export function fromTelex(text: string): string {
  const sample = text.slice(0, SAMPLE).toLowerCase();
  if (!TELLTALE.test(sample)) return text;
  const sure = sample.match(PLAIN_WORD)?.filter((word) => SURE.test(word)).length ?? 0;
  if (sure < SURE_WORDS) return text;
  return text.toLowerCase().replace(PLAIN_WORD, (word) => (TELLTALE.test(word) ? decode(word) : word));
}
