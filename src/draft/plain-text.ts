import type { Letter, Paragraph } from "./letter.ts";

/** A line to write on, on a screen. */
const LINE = ".".repeat(30);

/** A letter for channels that cannot carry a file: to be copied by hand. */
export function plainText(letter: Letter): string {
  const { nation, motto, date, title, subject, to, body, enclosures, signer, signHere } = letter;
  return [
    `${nation}\n${motto}`,
    date,
    [title, ...(subject === null ? [] : [written(subject)])].join("\n"),
    to,
    ...body.map(written),
    ...(enclosures === null ? [] : [[enclosures.head, ...enclosures.list.map((one) => `- ${one}`)].join("\n")]),
    `${signer}\n${signHere}`,
  ]
    .join("\n\n")
    .replaceAll("\u00a0", " ");
}

function written({ text, lines }: Paragraph): string {
  if (lines === 0) return text;
  return [`${text} ${LINE}`, ...Array.from({ length: lines - 1 }, () => LINE)].join("\n");
}
