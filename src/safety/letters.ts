/** What one letter is without its marks. `tone` is 0 for none, otherwise 1 to 5. */
export interface Letter {
  /** Without any mark: `a` for ậ. */
  readonly bare: string;
  /** With circumflex, breve, horn or stroke, without tone: `â` for ậ. */
  readonly hat: string;
  readonly tone: number;
}

const TONES = "\u0301\u0300\u0309\u0303\u0323";
const MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";

function describe(letter: string): Letter {
  const [base = letter, ...marks] = letter.normalize("NFD");
  const tone = marks.map((mark) => TONES.indexOf(mark) + 1).find((found) => found > 0) ?? 0;
  const hats = marks.filter((mark) => !TONES.includes(mark)).join("");
  return { bare: base === "đ" ? "d" : base, hat: (base + hats).normalize("NFC"), tone };
}

/** The marked letters of Vietnamese, lower case and composed, by code. */
export const LETTERS: ReadonlyMap<number, Letter> = new Map(
  Array.from(MARKED.normalize("NFC"), (letter) => [letter.charCodeAt(0), describe(letter)]),
);
