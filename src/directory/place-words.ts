import type { Word } from "./place-text.ts";
import { wordsOf } from "./place-text.ts";

export type UnitType = "tinh" | "thanh-pho" | "thi-xa" | "quan" | "huyen" | "xa" | "phuong" | "thi-tran" | "dac-khu";

const TYPE_WORDS: Readonly<Record<string, UnitType>> = {
  tinh: "tinh",
  province: "tinh",
  "thanh pho": "thanh-pho",
  tp: "thanh-pho",
  city: "thanh-pho",
  "thi xa": "thi-xa",
  tx: "thi-xa",
  quan: "quan",
  q: "quan",
  district: "quan",
  dist: "quan",
  huyen: "huyen",
  h: "huyen",
  xa: "xa",
  x: "xa",
  commune: "xa",
  phuong: "phuong",
  p: "phuong",
  f: "phuong",
  ward: "phuong",
  "thi tran": "thi-tran",
  tt: "thi-tran",
  "dac khu": "dac-khu",
};
const MARKED_TYPES = new Set(
  wordsOf("tỉnh thành phố thị xã quận huyện phường trấn đặc khu")
    .filter((w) => w.marked)
    .map((w) => w.toned),
);

/** The type word that begins at `at`, and how many words it takes. */
export function typeWordAt(words: readonly Word[], at: number): { type: UnitType; length: number } | undefined {
  for (const length of [2, 1]) {
    const part = words.slice(at, at + length);
    const type = TYPE_WORDS[part.map((w) => w.plain).join(" ")];
    const right = part.every((w) => !w.marked || MARKED_TYPES.has(w.toned));
    if (part.length === length && type !== undefined && right) return { type, length };
  }
  return undefined;
}

/** The type word right before `start`. */
export function typeBefore(words: readonly Word[], start: number): { type: UnitType; length: number } | undefined {
  for (const length of [2, 1]) {
    const type = start >= length ? typeWordAt(words, start - length) : undefined;
    if (type?.length === length) return type;
  }
  return undefined;
}

const setOf = (words: string) => new Set(words.trim().split(/\s+/));

/** Words around a place name that say nothing about where it is. */
export const NOISE = setOf(`
  a ah ak ai anh ban ben bay bac bai buoi cai can chau chi cho chua chung co con cong cung cu cua cuoi da dang day den di do doi
  em gan gap gio giua he hien hien ha hay hom ho khu khoang kia kcn la lai lam len lop ma mat minh moi mot may nao nay nam ngay ngoai ngu nha
  nhe nhi nhung nua nho o oi oh ong ra roi sau sang song ta tai tam thi the thoi thue thuoc tinh tinhs to toi trai trang tro trong truoc tu tui
  va van vao ve viec viet vn vung voi vs xin xung xuong xom ap thon to ban lang kp pho quanh phia dau doan cao truong nguoi oday
  and at am area from i im in is live living m my near now of side the to vietnam village stay staying currently dia chi que cty ty
  hoac hoc hien dan hoi nguoi sinh goc vua chuyen lon lap xong luc tru thuong khau nghiep or but work working hometown
`);

/** Words that may stand around an abbreviation without giving it another meaning. */
export const POLITE = setOf("a ah ak ban chi anh da em minh ne nha nhe nhi o oi oday toi tui uh vang city");

/** Words that put the name after them on a street, not in a place of that name. */
export const STREET = setOf("duong pho ngo ngach hem kiet quoc lo ql dl street st");

/** Words for parts of a commune. */
export const PARTS = setOf("ap thon to ban lang xom doi kp khu pho buon soc bon khom toa tdp");

/** Last words of what is named after its place: a university, an industrial zone, a bus station. */
export const SITES = setOf("hoc dh vien bv xe bay cang ga cho nghiep kcn kcx ccn ktx xa thi cau lo khach moi");

/** Words of such sites that say nothing about where they are. */
export const SITE_WORDS = setOf(`
  benh vien bv dai hoc dh cao dang san bay ben xe ga tau cang cho cau khu cong nghiep kcn kcx ccn che xuat ktx ky tuc xa
  nha may sieu thi chung cu kdt kh ho nui song bien dao vinh deo thac rung hang nga ba tu vong xoay gan canh sat
`);

/** Words that make the name after them the place somebody is from, or was in before. */
export const HOME = setOf("que goc quan sinh dan hometown from truoc hoi khau thuong");

/** Words that make the name after them the place somebody is in now. */
export const NOW = setOf("gio dang hien now currently");

/** Words that make the name after them a place somebody stays in. */
export const STAY = setOf("o tai tro thue song lam hoc tru in at live living stay staying work working");

/** Words right before the name of a place, by which somebody says where they are. */
export const PRESENT = setOf("dang hien o tai tro thue song lam ben gan in at now live living near tu que dan nguoi");

/** Of these, the ones that let even an abbreviation or an everyday word be a place. */
export const AT = setOf("o tai in at from que ben");

/** Words between two places of which either may be meant. */
export const EITHER = setOf("hoac hay or va and");
