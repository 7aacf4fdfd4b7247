/** Columns of the reports. */
const WIDTH = 96;

/** Breaks a text between words; every line begins with `indent`, all but the first with two blanks more. */
export function wrapped(text: string, indent = ""): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(" ")) {
    const started = line.trim() !== "";
    if (started && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = `${indent}  ${word}`;
    } else line = started ? `${line} ${word}` : `${line}${word}`;
  }
  return [...lines, line];
}

/** A column of fixed width, and texts beside it. */
export function beside(left: string, width: number, right: string): string[] {
  const indent = " ".repeat(width);
  const [first = "", ...rest] = wrapped(right, indent);
  const head = left.length < width ? left.padEnd(width) : `${left}\n${indent}`;
  return [`${head}${first.slice(width)}`, ...rest];
}

/** Sorted numbers in few words: 1, 3-5, 11. */
export function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(", ");
}
