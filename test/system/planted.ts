import { foldWords } from "../../src/language/fold.ts";

/**
 * Every form in which a phrase might have been written down: composed and decomposed, without marks, as words, in
 * capitals, as JSON and URL escapes, as UTF-16, and as base64 at each of the three offsets.
 */
export function formsOf(phrase: string): ReadonlyMap<string, Buffer> {
  const bare = phrase.normalize("NFD").replace(/\p{M}/gu, "");
  const written = {
    composed: phrase.normalize("NFC"),
    decomposed: phrase.normalize("NFD"),
    bare,
    folded: foldWords(phrase),
    joined: foldWords(phrase).replaceAll(" ", ""),
    capitals: phrase.toUpperCase(),
    "bare capitals": bare.toUpperCase(),
    "JSON escapes": escaped(phrase),
    "URL escapes": encodeURIComponent(phrase),
  };
  const forms = new Map(Object.entries(written).map(([name, text]) => [name, Buffer.from(text)]));
  forms.set("UTF-16", Buffer.from(phrase, "utf16le"));
  for (const offset of [0, 1, 2]) forms.set(`base64 at ${offset}`, Buffer.from(inBase64(phrase, offset)));
  return forms;
}

/** Names of the forms that these bytes hold. */
export function formsIn(bytes: Buffer | string, phrase: string): string[] {
  const all = Buffer.from(bytes);
  return [...formsOf(phrase)].filter(([, form]) => all.includes(form)).map(([name]) => name);
}

function escaped(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The middle of what base64 makes of a text that stands `offset` bytes after a multiple of three. */
function inBase64(text: string, offset: number): string {
  const whole = Buffer.from(`${"x".repeat(offset)}${text}`).toString("base64");
  return whole.slice(offset === 0 ? 0 : 4, -4);
}
