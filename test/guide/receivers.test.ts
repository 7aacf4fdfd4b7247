import { expect, test } from "vitest";
import { createUnits } from "../../src/directory/units.ts";
import { createGuides } from "../../src/guide/guides.ts";
import { createReceivers, receiverNames } from "../../src/guide/receivers.ts";
import { shippedPlaces } from "../directory/content.ts";
import { guides, receivers, statements } from "./content-files.ts";

const places = shippedPlaces();
const name = createReceivers(receivers, createUnits(places));

function named(id: string, place?: string) {
  return name({ vi: `{{${id}}}`, en: `{{${id}}}` }, place);
}

const code = (commune: string, province: string) =>
  places.communes.find((it) => it.names.vi === commune && it.province === province)?.code;

test.each([
  ["commune-police", code("Bến Thành", "79"), "Công an phường Bến Thành"],
  ["commune-committee", code("Bến Thành", "79"), "Ủy ban nhân dân phường Bến Thành"],
  ["commune-police", code("A Lưới 1", "46"), "Công an xã A Lưới 1"],
  ["womens-union", code("Phú Quốc", "91"), "Hội Liên hiệp Phụ nữ đặc khu Phú Quốc"],
  ["commune-police", code("1 Bảo Lộc", "68"), "Công an Phường 1 Bảo Lộc"],
  ["province-police", code("Bến Thành", "79"), "Công an Thành phố Hồ Chí Minh"],
  ["province-police", "79", "Công an Thành phố Hồ Chí Minh"],
  ["cyber-police", "48", "Phòng an ninh mạng của Công an thành phố Đà Nẵng"],
  ["home-affairs", "66", "Sở Nội vụ tỉnh Đắk Lắk"],
  ["legal-aid", "01", "Trung tâm Trợ giúp pháp lý nhà nước thành phố Hà Nội"],
  ["here", code("Bến Thành", "79"), "phường Bến Thành, Thành phố Hồ Chí Minh"],
  ["home", "66", "tỉnh Đắk Lắk"],
  ["commune-police", "79", "Công an xã, phường"],
  ["commune-police", undefined, "Công an xã, phường"],
  ["here", undefined, "nơi xảy ra chuyện"],
  ["home", undefined, "nơi bạn đang ở"],
  ["village-head", "79", "Trưởng thôn, tổ trưởng tổ dân phố"],
])("%s at %s is %s", (id, place, expected) => {
  expect(named(id, place).vi).toBe(expected);
});

test("an English name carries the Vietnamese one, to be shown", () => {
  expect(named("commune-police", code("Bến Thành", "79")).en).toBe(
    "the police of Ben Thanh ward (Công an phường Bến Thành)",
  );
  expect(named("here", code("Bến Thành", "79")).en).toBe("Ben Thanh ward, Ho Chi Minh City");
});

test("a code that does not exist any more is a place that is not known", () => {
  expect(named("commune-police", "99999")).toEqual(named("commune-police"));
});

test("a name that nobody knows stays as it is written", () => {
  expect(named("nobody", "79").vi).toBe("{{nobody}}");
});

test("every receiver has a well-formed name in every commune and province", () => {
  const codes = [...places.communes, ...places.provinces.provinces].map((it) => it.code);
  expect(codes).toHaveLength(3321 + 34);
  const odd = codes.flatMap((place) =>
    receiverNames(receivers)
      .map((id) => named(id, place))
      .filter(({ vi, en }) => !isWellFormed(vi) || !isWellFormed(en) || TYPE_TWICE.test(vi) || TYPE_ODD.test(vi)),
  );
  expect(odd).toEqual([]);
});

/** The word for the type stands once, and its capital only where it is part of the name. */
const TYPE_TWICE = /(xã|phường|đặc khu|tỉnh|thành phố) \1/iu;
const TYPE_ODD = /(?:^|[^,]) (?:Xã|Tỉnh|Đặc khu|Phường (?!\d)|Thành phố (?!Hồ Chí Minh))/u;

function isWellFormed(text: string): boolean {
  return text === text.normalize("NFC") && !/[{}]|undefined|^\s|\s$| {2}|\(\)/.test(text);
}

/** An English text carries each Vietnamese name as well. */
const LONGEST = { vi: 520, en: 610 };

test("every section fits its screen at the place with the longest names, and has no gap left", () => {
  const { section } = createGuides(guides, statements, name);
  const longest = [...places.communes].sort((a, b) => b.names.vi.length - a.names.vi.length).slice(0, 3);
  for (const place of [undefined, "79", ...longest.map((it) => it.code)]) {
    for (const { guide, sections } of guides.filter((it) => it.kind === "report")) {
      for (const id of Object.keys(sections)) {
        const part = section(guide, id, place);
        const text = part?.kind === "fact" ? part.text : { vi: "{{", en: "{{" };
        expect(`${text.vi}${text.en}`, `${guide}.${id}`).not.toContain("{{");
        expect(text.vi.length, `${guide}.${id} at ${place}`).toBeLessThanOrEqual(LONGEST.vi);
        expect(text.en.length, `${guide}.${id} at ${place}`).toBeLessThanOrEqual(LONGEST.en);
      }
    }
  }
});
