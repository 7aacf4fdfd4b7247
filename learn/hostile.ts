/** Texts made to be slow or to break a reader: random characters, endless words, marks upon marks, many half matches. */
export function hostileText(random: () => number, longest = 10_000): string {
  const length = 1 + Math.floor(random() ** 3 * longest);
  const make = MAKERS[Math.floor(random() * MAKERS.length)];
  return make === undefined ? "" : make(random, length).slice(0, length);
}

type Maker = (random: () => number, length: number) => string;

const WORDS =
  "chồng đánh em dao giết bóp cổ không con ba mẹ nó dọa tung ảnh ck ko dc danh chong em no giet dap cua cuu voi toi bi muon chet the my he me kill help 14 t lop <15> = ( | ) . ! …".split(
    " ",
  );

const pick = (random: () => number, from: readonly string[]) => from[Math.floor(random() * from.length)] ?? "";

function fill(length: number, piece: () => string): string {
  const pieces: string[] = [];
  for (let done = 0; done < length; ) {
    const next = piece();
    pieces.push(next);
    done += Math.max(1, next.length);
  }
  return pieces.join("");
}

const MAKERS: readonly Maker[] = [
  (random, length) => fill(length, () => String.fromCharCode(Math.floor(random() * 0x1_0000))),
  (random, length) => fill(length, () => String.fromCodePoint(0x20 + Math.floor(random() * 0x1_f600))),
  (random, length) => fill(length, () => `${pick(random, WORDS)} `),
  (random, length) => fill(length, () => pick(random, WORDS)),
  (random, length) => pick(random, ["a", "đ", "ấ", "́", "1", "dd", "1a", "=", "…", " ", "\n"]).repeat(length),
  (random, length) => `${pick(random, WORDS)} `.repeat(Math.ceil(length / 2)),
  (random, length) => fill(length, () => `a${"\u0301\u0323\u0302".repeat(1 + Math.floor(random() * 9))}`),
  (random, length) => fill(length, () => `${pick(random, WORDS)} `).normalize("NFD"),
  (random, length) => fill(length, () => pick(random, ["ddaapj ", "cuwar ", "uwow", "aw", "ff "])),
  (random, length) => fill(length, () => pick(random, ["\u202e", "\u200b", "\ud83d", "\udc4d", "𝗵", "ｅ", "\0", "<b>"])),
];
