import { expect, test } from "vitest";
import { createNamedUnits } from "../../src/directory/named-unit.ts";
import { createUnits } from "../../src/directory/units.ts";
import { shippedPlaces } from "./content.ts";

const places = shippedPlaces();
const named = createNamedUnits(places);
const unitsOf = createUnits(places);

test("every commune and province is found by its full name, with and without marks around it", () => {
  const types: Readonly<Record<string, string>> = { ward: "Phường", commune: "Xã", "special-zone": "Đặc khu" };
  const missed = places.communes.flatMap(({ code, names, type, province }) => {
    const outer = unitsOf(province)?.province.names.vi ?? "";
    const texts = [`${types[type] ?? ""} ${names.vi}, ${outer}`, `${names.vi} (${outer})`];
    return texts.filter((text) => named(text) !== code);
  });
  expect(missed).toEqual([]);
  for (const { code, names, full_name: full } of places.provinces.provinces) {
    expect([names.vi, names.en, full].map(named)).toEqual([code, code, code]);
  }
});

test.each([
  ["phuong ba dinh, ha noi", "00004"],
  ["TP Hà Nội", "01"],
  ["Ba Đình", undefined],
  ["chợ Đồng Xuân, Hà Nội", undefined],
  ["Ba Đình, Hà Nội, Thanh Hóa", undefined],
  ["", undefined],
])("%j is %s: a part of a province that nobody knows is never the whole province", (text, code) => {
  expect(named(text)).toBe(code);
});
