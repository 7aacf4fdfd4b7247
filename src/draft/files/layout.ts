/**
 * Decree 30/2020/NĐ-CP on official papers, annex I: A4, sizes 13 and 14, an edge of 30 mm on the left and 20 mm
 * elsewhere, the first line of a paragraph set in, page numbers in the upper edge from the second page on.
 */
export const LAYOUT = {
  /** Millimetres. */
  page: { width: 210, height: 297 },
  edge: { left: 30, right: 20, top: 20, bottom: 20 },
  pageNumberTop: 10,
  indent: 10,
  /** Points. */
  nation: 13,
  text: 14,
  enclosures: 12,
  between: 6,
  /** Room for a signature. */
  signature: 70,
  /** "Độc lập - Tự do - Hạnh phúc" in bold 14 point Times New Roman: the line below it is as wide. */
  mottoWidth: 171,
  /** Times the size of the letters. */
  lineHeight: 1.25,
} as const;

/** Neutral: whoever sees the document's properties learns nothing. */
export const DOCUMENT_TITLE = "Đơn";

export const POINTS_PER_MM = 72 / 25.4;
