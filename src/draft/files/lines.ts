/** A line of a paragraph, and the place that is left on it. */
export interface Line {
  readonly text: string;
  readonly width: number;
}

export interface Measure {
  /** Width of a text in points. */
  of(text: string): number;
}

/** Letters that no line holds, however thin they are. */
const TOO_MANY = 300;

/**
 * Breaks a paragraph into lines between words, and a word longer than a line anywhere. At least one line comes out;
 * the first one is shorter by `indent`.
 */
export function breakLines(text: string, width: number, indent: number, measure: Measure): Line[] {
  const lines: Line[] = [];
  let line = "";
  const room = () => width - (lines.length === 0 ? indent : 0);
  const fits = (part: string) => part.length < TOO_MANY && measure.of(part) <= room();
  const close = () => {
    lines.push({ text: line, width: measure.of(line) });
    line = "";
  };
  for (const word of text.split(" ").filter((part) => part !== "")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== "") close();
    line = word;
    while (!fits(line)) {
      const fitting = fittingPart(line, room(), measure);
      const rest = line.slice(fitting.length);
      line = fitting;
      close();
      line = rest;
    }
  }
  close();
  return lines;
}

/** The longest beginning that fits, one letter at least. */
function fittingPart(word: string, room: number, measure: Measure): string {
  const letters = [...word.slice(0, TOO_MANY)];
  let low = 1;
  for (let high = letters.length; low < high; ) {
    const middle = Math.ceil((low + high) / 2);
    if (measure.of(letters.slice(0, middle).join("")) <= room) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join("");
}
