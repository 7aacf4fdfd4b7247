import type { Localized } from "../flow/ids.ts";
import type { QuestionView } from "../flow/world.ts";
import type { Question, Quiz } from "./quiz.ts";

/** A quiz as a flow plays it. */
export function quizView(quiz: Quiz): { readonly title: Localized; readonly questions: readonly QuestionView[] } {
  return { title: quiz.title, questions: quiz.questions.map(questionView) };
}

/** A question as a flow asks it: the right answer first; the flow shuffles. */
export function questionView({ id, text, right, wrong, why, source, help }: Question): QuestionView {
  return { id, text, answers: [right, ...wrong], why, source, help };
}
