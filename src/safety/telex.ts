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

function toneOnLastVowel(word: string, tone: string): string {
  const at = word.search(/[aăâeêioôơuưy][^aăâeêioôơuưy]*$/);
  return at < 0 ? word : (word.slice(0, at + 1) + tone + word.slice(at + 1)).normalize("NFC");
}

/**
 * A word whose keyboard was not set to Vietnamese, as in `ddaapj` for đập; any other word as it is. Where the tone
 * mark stands does not matter to the comparison.
 */
export function fromTelex(word: string): string {
  if (!TELLTALE.test(word)) return word;
  const hatted = word.replace(/u[uo]w|aa|ee|oo|dd|[aou]w/g, (pair) => HATS[pair] ?? pair);
  const tone = /^(.*?[aăâeêioôơuưy].*)([sfrxj])([^sfrxj]*)$/.exec(hatted);
  const [, before = "", key = "", after = ""] = tone ?? [];
  return tone === null ? hatted : toneOnLastVowel(before + after, TONES[key] ?? "");
}
