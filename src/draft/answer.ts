/** UTF-16 units of an answer on one line, and of one that may run over pages. */
export const MOST_UNITS = { line: 300, long: 12_000 } as const;

/**
 * Nothing a letter can show: controls, marks of direction, unassigned and private characters, pictures, and tone marks
 * piled on top of each other (what is left of them after composing).
 */
const UNPRINTABLE =
  /[[\p{C}--[\n]]\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{Variation_Selector}\ufffd[\p{M}&&\p{Script=Inherited}]]/gv;

/** A typed answer as a letter can carry it: composed, in lines without outer blanks, at most `most` units. */
export function cleanAnswer(typed: string, most: number): { readonly text: string; readonly cut: boolean } {
  const lines = typed
    .toWellFormed()
    .normalize("NFC")
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n")
    .replace(/\t/g, " ")
    .replace(UNPRINTABLE, "")
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim());
  const text = lines.filter((line) => line !== "").join("\n");
  return {
    text: text
      .slice(0, most)
      .toWellFormed()
      .replace(/\ufffd$/, "")
      .trimEnd(),
    cut: text.length > most,
  };
}
