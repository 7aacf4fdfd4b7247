import type { Quiz } from "./quiz.ts";
import { FIRST_DAY } from "./tip-order.ts";
import { daysBetween } from "./vietnam-day.ts";

/**
 * The quiz of a day (`YYYY-MM-DD` in Viet Nam): the same for everybody, none twice before all have had their day.
 * Undefined when there are no quizzes.
 */
export function dayOfQuiz(quizzes: readonly Quiz[], day: string): Quiz | undefined {
  const inOrder = [...quizzes].sort((one, other) => one.order - other.order || (one.quiz < other.quiz ? -1 : 1));
  const number = daysBetween(FIRST_DAY, day) % inOrder.length;
  return inOrder.at(number);
}
