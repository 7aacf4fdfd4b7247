/** Where reading stands in a phrase. */
interface Cursor {
  at: number;
}

/** Every text of `before` followed by every text of `after`. */
function joined(before: readonly string[], after: readonly string[]): string[] {
  return before.flatMap((start) => after.map((end) => start + end));
}

function readGroup(phrase: string, cursor: Cursor): string[] {
  cursor.at++;
  const ways = readWays(phrase, cursor);
  cursor.at++;
  if (phrase[cursor.at] !== "?") return ways;
  cursor.at++;
  return [...ways, ""];
}

/** Alternatives up to the closing bracket or the end. */
function readWays(phrase: string, cursor: Cursor): string[] {
  const ways: string[] = [];
  let way = [""];
  for (;;) {
    const char = phrase[cursor.at];
    if (char === "(") way = joined(way, readGroup(phrase, cursor));
    else if (char === undefined || char === ")") return [...ways, ...way];
    else if (char === "|") {
      ways.push(...way);
      way = [""];
      cursor.at++;
    } else {
      const end = phrase.slice(cursor.at).search(/[()|]/);
      const stop = end < 0 ? phrase.length : cursor.at + end;
      way = joined(way, [phrase.slice(cursor.at, stop)]);
      cursor.at = stop;
    }
  }
}

/** `(a|b) c` as `a c` and `b c`; `(a )?c` also as `c`. Groups may stand inside groups. */
export function spellOut(phrase: string): readonly string[] {
  return [...new Set(readWays(phrase, { at: 0 }))];
}
