import { z } from "zod";
import { NEEDS, Target, Value } from "../ids.ts";
import type { Step } from "../step.ts";

/** Shows services of the directory for a need at a place and hour; flows never name a number. */
export const ServicesNode = z.strictObject({
  kind: z.literal("services"),
  need: Value,
  place: Value.optional(),
  urgent: Value.optional(),
  child: Value.optional(),
  go: Target,
});
export type ServicesNode = z.infer<typeof ServicesNode>;

export const services: Step<ServicesNode> = {
  enter(node, turn) {
    const wanted = turn.value(node.need);
    const need = NEEDS.find((n) => n === wanted) ?? "talk-to-person";
    const query = {
      need,
      place: turn.text(node.place),
      urgent: turn.value(node.urgent) === true,
      child: turn.value(node.child) === true,
      lang: turn.lang,
    };
    for (const service of turn.world.services(query)) turn.show({ kind: "service", service });
    return node.go;
  },
};
