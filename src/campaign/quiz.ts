import { z } from "zod";
import { Localized, Slug } from "../flow/ids.ts";

/** Lowest suitable audience. */
export const Age = z.enum(["all", "13+", "15+", "18+"]);

export const Question = z.strictObject({
  id: Slug,
  text: Localized,
  right: Localized,
  wrong: z.array(Localized).min(1).max(4),
  /** One or two sentences shown after the answer, right or wrong. */
  why: Localized,
  /** The outside source, as `reference` gives it; shown after the explanation. */
  source: z.string().min(3),
  confidence: z.enum(["H", "M"]),
  age: Age.default("all"),
  /** Adds a quiet way to help after the answer. */
  help: z.boolean().default(false),
});
export type Question = z.infer<typeof Question>;

/** A file of `content/quizzes/`. */
export const Quiz = z.strictObject({
  quiz: Slug,
  title: Localized,
  intro: Localized,
  /** The campaign whose theme this quiz is about, if any. */
  campaign: Slug.optional(),
  /** Position in the list. */
  order: z.int().default(100),
  questions: z.array(Question).min(3),
});
export type Quiz = z.infer<typeof Quiz>;
