/** Words of a text in order, lower case, with their marks; punctuation is left out. */
export function markedWords(text: string): readonly string[] {
  return split(text.normalize("NFC").toLowerCase());
}

/** The same without tone and vowel marks. */
export function plainWords(text: string): readonly string[] {
  return markedWords(text).map(plain);
}

/** How often the words of `pattern` stand in the text in a row. Marks count only where the pattern has any. */
export function countPhrase(text: string, pattern: string): number {
  const wanted = markedWords(pattern);
  const marked = wanted.some((word) => plain(word) !== word);
  const words = marked ? markedWords(text) : plainWords(text);
  return wanted.length === 0 ? 0 : words.filter((_, i) => wanted.every((word, j) => words[i + j] === word)).length;
}

export function hasPhrase(text: string, pattern: string): boolean {
  return countPhrase(text, pattern) > 0;
}

function split(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
}

function plain(word: string): string {
  return word
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/đ/g, "d");
}
