/** Where a long text may be cut, best first: between paragraphs, lines, sentences, words. */
const SEAMS = ["\n\n", "\n", ". ", " "] as const;

function cutAt(text: string, max: number): number {
  for (const seam of SEAMS) {
    const at = text.lastIndexOf(seam, max - seam.length);
    if (at > 0) return at + seam.length;
  }
  const lastUnit = text.charCodeAt(max - 1);
  const splitsPair = lastUnit >= 0xd800 && lastUnit <= 0xdbff;
  return splitsPair ? max - 1 : max;
}

/** Splits a text into pieces of at most `max` UTF-16 units, at the best seams. Nothing is lost but outer blanks. */
export function splitText(text: string, max: number): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > max) {
    const at = cutAt(rest, max);
    pieces.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  if (rest !== "") pieces.push(rest);
  return pieces;
}
