import { fileURLToPath } from "node:url";
import type { Letter, Paragraph } from "../letter.ts";
import { DOCUMENT_TITLE, LAYOUT, POINTS_PER_MM } from "./layout.ts";
import { breakLines, type Line } from "./lines.ts";

type Pdf = PDFKit.PDFDocument;
type Font = "regular" | "italic" | "bold";

/** Tinos has the widths of Times New Roman and every Vietnamese letter. */
const FONTS = {
  regular: import.meta.resolve("@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"),
  italic: import.meta.resolve("@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf"),
  bold: import.meta.resolve("@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf"),
} as const satisfies Record<Font, string>;

/** Scripts that the font does not have: dots stand for them, to be written by hand. */
const NOT_IN_FONT = /[^\u0020-\u007e\u00a0-\u0377\u03a3-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20be]+/g;
const BY_HAND = "..........";

/** A letter as a PDF, made in memory. The document says nothing of who made it, when, or with what. */
export async function renderPdf(letter: Letter): Promise<Buffer> {
  const { default: PDFDocument } = await import("pdfkit");
  const doc = new PDFDocument({
    size: "A4",
    margin: 0,
    lang: "vi-VN",
    displayTitle: true,
    pdfVersion: "1.3",
    info: { Title: DOCUMENT_TITLE, CreationDate: new Date(0) },
  });
  delete doc.info.Producer;
  delete doc.info.Creator;
  // The library needs a date for itself; what cannot be listed is not written.
  Object.defineProperty(doc.info, "CreationDate", { enumerable: false });
  for (const [name, url] of Object.entries(FONTS)) doc.registerFont(name, fileURLToPath(url));
  const chunks: Buffer[] = [];
  doc.on("data", (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on("end", () => resolve(Buffer.concat(chunks)));
    doc.on("error", reject);
  });
  new Sheet(doc).write(letter);
  doc.end();
  return done;
}

const mm = (length: number): number => length * POINTS_PER_MM;
const LEFT = mm(LAYOUT.edge.left);
const RIGHT = mm(LAYOUT.page.width - LAYOUT.edge.right);
const TOP = mm(LAYOUT.edge.top);
const BOTTOM = mm(LAYOUT.page.height - LAYOUT.edge.bottom);
const WIDTH = RIGHT - LEFT;
/** A last word far from its neighbours looks torn: lines with wider gaps, in points, stay ragged. */
const WIDEST_GAP = 12;

/** The two columns at the end. */
const COLUMN = WIDTH * 0.47;

interface Style {
  readonly font: Font;
  readonly size: number;
}

const ENCLOSURES: Style = { font: "italic", size: LAYOUT.enclosures };

function heightOf(size: number): number {
  return size * LAYOUT.lineHeight;
}

/** Writes from top to bottom and begins a new page when one is full. */
class Sheet {
  readonly #doc: Pdf;
  #y = TOP;
  #page = 1;

  constructor(doc: Pdf) {
    this.#doc = doc;
  }

  write({ nation, motto, date, title, subject, to, body, enclosures, signer, signHere }: Letter): void {
    const bold: Style = { font: "bold", size: LAYOUT.text };
    const italic: Style = { font: "italic", size: LAYOUT.text };
    this.#centred(nation, { font: "bold", size: LAYOUT.nation });
    this.#centred(motto, bold);
    this.#ruleBelow();
    this.#gap(2);
    this.#placed(date, italic, RIGHT - this.#measure(date, italic));
    this.#gap(2);
    this.#centred(title, bold);
    if (subject !== null) this.#centred(withDots(subject), bold);
    this.#gap(2);
    this.#centred(to, { font: "regular", size: LAYOUT.text });
    this.#gap(1);
    const end = this.#endHeight(enclosures);
    for (const paragraph of body) {
      const kept = paragraph.opens ? LAYOUT.between + heightOf(LAYOUT.text) : 0;
      this.#paragraph(paragraph, paragraph === body.at(-1) ? end : kept);
    }
    this.#end(enclosures, signer, signHere);
  }

  #measure(text: string, { font, size }: Style): number {
    return this.#doc.font(font).fontSize(size).widthOfString(text);
  }

  /** Makes room for a line of this size; on a new page where this one is full. */
  #line(size: number, below = 0): void {
    if (this.#y + heightOf(size) + below <= BOTTOM) return;
    this.#page += 1;
    this.#doc.addPage();
    const number = String(this.#page);
    const style: Style = { font: "regular", size: LAYOUT.nation };
    const x = LEFT + (WIDTH - this.#measure(number, style)) / 2;
    this.#doc.text(number, x, mm(LAYOUT.pageNumberTop), { lineBreak: false });
    this.#y = TOP;
  }

  #gap(times: number): void {
    this.#y += times * LAYOUT.between;
  }

  /** One line at `x`, and down to the next. */
  #placed(text: string, style: Style, x: number, wordSpacing = 0): void {
    this.#line(style.size);
    this.#doc.font(style.font).fontSize(style.size).text(text, x, this.#y, { lineBreak: false, wordSpacing });
    this.#y += heightOf(style.size);
  }

  #broken(text: string, style: Style, width: number, indent: number): Line[] {
    this.#measure("", style);
    const measure = { of: (part: string) => this.#doc.widthOfString(part) };
    return breakLines(text.replace(NOT_IN_FONT, BY_HAND), width, indent, measure);
  }

  #centred(text: string, style: Style, left = LEFT, width = WIDTH): void {
    for (const line of this.#broken(text, style, width, 0)) {
      this.#placed(line.text, style, left + (width - line.width) / 2);
    }
  }

  #ruleBelow(): void {
    const x = LEFT + (WIDTH - LAYOUT.mottoWidth) / 2;
    const y = this.#y + 1;
    this.#doc
      .moveTo(x, y)
      .lineTo(x + LAYOUT.mottoWidth, y)
      .lineWidth(0.75)
      .stroke();
    this.#y += 4;
  }

  /** `below`: what must find room on the same page. */
  #paragraph({ text, lines, italic }: Paragraph, below: number): void {
    const style: Style = { font: italic ? "italic" : "regular", size: LAYOUT.text };
    const indent = mm(LAYOUT.indent);
    const broken = this.#broken(text, style, WIDTH, indent);
    if (below > 0) this.#line(style.size, (broken.length - 1) * heightOf(style.size) + below);
    broken.forEach((line, at) => {
      const x = LEFT + (at === 0 ? indent : 0);
      const last = at === broken.length - 1;
      if (last && lines > 0) this.#toWriteOn(line, style, x);
      else this.#placed(line.text, style, x, last ? 0 : wordSpacing(line, RIGHT - x));
    });
    for (let more = 1; more < lines; more++) this.#toWriteOn({ text: "", width: 0 }, style, LEFT);
    this.#gap(1);
  }

  /** A line that goes on in dots to the right edge. */
  #toWriteOn({ text, width }: Line, style: Style, x: number): void {
    const start = text === "" ? "" : `${text} `;
    const room = RIGHT - x - (text === "" ? 0 : width + this.#measure(" ", style));
    this.#placed(start + ".".repeat(Math.max(0, Math.floor(room / this.#measure(".", style)))), style, x);
  }

  #enclosureLines({ head, list }: NonNullable<Letter["enclosures"]>): Line[] {
    const entries = [head, ...list.map((entry) => `- ${entry}`)];
    return entries.flatMap((entry) => this.#broken(entry, ENCLOSURES, COLUMN, 0));
  }

  #endHeight(enclosures: Letter["enclosures"]): number {
    const left = enclosures === null ? 0 : this.#enclosureLines(enclosures).length * heightOf(ENCLOSURES.size);
    return 3 * LAYOUT.between + Math.max(left, 2 * heightOf(LAYOUT.text) + LAYOUT.signature);
  }

  /** What goes with the letter on the left, who signs it on the right; on the page of the last words. */
  #end(enclosures: Letter["enclosures"], signer: string, signHere: string): void {
    this.#gap(2);
    const top = this.#y;
    const right = LEFT + WIDTH - COLUMN;
    this.#centred(signer, { font: "bold", size: LAYOUT.text }, right, COLUMN);
    this.#centred(signHere, { font: "italic", size: LAYOUT.text }, right, COLUMN);
    this.#y = top;
    for (const line of enclosures === null ? [] : this.#enclosureLines(enclosures)) {
      this.#placed(line.text, ENCLOSURES, LEFT);
    }
  }
}

function withDots({ text, lines }: Paragraph): string {
  return lines === 0 ? text : `${text} ${".".repeat(60)}`;
}

/** What each gap between words takes more, so that the line reaches both edges. */
function wordSpacing({ text, width }: Line, room: number): number {
  const gaps = text.split(" ").length - 1;
  const more = gaps === 0 ? 0 : (room - width) / gaps;
  return more > WIDEST_GAP ? 0 : more;
}
