import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withoutContacts } from "../../src/language/contacts.ts";
import { fold, foldWords } from "../../src/language/fold.ts";
import { createTexts } from "../../src/language/texts.ts";

describe("folding", () => {
  test("reads every way of typing a word as one", () => {
    for (const typed of ["Đắk Lắk", "đắk  lắk", "DAK LAK", "Đắk Lắk".normalize("NFD"), " dak lak "]) {
      expect(fold(typed)).toBe("dak lak");
    }
    expect(foldWords("«Giúp tôi!!!» 😢")).toBe("giup toi");
  });

  test("twice changes nothing more, and both Unicode forms are one", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
        expect(foldWords(foldWords(text))).toBe(foldWords(text));
        expect(fold(text.normalize("NFD"))).toBe(fold(text.normalize("NFC")));
      }),
    );
  });
});

describe("a proposal", () => {
  test("goes without phone numbers, identity numbers and addresses", () => {
    expect(withoutContacts("Gọi tôi 0912 345 678 hoặc a.b@thu.vn, CCCD 001088012345")).toBe(
      "Gọi tôi […] hoặc […] CCCD […]",
    );
  });

  test("keeps dates, times, prices and short numbers", () => {
    const text = "Ngày 25/11/2026 lúc 19:30, 111 giúp trẻ em, quỹ 2.500.000 đồng";
    expect(withoutContacts(text)).toBe(text);
  });
});

describe("texts", () => {
  const say = createTexts(
    {
      vi: new Map([["a.b.text", "Chào {{name}} từ {{operator}} & <b>"]]),
      en: new Map([["a.b.text", "Hello {{name}} from {{operator}}"]]),
    },
    { operator: { vi: "Xã A", en: "Commune A" }, operator_hours: { vi: "8–17", en: "8–17" } },
  );

  test("come in the language asked for, with values and the operator, as plain text", () => {
    expect(say({ key: "a.b.text", params: { name: "bạn" } }, "vi")).toBe("Chào bạn từ Xã A & <b>");
    expect(say({ key: "a.b.text", params: { name: { vi: "bạn", en: "you" } } }, "en")).toBe("Hello you from Commune A");
    expect(say({ vi: "một", en: "one" }, "en")).toBe("one");
  });

  test("that contain marks of another value are not read twice", () => {
    expect(say({ key: "a.b.text", params: { name: "{{operator}}" } }, "en")).toContain("{{operator}}");
  });

  test("that do not exist come out as their key", () => {
    expect(say({ key: "a.gone.text" }, "vi")).toBe("a.gone.text");
  });
});
