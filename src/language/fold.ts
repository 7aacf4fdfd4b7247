/**
 * Text as people type it on any keyboard: lower case, no tone or vowel marks, đ as d, one space between words.
 * Works for composed and decomposed Unicode. Folding twice changes nothing more.
 */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/đ/g, "d")
    .replace(/\s+/g, " ")
    .trim();
}

/** Folded, and without punctuation or emoji around or between words. */
export function foldWords(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
