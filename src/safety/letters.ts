/** What the reader does with a character. */
export const SEPARATOR = 0;
export const LETTER = 1;
export const DIGIT = 2;
/** Ends a sentence. */
export const STOP = 3;
/** Left out: `don't` is one word. */
export const SILENT = 4;
/** Might become another character when composed: the text has to be normalized before it is read. */
export const UNSETTLED = 5;

const KIND_BITS = 0x7;
const TONE_SHIFT = 3;
const BARE_SHIFT = 6;
const HAT_SHIFT = 14;

const TONES = "\u0301\u0300\u0309\u0303\u0323";
const MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";

/** What is to know of every UTF-16 code unit, in one number: `kindOf`, `toneOf`, `bareOf`, `hatOf` read it. */
export const CHARACTERS: Uint32Array = describeAll();

export function kindOf(character: number): number {
  return character & KIND_BITS;
}

/** 0: none, or 1 to 5. */
export function toneOf(character: number): number {
  return (character >> TONE_SHIFT) & 0x7;
}

/** The letter in lower case without any mark, or the digit. */
export function bareOf(character: number): number {
  return (character >> BARE_SHIFT) & 0xff;
}

/** The letter in lower case with circumflex, breve, horn and stroke, without tone. */
export function hatOf(character: number): number {
  return character >>> HAT_SHIFT;
}

function describeAll(): Uint32Array {
  const all = new Uint32Array(0x10000);
  all.fill(UNSETTLED, 0x300);
  // Dashes and quotes; scripts without case or marks; halves of emoji. No mark can change these.
  all.fill(SEPARATOR, 0x2010, 0x2028);
  all.fill(SEPARATOR, 0x3040, 0xd800);
  all.fill(SEPARATOR, 0xd83c, 0xe000);
  for (const digit of "0123456789") {
    const code = digit.charCodeAt(0);
    all[code] = DIGIT | (code << BARE_SHIFT) | (code << HAT_SHIFT);
  }
  for (const stop of ".!?;\n\u2026") all[stop.charCodeAt(0)] = STOP;
  for (const silent of "'\u2019") all[silent.charCodeAt(0)] = SILENT;
  for (const letter of `abcdefghijklmnopqrstuvwxyz${MARKED.normalize("NFC")}`) {
    all[letter.charCodeAt(0)] = describe(letter);
    all[letter.toUpperCase().charCodeAt(0)] = describe(letter);
  }
  return all;
}

function describe(letter: string): number {
  const [base = letter, ...marks] = letter.normalize("NFD");
  const hats = marks.filter((mark) => !TONES.includes(mark)).join("");
  const hat = (base + hats).normalize("NFC").charCodeAt(0);
  const bare = (base === "đ" ? "d" : base).charCodeAt(0);
  const tone = marks.map((mark) => TONES.indexOf(mark) + 1).find((found) => found > 0) ?? 0;
  return LETTER | (tone << TONE_SHIFT) | (bare << BARE_SHIFT) | (hat << HAT_SHIFT);
}
