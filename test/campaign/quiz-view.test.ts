import { expect, test } from "vitest";
import { Quiz } from "../../src/campaign/quiz.ts";
import { quizView } from "../../src/campaign/quiz-view.ts";

const both = (text: string) => ({ vi: text, en: text });
const question = (id: string, help: boolean) => ({
  id,
  text: both("which?"),
  right: both("this"),
  wrong: [both("that"), both("those")],
  why: both("because"),
  source: "book",
  confidence: "H",
  help,
});

test("a view puts the right answer first and keeps source and help, not the editors' notes", () => {
  const questions = [question("one", true), question("two", false), question("three", false)];
  const view = quizView(Quiz.parse({ quiz: "sample", title: both("Sample"), intro: both("Hello"), questions }));
  expect(view.title).toEqual(both("Sample"));
  expect(view.questions.map(({ id }) => id)).toEqual(["one", "two", "three"]);
  expect(view.questions[0]).toEqual({
    id: "one",
    text: both("which?"),
    answers: [both("this"), both("that"), both("those")],
    why: both("because"),
    source: "book",
    help: true,
  });
});
