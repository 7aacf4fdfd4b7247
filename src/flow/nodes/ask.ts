import { z } from "zod";
import { Condition } from "../condition.ts";
import { Duration, LISTS, Slug, Target, TextKey, Value, VarName } from "../ids.ts";

export const Choice = z.strictObject({
  id: Slug,
  /** Defaults to `<flow>.<node>.<id>`. */
  label: TextKey.optional(),
  go: Target,
  set: z.record(VarName, Value).optional(),
  when: Condition.optional(),
});
export type Choice = z.infer<typeof Choice>;

/** Choices taken from content: one per entry of the list, the entry's id goes into `set`. */
export const ListChoices = z.strictObject({ from: z.enum(LISTS), set: VarName, go: Target });

/** What happens with typed words that match no choice. Typed words are never stored. */
export const FreeText = z.union([
  /** Held in memory under this name until the flow ends; usable only by `submit`. */
  z.strictObject({ hear: VarName, go: Target }),
  /** Read by the safety screen: a recognised need goes into `screen`, and the words are forgotten. */
  z.strictObject({ screen: VarName, go: Target }),
]);

/** Asks one question and waits. */
export const AskNode = z.strictObject({
  kind: z.literal("ask"),
  /** Defaults to `<flow>.<node>.text`. */
  text: TextKey.optional(),
  params: z.record(z.string(), Value).optional(),
  choices: z.union([z.array(Choice).min(1), ListChoices]).optional(),
  /** Further fixed choices after a list, such as "back". */
  more: z.array(Choice).optional(),
  /** A yes/no question: labels are `common.yes` and `common.no`. */
  yes_no: z.strictObject({ yes: Target, no: Target }).optional(),
  free_text: FreeText.optional(),
  number: z.strictObject({ set: VarName, min: z.int(), max: z.int(), go: Target }).optional(),
  /** Said when an answer fits nothing. Defaults to `common.retry`. */
  retry: TextKey.optional(),
  timeout: z.strictObject({ after: Duration, go: Target }).optional(),
  /** Replaces what is on the person's screen (quick exit). */
  clear: z.literal(true).optional(),
  /** Hides the standing "menu" and "help" exits; only where they would give the topic away. */
  exits: z.literal("none").optional(),
});
export type AskNode = z.infer<typeof AskNode>;
