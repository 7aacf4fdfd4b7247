import { expect, test } from "vitest";
import { citations } from "../../src/guide/sources.ts";

test("each work is named once, with all its articles and without their paragraphs", () => {
  expect(
    citations(["Luật A, Điều 25 khoản 2", "Luật A, Điều 25 khoản 1; Nghị định B, Điều 7 và 8", "Luật A, Điều 9"]),
  ).toEqual(["Luật A, Điều 9, 25", "Nghị định B, Điều 7, 8"]);
});

test("articles come first, then numbered texts, then pages, each in the order cited", () => {
  const page = "tongdai111.vn";
  const decree = "Nghị định 76/2023/NĐ-CP";
  expect(citations([page, decree, "Luật C, Điều 9"])).toEqual(["Luật C, Điều 9", decree, page]);
});

test("among equals the work cited more often comes first", () => {
  expect(citations(["a", "b", "b; c"])).toEqual(["b", "a", "c"]);
});

test("at most three works are named", () => {
  expect(citations(["a; b", "c", "d"])).toEqual(["a", "b", "c"]);
});

test("a law whose name has a comma stays whole", () => {
  const law = "Luật Phòng, chống bạo lực gia đình 2022";
  expect(citations([`${law}, Điều 19`, law])).toEqual([`${law}, Điều 19`]);
});
