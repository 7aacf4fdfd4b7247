import type * as Library from "docx";
import type { Letter, Paragraph as LetterParagraph } from "../letter.ts";
import { DOCUMENT_TITLE, LAYOUT } from "./layout.ts";

type Docx = typeof Library;

/** Every computer that opens the file has it, or a font with the same widths. */
const FONT = "Times New Roman";
const TWIPS_PER_MM = 1440 / 25.4;
const TWIPS_PER_POINT = 20;
const WIDTH_MM = LAYOUT.page.width - LAYOUT.edge.left - LAYOUT.edge.right;

/** A letter as a DOCX, made in memory. The document says nothing of who made it, when, or with what. */
export async function renderDocx(letter: Letter): Promise<Buffer> {
  const docx = await import("docx");
  const { Document, Packer } = docx;
  const file = new Document({
    styles: { default: { document: { run: { font: FONT, size: LAYOUT.text * 2, language: { value: "vi-VN" } } } } },
    sections: [{ ...sheet(docx), children: new Page(docx).paragraphs(letter) }],
  });
  return Packer.toBuffer(file, undefined, PROPERTIES);
}

/** Instead of the library's, which name a creator and the minute. */
const PROPERTIES = [
  {
    path: "docProps/core.xml",
    data:
      '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties ' +
      'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ' +
      `xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${DOCUMENT_TITLE}</dc:title>` +
      "<dc:language>vi-VN</dc:language></cp:coreProperties>",
  },
];

function sheet({ AlignmentType, Header, PageNumber, Paragraph, TextRun }: Docx) {
  const { edge, page } = LAYOUT;
  const number = new TextRun({ children: [PageNumber.CURRENT], size: LAYOUT.nation * 2 });
  return {
    properties: {
      titlePage: true,
      page: {
        size: { width: twips(page.width), height: twips(page.height) },
        margin: {
          left: twips(edge.left),
          right: twips(edge.right),
          top: twips(edge.top),
          bottom: twips(edge.bottom),
          header: twips(LAYOUT.pageNumberTop),
        },
      },
    },
    headers: {
      first: new Header({ children: [new Paragraph({})] }),
      default: new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [number] })] }),
    },
  };
}

function twips(millimetres: number): number {
  return Math.round(millimetres * TWIPS_PER_MM);
}

class Page {
  readonly #docx: Docx;

  constructor(docx: Docx) {
    this.#docx = docx;
  }

  paragraphs(letter: Letter) {
    const { nation, motto, date, title, subject, to, body, enclosures, signer, signHere } = letter;
    const { AlignmentType } = this.#docx;
    const bold = { bold: true };
    return [
      this.#centred(nation, { bold: true, size: LAYOUT.nation * 2 }, 0),
      this.#centred(motto, bold, 0),
      this.#rule(),
      this.#paragraph(date, { italics: true }, { alignment: AlignmentType.RIGHT, spacing: spacing(1, 2) }),
      this.#centred(title, bold, subject === null ? 2 : 0),
      ...(subject === null ? [] : [this.#subject(subject)]),
      this.#centred(to, {}, 2),
      ...body.flatMap((paragraph, at) => this.#body(paragraph, at === body.length - 1)),
      this.#end(enclosures, signer, signHere),
    ];
  }

  #paragraph(text: string, run: Library.IRunOptions, options: Library.IParagraphOptions) {
    const { Paragraph, TextRun } = this.#docx;
    return new Paragraph({ ...options, children: text === "" ? [] : [new TextRun({ ...run, text })] });
  }

  #centred(text: string, run: Library.IRunOptions, below: number) {
    const { AlignmentType } = this.#docx;
    return this.#paragraph(text, run, { alignment: AlignmentType.CENTER, spacing: spacing(0, below) });
  }

  /** An empty line with a border on top, as wide as the motto above it. */
  #rule() {
    const { BorderStyle, LineRuleType, Paragraph } = this.#docx;
    const side = twips(WIDTH_MM / 2) - (LAYOUT.mottoWidth / 2) * TWIPS_PER_POINT;
    return new Paragraph({
      indent: { left: Math.round(side), right: Math.round(side) },
      border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1 } },
      spacing: { before: 20, after: 0, line: 120, lineRule: LineRuleType.EXACT },
    });
  }

  #subject({ text, lines }: LetterParagraph) {
    return this.#centred(lines === 0 ? text : `${text} ${".".repeat(60)}`, { bold: true }, 2);
  }

  /** Dots to the right edge come from a tab; every further line to write on is one as well. */
  #body({ text, lines, italic, opens }: LetterParagraph, last: boolean) {
    const { AlignmentType, Paragraph, Tab, TextRun } = this.#docx;
    if (lines === 0) return [this.#justified(text, italic, last || opens)];
    const leader = { tabStops: [this.#tabStop()], alignment: AlignmentType.LEFT };
    const tab = (before: string) => new TextRun({ italics: italic, children: [before, new Tab()] });
    const first = { ...leader, indent: { firstLine: twips(LAYOUT.indent) }, spacing: spacing(0, lines > 1 ? 0 : 1) };
    return [
      new Paragraph({ ...first, children: [tab(text === "" ? "" : `${text} `)] }),
      ...Array.from({ length: lines - 1 }, (_, at) => {
        const below = spacing(0, at === lines - 2 ? 1 : 0);
        return new Paragraph({ ...leader, spacing: below, children: [tab("")] });
      }),
    ];
  }

  #tabStop() {
    const { LeaderType, TabStopType } = this.#docx;
    return { type: TabStopType.RIGHT, position: twips(WIDTH_MM), leader: LeaderType.DOT };
  }

  #justified(text: string, italics: boolean, keepNext: boolean) {
    const alignment = this.#docx.AlignmentType.JUSTIFIED;
    const indent = { firstLine: twips(LAYOUT.indent) };
    return this.#paragraph(
      text,
      { italics },
      { alignment, indent, keepNext, keepLines: keepNext, spacing: spacing(0, 1) },
    );
  }

  /** What goes with the letter on the left, who signs it on the right; on the page of the last words. */
  #end(enclosures: Letter["enclosures"], signer: string, signHere: string) {
    const { Table, TableLayoutType, TableRow, WidthType } = this.#docx;
    const entries = enclosures === null ? [""] : [enclosures.head, ...enclosures.list.map((entry) => `- ${entry}`)];
    const run = { italics: true, size: LAYOUT.enclosures * 2 };
    const left = entries.map((entry, at) => this.#paragraph(entry, run, { spacing: spacing(at === 0 ? 2 : 0, 0) }));
    const room = { ...spacing(0, 0), after: LAYOUT.signature * TWIPS_PER_POINT };
    const { AlignmentType } = this.#docx;
    const right = [
      this.#paragraph(signer, { bold: true }, { alignment: AlignmentType.CENTER, spacing: spacing(2, 0) }),
      this.#paragraph(signHere, { italics: true }, { alignment: AlignmentType.CENTER, spacing: room }),
    ];
    return new Table({
      layout: TableLayoutType.FIXED,
      width: { size: twips(WIDTH_MM), type: WidthType.DXA },
      columnWidths: [twips(WIDTH_MM / 2), twips(WIDTH_MM / 2)],
      borders: this.#noBorders(),
      margins: { left: 0, right: 0 },
      rows: [new TableRow({ cantSplit: true, children: [this.#cell(left), this.#cell(right)] })],
    });
  }

  #cell(children: readonly Library.Paragraph[]) {
    const { TableCell, WidthType } = this.#docx;
    return new TableCell({ width: { size: twips(WIDTH_MM / 2), type: WidthType.DXA }, children: [...children] });
  }

  #noBorders() {
    const none = { style: this.#docx.BorderStyle.NONE, size: 0 };
    return { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };
  }
}

/** Of a line's own height, in 240ths. */
const LINE = 260;

/** Line height, and space above and below as multiples of the usual distance. */
function spacing(before: number, after: number) {
  const between = LAYOUT.between * TWIPS_PER_POINT;
  return { before: before * between, after: after * between, line: LINE, lineRule: "auto" } as const;
}
