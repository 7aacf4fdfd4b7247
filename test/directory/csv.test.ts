import fc from "fast-check";
import { expect, test } from "vitest";
import { csvRow, parseCsv } from "../../src/directory/csv.ts";

const rowsOf = (text: string) => parseCsv(text).rows;

test.each([
  ["commas", "a,b\n1,2\n"],
  ["semicolons, as Excel in Việt Nam saves", "a;b\n1;2\n"],
  ["tabs", "a\tb\n1\t2\n"],
  ["a byte order mark", "\uFEFFa,b\n1,2"],
  ["line ends of Windows", "a,b\r\n1,2\r\n"],
  ["line ends of an old Mac", "a,b\r1,2"],
  ["Excel's own first line", "sep=;\r\na;b\r\n1;2"],
  ["quotes round everything", '"a","b"\n"1","2"'],
])("reads %s", (_, text) => {
  expect(rowsOf(text)).toEqual([
    ["a", "b"],
    ["1", "2"],
  ]);
});

test("keeps what stands between quotation marks whole", () => {
  expect(rowsOf('a;b\n"x; ""y""\nz";2')).toEqual([
    ["a", "b"],
    ['x; "y"\nz', "2"],
  ]);
});

test("counts blank rows, and keeps empty cells at the end", () => {
  expect(rowsOf("a,b\n\n1,")).toEqual([["a", "b"], [""], ["1", ""]]);
  expect(rowsOf("")).toEqual([]);
});

test.each([
  ["never closed", 'a,b\n1,"2\n', 2],
  ["closed too early", 'a,b\n"1"x,2\n3,4', 2],
])("says in which row a quotation mark is %s", (_, text, row) => {
  expect(parseCsv(text).brokenRow).toBe(row);
});

test("reads back whatever cells were written, with any separator and line end", () => {
  const cell = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom("", '"', '""', "a;b", "x,y", "\r\n", "\t", "ữ đ"));
  const width = fc.integer({ min: 2, max: 5 });
  const table = width.chain((n) =>
    fc.array(fc.array(cell, { minLength: n, maxLength: n }), { minLength: 1, maxLength: 5 }),
  );
  fc.assert(
    fc.property(table, fc.constantFrom(",", ";", "\t"), fc.constantFrom("\n", "\r\n"), (rows, separator, end) => {
      const head = rows[0]?.map((_, n) => `column ${n}`) ?? [];
      const text = [head, ...rows].map((row) => csvRow(row, separator)).join(end);
      expect(parseCsv(text)).toEqual({ rows: [head, ...rows], brokenRow: undefined });
    }),
  );
});

test("never fails and never loops, whatever the file holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('"', ",", ";", "\n", "\r", "a", " ", "\t") }), (text) => {
      const { rows, brokenRow } = parseCsv(text);
      expect(rows.length).toBeLessThanOrEqual(text.length + 1);
      if (brokenRow !== undefined) expect(brokenRow).toBe(rows.length + 1);
    }),
  );
});
