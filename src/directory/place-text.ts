import { fold } from "../language/fold.ts";

/** A word of what somebody typed. */
export interface Word {
  /** Folded. */
  readonly plain: string;
  /** Lower case with its marks, the tone mark moved to the end, so that "hoà" and "hòa" are equal; đắk, đăk, đắc are one. */
  readonly toned: string;
  /** True when the word carries any mark. */
  readonly marked: boolean;
  /** True when a comma or another stop stands before it. */
  readonly starts: boolean;
}

/** Longer answers are cut: a place is named in few words. */
const MAX_WORDS = 40;
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const WORD = /[\p{L}\p{N}\p{M}]+|[,;:!?()\n]+|\. /gu;

/** Splits typed text into words; "q7" becomes "q" and "7". */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let starts = true;
  for (const [token] of text.normalize("NFC").matchAll(WORD)) {
    if (words.length >= MAX_WORDS) break;
    if (!/[\p{L}\p{N}]/u.test(token)) starts = true;
    else {
      for (const part of token.match(/^(?:q|p|f|h|x|tx|tp|ap|quan|phuong)(?=\d+$)|\d+$|.+/giu) ?? []) {
        words.push(word(part, starts));
        starts = false;
      }
    }
  }
  return words;
}

/** The words of a name as the index keeps them. */
export function tonedWords(name: string): string[] {
  return wordsOf(name).map((w) => w.toned);
}

/** Folded letters and digits only: "Bà Rịa - Vũng Tàu" is "bariavungtau". Leading zeros of numbers go. */
export function keyOf(name: string): string {
  return joined(wordsOf(name));
}

export function joined(words: readonly Word[]): string {
  return words.map((w) => (/^\d+$/.test(w.plain) ? w.plain.replace(/^0+(?=\d)/, "") : w.plain)).join("");
}

function word(part: string, starts: boolean): Word {
  const lower = part.toLowerCase();
  const plain = fold(lower);
  const toned = plain === "dak" || plain === "dac" ? "dak" : tonesLast(lower);
  return { plain, toned, marked: plain !== lower, starts };
}

function tonesLast(lower: string): string {
  const open = lower.normalize("NFD");
  const tones = open.match(TONES)?.join("") ?? "";
  return `${open.replace(TONES, "").normalize("NFC")}${tones}`;
}

/** Spellings that sound alike in some region: tr/ch, s/x, d/gi/z/r, y/i, c/k, n/ng, t/c at the end. */
export function soundOf(key: string): string {
  return key
    .replace(/tr/g, "ch")
    .replace(/ngh/g, "ng")
    .replace(/gh/g, "g")
    .replace(/gi(?=[aeou])|z|r/g, "d")
    .replace(/x/g, "s")
    .replace(/y/g, "i")
    .replace(/ph|f/g, "f")
    .replace(/k|q/g, "c")
    .replace(/w/g, "u");
}

/** True when one letter was added, left out, changed or swapped with its neighbour. */
export function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return a === b;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [x, y] = [a.slice(start), b.slice(start)];
  if (x.length > y.length) return x.slice(1) === y;
  if (y.length > x.length) return y.slice(1) === x;
  return x.slice(1) === y.slice(1) || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
}

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
const MARKED_TYPES = new Set(["tỉnh", "thành", "phố", "thị", "xã", "quận", "huyện", "phường", "trấn", "đặc", "khu"]);
const MARKED_TONED = new Set([...MARKED_TYPES].flatMap(tonedWords));

/** The type word that begins at `at`, and how many words it takes. */
export function typeWordAt(words: readonly Word[], at: number): { type: UnitType; length: number } | undefined {
  for (const length of [2, 1]) {
    const part = words.slice(at, at + length);
    const type = TYPE_WORDS[part.map((w) => w.plain).join(" ")];
    const right = part.every((w) => !w.marked || MARKED_TONED.has(w.toned));
    if (part.length === length && type !== undefined && right) return { type, length };
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
`);

/** Words that put the name after them on a street, not in a place of that name. */
export const STREET = setOf("duong pho ngo ngach hem quoc lo ql dl street st");

/** Words for parts of a commune. */
export const PARTS = setOf("ap thon to ban lang xom doi kp khu pho buon soc bon");

/** Words that make the name after them the place somebody is from. */
export const HOME = setOf("que goc nguyen quan sinh hometown");

/** Words that make the name after them the place somebody is in now. */
export const PRESENT = setOf("dang hien o tai tro thue song lam ben gan in at now live living near");

/** Whole answers that are also names of small communes but hardly ever mean them. */
export const NOT_PLACES = setOf("dongy antoan antam binhyen tudo thanhcong hanhphuc hoptac doclap dangky hyvong");
