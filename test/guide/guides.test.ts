import { expect, test } from "vitest";
import { Guide } from "../../src/guide/guide.ts";
import { createGuides } from "../../src/guide/guides.ts";
import { Statement } from "../../src/guide/statement.ts";

const text = { vi: "Chữ", en: "Words" };

function statement(id: string, source: string, status: "ok" | "verify" = "ok"): Statement {
  return Statement.parse({ id, area: "law", text, source, as_of: "2026-11-21", confidence: "H", status });
}

function guide(id: string, order: number, statements: readonly string[]): Guide {
  const sections = { now: { text, statements } };
  return Guide.parse({ guide: id, kind: "report", title: { vi: id, en: id }, need: "legal", order, sections });
}

const {
  statement: fact,
  section,
  list,
} = createGuides(
  [guide("late", 20, ["known"]), guide("early", 10, ["known", "unsure"]), guide("lost", 10, ["known", "gone"])],
  [statement("known", "Luật A, Điều 1"), statement("unsure", "Luật B", "verify")],
);

test("a statement is shown with its source", () => {
  expect(fact("known")).toEqual({ kind: "fact", text, sources: ["Luật A, Điều 1"] });
});

test("a statement that waits for verification, or does not exist, is not shown", () => {
  expect(fact("unsure")).toBeUndefined();
  expect(fact("gone")).toBeUndefined();
});

test("a section is shown with the sources it leans on", () => {
  expect(section("late", "now")).toEqual({ kind: "fact", text, sources: ["Luật A, Điều 1"] });
});

test("a section that cites an unverified or unknown statement is not shown", () => {
  expect(section("early", "now")).toBeUndefined();
  expect(section("lost", "now")).toBeUndefined();
});

test("a section or guide that does not exist gives nothing", () => {
  expect(section("late", "who")).toBeUndefined();
  expect(section("late", "toString")).toBeUndefined();
  expect(section("nowhere", "now")).toBeUndefined();
});

test("guides are listed by order, then by id", () => {
  expect(list("report").map(({ id }) => id)).toEqual(["early", "lost", "late"]);
  expect(list("safety")).toEqual([]);
});
