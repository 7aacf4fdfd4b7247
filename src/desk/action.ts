import type { z } from "zod";
import { type Actor, demandRight, type Right } from "./access.ts";
import { DeskProblem, type FieldIssue } from "./problem.ts";

/** Something that a member of staff can do, from a page or from the command line alike. */
export interface Action {
  readonly right: Right;
  /** What it takes, for `--help` and for reading forms. */
  readonly input: z.ZodType;
  /** Checks the right and the input, does it, notes it in the audit trail. Rejects with `DeskProblem`. */
  perform(input: unknown, by: Actor): Promise<unknown>;
}

interface Definition<I> {
  readonly right: Right;
  readonly input: z.ZodType<I>;
  run(input: I, by: Actor): Promise<unknown>;
}

export function action<I>({ right, input, run }: Definition<I>): Action {
  return {
    right,
    input,
    async perform(raw, by) {
      demandRight(by, right);
      const parsed = input.safeParse(raw);
      if (!parsed.success) throw new DeskProblem("invalid", parsed.error.issues.map(fieldIssue));
      return run(parsed.data, by);
    },
  };
}

/** By the action's name, such as `broadcast.release`. */
export type Actions = Readonly<Record<string, Action>>;

/** A message of a schema that is a key of `locales/` (`desk.invalid.…`) is kept; others become a general one. */
function fieldIssue({
  path,
  message,
}: {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}): FieldIssue {
  return {
    field: path.map(String).join("."),
    text: /^desk[a-z-]*\.[\w.-]+$/.test(message) ? message : "desk.invalid.general",
  };
}
