import { z } from "zod";
import { GUIDE_SECTIONS, Target, Value } from "../ids.ts";
import type { Step } from "../step.ts";

/** Shows sourced facts: one statement, or one section of a guide. */
export const StatementNode = z.strictObject({
  kind: z.literal("statement"),
  statement: Value.optional(),
  guide: Value.optional(),
  section: z.enum(GUIDE_SECTIONS).optional(),
  /** Whose authorities a guide names: a province or commune code. */
  place: Value.optional(),
  go: Target,
});
export type StatementNode = z.infer<typeof StatementNode>;

export const statement: Step<StatementNode> = {
  enter(node, turn) {
    const id = turn.text(node.statement);
    const guide = turn.text(node.guide);
    const found =
      id !== undefined
        ? turn.world.statement(id)
        : guide !== undefined && node.section !== undefined
          ? turn.world.guide(guide, node.section, turn.text(node.place))
          : undefined;
    turn.show(found ?? { kind: "text", text: { key: "engine.no_section" } });
    return node.go;
  },
};
