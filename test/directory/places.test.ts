import { expect, test } from "vitest";
import { parseCommunes, parseFormerUnits } from "../../src/directory/place-data.ts";
import { createPlaces } from "../../src/directory/places.ts";
import { shippedPlaces } from "./content.ts";

const data = shippedPlaces();
const places = createPlaces(data);

/** A province or commune code, `none`, or the candidates. */
function resolved(text: string): string {
  const answer = places.resolve(text);
  if (answer.kind === "found") return answer.code;
  return answer.kind === "none" ? "none" : answer.candidates.map((c) => c.code).join(" ");
}

test("holds 34 provinces, 63 former ones, 3,321 communes and 15,075 former rows", () => {
  const { provinces } = data.provinces;
  expect(provinces).toHaveLength(34);
  expect(provinces.flatMap((p) => p.former)).toHaveLength(63);
  expect(data.communes).toHaveLength(3_321);
  expect(data.formerUnits()).toHaveLength(15_075);
});

test("points from every row to a commune and province that exist", () => {
  const codes = new Set(data.communes.map((c) => c.code));
  const provinces = new Set(data.provinces.provinces.map((p) => p.code));
  expect(data.communes.filter((c) => !provinces.has(c.province))).toEqual([]);
  expect(data.formerUnits().filter((u) => u.commune !== "" && !codes.has(u.commune))).toEqual([]);
  expect(data.formerUnits().filter((u) => !provinces.has(u.province))).toEqual([]);
});

test("says which line of a damaged file is wrong", () => {
  expect(() => parseCommunes("code,name_vi,name_en,type,province_code\n00004,Ba Đình")).toThrow(/line 2/);
  expect(() => parseFormerUnits("level\n")).toThrow(/first line/);
});

test.each([
  ["Hà Nội", "01"],
  ["Ha\u0300 No\u0323\u0302i", "01"],
  ["em ở chỗ Yên Phong", "24"],
  ["tp.hcm", "79"],
  ["p5 q3", "27154"],
  ["mỹ đình", "01"],
  ["hải phog", "31"],
  ["Đăk Nông", "68"],
  ["quê Thái Bình, đang trọ ở Hà Nội", "01"],
  ["từ Nghệ An vào Bình Dương làm", "79"],
  ["xã Tân Lập huyện Mộc Châu", "03997"],
  ["thôn Đoài xã Nam Hồng huyện Đông Anh", "00466"],
])("takes %s for %s", (text, code) => {
  expect(resolved(text)).toBe(code);
});

test("lets the highest level that has the name decide, and a second name or type word narrow it", () => {
  expect(resolved("Sơn Tây")).toBe("01 51");
  expect(resolved("Sơn Tây, Hà Nội")).toBe("01");
  expect(resolved("tx Sơn Tây")).toBe("01");
  expect(resolved("Phú Ninh")).toBe("48");
  expect(resolved("phu ninh")).toBe("25 48");
});

test.each(["", "không muốn nói", "ở nhà một mình", "đồng ý", "Hàn Quốc", "chưa biết", "😀", "123"])(
  "takes %j for no place",
  (text) => {
    expect(resolved(text)).toBe("none");
  },
);

test("offers only provinces when a region or a bare number was typed", () => {
  expect(resolved("Tây Nguyên")).toBe("51 52 66 68");
  expect(resolved("ấp 2").split(" ")).toHaveLength(34);
});

test("names provinces and communes, and their province", () => {
  expect(places.name("79")).toEqual({ vi: "Hồ Chí Minh", en: "Ho Chi Minh City" });
  expect(places.name("00004")).toEqual({ vi: "Ba Đình (Hà Nội)", en: "Ba Dinh (Ha Noi)" });
  expect(places.name("99999")).toBeUndefined();
  expect(places.provinceOf("00004")).toBe("01");
  expect(places.provinceOf("01")).toBe("01");
  expect(places.provinceOf("99")).toBeUndefined();
});

test.each([
  [21.03, 105.85, "01"],
  [10.78, 106.7, "79"],
  [16.5, 112, "48"],
  [8.65, 111.92, "56"],
  [10.22, 103.96, "91"],
  [48.85, 2.35, "none"],
  [Number.NaN, 105, "none"],
])("puts %d, %d near %s", (latitude, longitude, code) => {
  const answer = places.nearest(latitude, longitude);
  expect(answer.kind === "found" ? answer.code : answer.kind).toBe(code);
});

test("asks between two provinces near their border", () => {
  const answer = places.nearest(10.28, 106.38);
  expect(answer.kind === "ambiguous" && answer.candidates.map((c) => c.code)).toEqual(["86", "82"]);
});
