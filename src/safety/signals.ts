import { z } from "zod";
import { Need } from "../flow/ids.ts";

/** A phrase whose brackets do not fit would be heard as something else. */
export const Phrase = z
  .string()
  .min(1)
  .regex(/^[^#]*$/, "`#` begins a comment")
  .refine(isBalanced, "close every bracket; `?` stands behind a bracket");

function isBalanced(phrase: string): boolean {
  let open = 0;
  for (const [index, char] of [...phrase].entries()) {
    if (char === "(") open++;
    if (char === ")") open--;
    if (open < 0 || (char === "?" && phrase[index - 1] !== ")") || (char === "|" && open === 0)) return false;
  }
  return open === 0;
}

const IdeaName = z.string().regex(/^[a-z][a-z0-9-]*$/);
/** One idea, or several of which any will do: `partner|kin`. */
const Slot = z.string().regex(/^[a-z][a-z0-9-]*(?:\|[a-z][a-z0-9-]*)*$/);

/**
 * One sign of a need. `hear` lists ideas in the order they are said; at most `gap` words stand between one and the
 * next. `near` does the same in any order. A rule without `need` only adds to what other rules heard.
 */
export const Rule = z
  .strictObject({
    need: Need.optional(),
    hear: z.array(Slot).min(1).max(5).optional(),
    near: z.array(Slot).min(2).max(4).optional(),
    gap: z.int().min(0).max(40).optional(),
    urgent: z.literal(true).optional(),
    whom: z.enum(["other", "perpetrator"]).optional(),
    child: z.literal(true).optional(),
    /** The rule is silent when one of these ideas stands anywhere in the message. */
    unless: z.array(IdeaName).default([]),
    /** Holds even when the message talks about a quiz, a film, the news (idea `about`). */
    sure: z.literal(true).optional(),
  })
  .refine((rule) => (rule.hear === undefined) !== (rule.near === undefined), "write either `hear` or `near`");
export type Rule = z.infer<typeof Rule>;

/**
 * `content/safety/signals.yaml`: what the safety screen listens for.
 *
 * A phrase is one or more words with their tone marks; it is also heard when typed without marks. `=` in a
 * phrase: only with its marks. `(a|b)` in a phrase stands for one of both, `(a )?` for a or nothing. `<15>`, `<17>`,
 * `<n>`: a number up to 15, 16 or 17, any number.
 */
export const Signals = z.strictObject({
  signals: z.literal(1),
  /** What short forms stand for: `ck: chồng`. */
  short: z.record(z.string(), z.string().min(1)),
  /** Words that tell a message is in English. */
  english: z.array(z.string()).min(1),
  /** How far apart the ideas of a rule may stand unless it says so itself. */
  gap: z.int().positive(),
  /** Everyday phrases; what they cover is not heard as anything else. */
  harmless: z.array(Phrase).min(1),
  ideas: z.record(IdeaName, z.array(Phrase).min(1)),
  /** In order of importance: the first rule that holds names the need. */
  rules: z.array(Rule).min(1),
});
export type Signals = z.infer<typeof Signals>;
