import { dayOfQuiz } from "../campaign/quiz-order.ts";
import { dayOfTip } from "../campaign/tip-order.ts";
import type { Bundle } from "../content/bundle.ts";
import { EXIT_TOKENS, linkToken } from "../flow/input.ts";
import type { Program } from "../flow/program.ts";
import type { Say } from "../language/texts.ts";
import type { PreviewSources } from "./previews.ts";

const EXITS: readonly string[] = Object.values(EXIT_TOKENS);

/** What broadcasts are made from, out of the content. `publicFiles`: networks can fetch files from this server. */
export function createSources(bundle: Bundle, program: Program, say: Say, publicFiles: boolean): PreviewSources {
  return {
    tip: (day, topic) => dayOfTip(bundle.tips, day, topic),
    quiz: (day, id) => {
      const quiz = id === undefined ? dayOfQuiz(bundle.quizzes, day) : bundle.quizzes.find((one) => one.quiz === id);
      return quiz && { id: quiz.quiz, title: quiz.title };
    },
    leads: (payload) => program.payloads.has(payload) || EXITS.includes(linkToken(payload)),
    say,
    publicFiles,
    lockScreen: bundle.wording.lockScreen.words,
  };
}
