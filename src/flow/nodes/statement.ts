import { z } from "zod";
import { GUIDE_SECTIONS, Target, Value } from "../ids.ts";

/** Shows sourced facts: one statement, or one section of a guide. */
export const StatementNode = z.strictObject({
  kind: z.literal("statement"),
  statement: Value.optional(),
  guide: Value.optional(),
  section: z.enum(GUIDE_SECTIONS).optional(),
  go: Target,
});
export type StatementNode = z.infer<typeof StatementNode>;
