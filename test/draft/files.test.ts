import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanAnswer, MOST_UNITS } from "../../src/draft/answer.ts";
import { renderDocx } from "../../src/draft/files/docx.ts";
import { breakLines } from "../../src/draft/files/lines.ts";
import { renderPdf } from "../../src/draft/files/pdf.ts";
import type { Letter } from "../../src/draft/letter.ts";
import { FORM_IDS, fullAnswers, ownForms } from "./own-letters.ts";
import { readPdf } from "./pdf-text.ts";
import { unzip } from "./unzip.ts";

const { forms, write } = await ownForms();

function letterOf(id: string, answers: Record<string, string>, place?: string): Letter {
  const letter = write({ form: id, answers, place });
  if (letter === null) throw new Error(`there is no form ${id}`);
  return letter;
}

function full(id: string): Letter {
  const form = forms.find((one) => one.form === id);
  return letterOf(id, form === undefined ? {} : fullAnswers(form), "06652");
}

const ENTITIES = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** The words of a DOCX, paragraph by paragraph. */
function wordsIn(xml: string): string[] {
  return [...xml.matchAll(/<w:p>([\s\S]*?)<\/w:p>|<w:p\/>/g)].map(([, inside = ""]) =>
    [...inside.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
      .map(([, text = ""]) => text.replace(/&(\w+);/g, (_, name: string) => ENTITIES.get(name) ?? name))
      .join(""),
  );
}

async function docxOf(letter: Letter): Promise<string> {
  return unzip(await renderDocx(letter)).get("word/document.xml") ?? "";
}

const squeezed = (text: string) => text.replace(/\s/g, "");

function wordsOf({ nation, motto, date, title, subject, to, body, enclosures, signer, signHere }: Letter): string[] {
  const list = enclosures === null ? [] : [enclosures.head, ...enclosures.list];
  return [
    nation,
    motto,
    date,
    title,
    subject?.text ?? "",
    to,
    ...body.map(({ text }) => text),
    ...list,
    signer,
    signHere,
  ];
}

describe.each(FORM_IDS)("%s", (id) => {
  test("as DOCX and as PDF says every word of the letter, in its order", async () => {
    const letter = full(id);
    const docx = squeezed(wordsIn(await docxOf(letter)).join(""));
    const pdf = squeezed(
      readPdf(await renderPdf(letter))
        .map(({ text }) => text)
        .join(""),
    );
    const inBody = wordsOf(letter).slice(0, 6 + letter.body.length);
    for (const file of [docx, pdf.replace(/\.{4,}/g, "")]) {
      let at = 0;
      for (const words of inBody.map(squeezed)) {
        const found = file.indexOf(words.replace(/\.{4,}/g, file === docx ? "$&" : ""), at);
        expect([words, found >= at]).toEqual([words, true]);
        at = found;
      }
    }
    for (const words of wordsOf(letter).slice(inBody.length)) {
      expect(docx).toContain(squeezed(words));
      expect(pdf).toContain(squeezed(words));
    }
  });

  test("is laid out as Decree 30/2020 says", async () => {
    const xml = await docxOf(full(id));
    expect(xml).toContain('<w:pgSz w:w="11906" w:h="16838"');
    expect(xml).toMatch(/<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701"/);
    expect(xml).toContain('<w:jc w:val="both"/>');
    expect(xml).toMatch(/<w:ind[^>]* w:firstLine="567"/);
    const [nation = "", motto = ""] = xml.match(/<w:p>[\s\S]*?<\/w:p>/g) ?? [];
    expect(nation).toMatch(/<w:jc w:val="center"\/>[\s\S]*<w:b\/>[\s\S]*<w:sz w:val="26"\/>[\s\S]*CỘNG HÒA/);
    expect(motto).toMatch(/<w:jc w:val="center"\/>[\s\S]*<w:b\/>[\s\S]*Độc lập - Tự do - Hạnh phúc/);
    const lines = readPdf(await renderPdf(full(id)));
    expect(lines.slice(0, 4).map(({ font, size }) => `${font} ${size}`)).toEqual([
      ...["Tinos-Bold 13", "Tinos-Bold 14", "Tinos-Italic 14", "Tinos-Bold 14"],
    ]);
  });
});

test("both files are in Vietnamese and say nothing of a maker, a tool or a time", async () => {
  const letter = full("no-contact");
  const parts = unzip(await renderDocx(letter));
  expect(parts.get("word/styles.xml")).toMatch(
    /Times New Roman[\s\S]*<w:sz w:val="28"\/>[\s\S]*<w:lang w:val="vi-VN"\/>/,
  );
  expect(parts.get("docProps/core.xml")).toMatch(/<dc:title>Đơn<\/dc:title><dc:language>vi-VN<\/dc:language><\/cp:/);
  expect([...parts.values()].join("")).not.toMatch(/dcterms|Un-named|lastModifiedBy|<Application>/);
  const pdf = (await renderPdf(letter)).toString("latin1");
  expect(pdf).toContain("/Lang (vi-VN)");
  expect(pdf).not.toMatch(/Producer|Creator|CreationDate|ModDate|Author|PDFKit/);
  expect(await renderPdf(letter)).toEqual(await renderPdf(letter));
});

test("a story of many pages numbers them from the second, and the signature stands with the last words", async () => {
  const story = Array.from({ length: 60 }, (_, at) => `Đoạn ${at}. ${"Tôi kể lại sự việc. ".repeat(9)}`).join("\n");
  const what = cleanAnswer(story, MOST_UNITS.long).text;
  const lines = readPdf(await renderPdf(letterOf("denunciation", { what })));
  const pages = lines.at(-1)?.page ?? 0;
  expect(pages).toBeGreaterThan(3);
  for (let page = 2; page <= pages; page++) expect(lines.find((line) => line.page === page)?.text).toBe(String(page));
  const last = lines.filter(({ page }) => page === pages).map(({ text }) => text);
  expect(last).toContain("NGƯỜI LÀM ĐƠN");
  expect(last).toContain("Những điều trên đây là đúng theo những gì tôi biết. Tôi xin cảm ơn.");
});

test("what a heading announces stands on its page", async () => {
  for (let length = 0; length < 40; length += 3) {
    const lines = readPdf(
      await renderPdf(letterOf("no-contact", { what: "Một dòng.\n".repeat(length + 1).trim(), harm: "Đau." })),
    );
    const heading = lines.findIndex(({ text }) => text.startsWith("Sức khỏe, tính mạng"));
    expect(lines[heading + 1]).toMatchObject({ page: lines[heading]?.page, text: "Đau." });
  }
});

test.each([
  { name: "10,000 letters without a blank", typed: "ế".repeat(10_000) },
  { name: "markup of both formats", typed: "</w:t></w:r><w:p/> &lt; ]]> \\(x\\) Tj ET endstream endobj <</JS>>" },
  { name: "controls and pictures", typed: "\u0000\u0008\u001b[2J😀👩‍👧\u202eabc\ud800" },
  { name: "scripts the font lacks", typed: "김철수 ភាសាខ្មែរ العربية 中文" },
])("hostile answers stay words: $name", async ({ typed }) => {
  const form = forms.find((one) => one.form === "no-contact");
  if (form === undefined) throw new Error("there is no such form");
  const answers = fullAnswers(form, () => cleanAnswer(typed, 12_000).text);
  const letter = letterOf("no-contact", answers);
  const xml = await docxOf(letter);
  expect(wordsIn(xml).join("\n")).toContain(cleanAnswer(typed, 12_000).text.slice(0, 200));
  expect(xml.match(/<w:sectPr/g)).toHaveLength(1);
  const lines = readPdf(await renderPdf(letter));
  expect(lines.map(({ text }) => text).join("")).not.toContain("\u0000");
  expect(lines.at(-1)?.page).toBeLessThan(40);
});

test("the PDF has dots, to be written by hand, for what its font cannot show", async () => {
  const lines = readPdf(await renderPdf(letterOf("no-contact", { name: "Kim 김철수" })));
  expect(lines.find(({ text }) => text.startsWith("Tôi tên là"))?.text).toBe("Tôi tên là: Kim ..........");
});

test("any answers make both files", async () => {
  const answer = fc.string({ unit: "binary", maxLength: 200 }).map((typed) => cleanAnswer(typed, 300).text || "x");
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...FORM_IDS),
      fc.array(answer, { minLength: 9, maxLength: 9 }),
      async (id, said) => {
        const fields = forms.find((one) => one.form === id)?.fields ?? [];
        const letter = letterOf(id, Object.fromEntries(fields.map((field, at) => [field.id, said[at] ?? ""])));
        const xml = wordsIn(await docxOf(letter)).join("\n");
        for (const words of wordsOf(letter)) expect(xml).toContain(words);
        expect(
          readPdf(await renderPdf(letter))
            .map(({ text }) => text)
            .join(""),
        ).not.toContain("\u0000");
      },
    ),
    { numRuns: 15 },
  );
});

test("lines are full and no longer than the page, whatever is broken", () => {
  const measure = { of: (text: string) => text.length };
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), fc.integer({ min: 5, max: 40 }), (text, width) => {
      const lines = breakLines(text, width, 4, measure);
      expect(squeezed(lines.map((line) => line.text).join(""))).toBe(squeezed(text));
      for (const [at, line] of lines.entries())
        expect(line.text.length).toBeLessThanOrEqual(at === 0 ? width - 4 : width);
    }),
  );
});
