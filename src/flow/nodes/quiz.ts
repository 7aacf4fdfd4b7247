import { z } from "zod";
import { Target, Value } from "../ids.ts";

/** Runs a whole quiz: question, answer, explanation with source, score. Sets `score` and `total`. */
export const QuizNode = z.strictObject({
  kind: z.literal("quiz"),
  quiz: Value,
  go: Target,
});
export type QuizNode = z.infer<typeof QuizNode>;
