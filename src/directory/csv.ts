/** A table as a spreadsheet saves it. */
export interface CsvTable {
  /** Every row, the blank ones too, so that numbers agree with the spreadsheet: the first one is row 1. */
  readonly rows: readonly (readonly string[])[];
  /** Row in which a quotation mark is opened and never closed, or a closed one is followed by text. */
  readonly brokenRow: number | undefined;
}

/**
 * Reads CSV as Excel writes it: `,` `;` or tab between cells (whichever the first row uses most), quoted cells with
 * doubled quotes and line breaks inside, a byte order mark, any kind of line end, and Excel's own `sep=;` line.
 */
export function parseCsv(text: string): CsvTable {
  const { body, separator } = opening(text.replace(/^\uFEFF/, ""));
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < body.length || row.length > 0) {
    const cell = body[at] === '"' ? quotedCell(body, at) : plainCell(body, at, separator);
    row.push(cell.text);
    at = cell.end;
    if (body[at] === separator) {
      at += 1;
      continue;
    }
    if (at < body.length && !isLineEnd(body[at])) return { rows, brokenRow: rows.length + 1 };
    if (cell.open) return { rows, brokenRow: rows.length + 1 };
    at += body.startsWith("\r\n", at) ? 2 : 1;
    rows.push(row);
    row = [];
  }
  return { rows, brokenRow: undefined };
}

/** One row as CSV. */
export function csvRow(cells: readonly string[], separator = ","): string {
  const quoted = (cell: string) => (/["\r\n,;\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return cells.map(quoted).join(separator);
}

const SEPARATORS = [",", ";", "\t"] as const;

interface Cell {
  readonly text: string;
  readonly end: number;
  /** A quotation mark was never closed. */
  readonly open: boolean;
}

function opening(text: string): { body: string; separator: string } {
  const said = /^sep=([,;\t])(?:\r\n|\r|\n|$)/.exec(text);
  if (said?.[1] !== undefined) return { body: text.slice(said[0].length), separator: said[1] };
  const head = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0].replace(/"(?:[^"]|"")*"/g, "") ?? "";
  const count = (separator: string) => head.split(separator).length;
  const separator = [...SEPARATORS].sort((a, b) => count(b) - count(a))[0] ?? ",";
  return { body: text, separator };
}

function plainCell(body: string, start: number, separator: string): Cell {
  let end = start;
  while (end < body.length && body[end] !== separator && !isLineEnd(body[end])) end += 1;
  return { text: body.slice(start, end), end, open: false };
}

function quotedCell(body: string, start: number): Cell {
  let end = start + 1;
  while (end < body.length && (body[end] !== '"' || body[end + 1] === '"')) end += body[end] === '"' ? 2 : 1;
  const text = body.slice(start + 1, end).replaceAll('""', '"');
  return { text, end: Math.min(end + 1, body.length), open: end >= body.length };
}

function isLineEnd(character: string | undefined): boolean {
  return character === "\n" || character === "\r";
}
