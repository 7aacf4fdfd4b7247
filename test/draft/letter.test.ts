import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanAnswer } from "../../src/draft/answer.ts";
import { Form } from "../../src/draft/form.ts";
import { plainText } from "../../src/draft/plain-text.ts";
import { FORM_IDS, fullAnswers, ownForms } from "./own-letters.ts";

const { forms, write } = await ownForms();
const formOf = (id: string) => forms.find(({ form }) => form === id) ?? Form.parse({});

function text(form: string, answers: Record<string, string>, place?: string): string {
  const letter = write({ form, answers, place });
  if (letter === null) throw new Error(`there is no form ${form}`);
  return plainText(letter);
}

describe.each(FORM_IDS)("%s", (id) => {
  test("asks five to nine things, each of which the letter shows", () => {
    const { fields } = formOf(id);
    expect(fields.length).toBeGreaterThanOrEqual(5);
    const answers = fullAnswers(formOf(id));
    const letter = text(id, answers);
    for (const { id: field, kind, says } of fields) {
      expect(letter).toContain(kind === "yes-no" ? says?.yes : answers[field]);
    }
  });

  test("says nothing of a person's who answered nothing, and leaves room to write", () => {
    const letter = text(id, {});
    expect(letter).not.toMatch(/undefined|\{\{|null/);
    expect(letter.match(/\.{30}/g)?.length).toBeGreaterThan(8);
    expect(letter).toContain("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc");
  });

  test("is composed Unicode without a phone number", () => {
    const letter = text(id, fullAnswers(formOf(id)), "06652");
    expect(letter).toBe(letter.normalize("NFC"));
    expect(letter).not.toMatch(/\d{8}/);
  });
});

test("a letter goes to the office of the place, by its official name", () => {
  expect(text("no-contact", {}, "06652")).toContain(
    "Kính gửi: Chủ tịch Ủy ban nhân dân phường Hà Tu, tỉnh Quảng Ninh\n",
  );
  expect(text("denunciation", {}, "06652")).toContain("Kính gửi: Công an phường Hà Tu, tỉnh Quảng Ninh\n");
  expect(text("legal-aid", {}, "06652")).toContain("Trung tâm Trợ giúp pháp lý nhà nước tỉnh Quảng Ninh\n");
  expect(text("legal-aid", {}, "06652")).toMatch(/\n\nHà Tu, ngày \.+ tháng \.+ năm 20\.+\n/);
});

test("where only the province, or nothing, is known, dots stand for the rest", () => {
  expect(text("denunciation", {}, "22")).toMatch(/Công an xã \(phường, đặc khu\) \.+, tỉnh Quảng Ninh\n/);
  expect(text("denunciation", {}, "gone")).toMatch(/Công an xã \(phường, đặc khu\) \.+, tỉnh \(thành phố\) \.+\n/);
});

test("a story keeps its paragraphs below its heading", () => {
  expect(text("denunciation", { what: "Một.\nHai." })).toContain("Nội dung sự việc:\n\nMột.\n\nHai.\n\n");
});

test("a form that does not exist gives no letter", () => {
  expect(write({ form: "gone", answers: {}, place: undefined })).toBeNull();
});

describe("a typed answer", () => {
  test.each([
    { name: "decomposed", typed: "Nguyễn Thị Ánh".normalize("NFD"), clean: "Nguyễn Thị Ánh" },
    { name: "with controls", typed: "a\u0000b\u0007c\u009fd\ufffe", clean: "abcd" },
    { name: "with pictures", typed: "sợ 😭👩‍👧 lắm 🇻🇳 ✌🏽!", clean: "sợ lắm !" },
    { name: "written against the direction", typed: "\u202eabc\u202c \u200f\u2066x\u2069", clean: "abc x" },
    { name: "of markup", typed: "<w:t>&amp;]]></w:t> %PDF", clean: "<w:t>&amp;]]></w:t> %PDF" },
    { name: "with piled marks", typed: `b${"\u0325\u0336".repeat(50)}`, clean: "b" },
    { name: "in lines", typed: " một \r\n\r\n\t hai\u2028ba ", clean: "một\nhai\nba" },
    { name: "with half a letter", typed: "x\ud83dy", clean: "xy" },
    { name: "of blanks alone", typed: " \t\u00a0\u3000\n\u200b ", clean: "" },
    { name: "in another script", typed: "김철수 ភាសា", clean: "김철수 ភាសា" },
  ])("$name comes out printable", ({ typed, clean }) => {
    expect(cleanAnswer(typed, 300)).toEqual({ text: clean, cut: false });
  });

  test("that is too long is cut between letters, and says so", () => {
    expect(cleanAnswer("𠀀".repeat(10), 7)).toEqual({ text: "𠀀𠀀𠀀", cut: true });
  });

  test("of any kind is composed, has no control but line ends, fits, and is not changed by cleaning again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), fc.integer({ min: 1, max: 80 }), (typed, most) => {
        const { text: clean } = cleanAnswer(typed, most);
        expect(clean).toBe(clean.normalize("NFC"));
        expect(clean).not.toMatch(/[^\P{C}\n]/u);
        expect(clean.length).toBeLessThanOrEqual(most);
        expect(cleanAnswer(clean, most).text).toBe(clean);
      }),
    );
  });
});

test.each([
  { name: "a name nobody asks for", change: { body: ["{{a}} {{b}}"] }, says: "no question gives {{b}}" },
  { name: "an answer nobody shows", change: { body: ["x"] }, says: "nothing shows the answer to a" },
  { name: "a long answer inside a paragraph", change: { body: ["{{a}}."] }, says: "end of its paragraph" },
])("a form with $name is refused", ({ change, says }) => {
  const both = { vi: "x", en: "x" };
  const form = {
    ...{ form: "f", order: 1, name: both, title: "X", to: "Y", enclosures: [], statements: [], body: ["{{a}}"] },
    fields: [{ id: "a", kind: "long", name: both, question: both }],
  };
  expect(Form.safeParse(form).success).toBe(true);
  expect(Form.safeParse({ ...form, ...change }).error?.message).toContain(says);
});
