import { inflateSync } from "node:zlib";

/** A PDF as far as our tests look: its text line by line, and the font and size of each. */
export interface PdfLine {
  readonly page: number;
  readonly text: string;
  readonly font: string;
  readonly size: number;
}

type Objects = ReadonlyMap<string, string>;

/** Reads a PDF that embeds its fonts with a map to Unicode. */
export function readPdf(file: Buffer): PdfLine[] {
  const objects = new Map(
    [...file.toString("latin1").matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = "", body = ""]) => [
      id,
      body,
    ]),
  );
  const fonts = new Map(
    [...objects.values()].flatMap((body) =>
      [...body.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = "", id = ""]) => [name, fontOf(objects, id)] as const),
    ),
  );
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\n/.test(body));
  return pages.flatMap((body, index) => linesOf(contentOf(objects, body), fonts, index + 1));
}

interface Font {
  readonly name: string;
  readonly letters: ReadonlyMap<number, string>;
}

function contentOf(objects: Objects, page: string): string {
  return streamOf(objects.get(/\/Contents (\d+) 0 R/.exec(page)?.[1] ?? "") ?? "");
}

function streamOf(body: string): string {
  const start = body.indexOf("stream\n") + "stream\n".length;
  const bytes = Buffer.from(body.slice(start, body.lastIndexOf("\nendstream")), "latin1");
  return (body.includes("/FlateDecode") ? inflateSync(bytes) : bytes).toString("latin1");
}

function fontOf(objects: Objects, id: string): Font {
  const body = objects.get(id) ?? "";
  const map = streamOf(objects.get(/\/ToUnicode (\d+) 0 R/.exec(body)?.[1] ?? "") ?? "");
  const letters = new Map<number, string>();
  for (const [, first = "", list = ""] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi)) {
    [...list.matchAll(/<([0-9a-f]*)>/gi)].forEach(([, units = ""], at) => {
      letters.set(Number.parseInt(first, 16) + at, Buffer.from(units, "hex").swap16().toString("utf16le"));
    });
  }
  return { name: /\/BaseFont \/(?:[A-Z]+\+)?(\S+)/.exec(body)?.[1] ?? "", letters };
}

function linesOf(content: string, fonts: ReadonlyMap<string, Font>, page: number): PdfLine[] {
  return [...content.matchAll(/BT\n([\s\S]*?)\nET/g)].map(([, text = ""]) => {
    const [, name = "", size = "0"] = /\/(F\d+) ([\d.]+) Tf/.exec(text) ?? [];
    const font = fonts.get(name);
    const shown = [...text.matchAll(/\[([^\]]*)\] TJ/g)].map(([, list = ""]) => list).join("");
    const codes = [...shown.matchAll(/<([0-9a-f]*)>/gi)].flatMap(([, hex = ""]) => hex.match(/.{4}/g) ?? []);
    const letters = codes.map((code) => font?.letters.get(Number.parseInt(code, 16)) ?? "\u0000");
    return { page, text: letters.join(""), font: font?.name ?? "", size: Number(size) };
  });
}
