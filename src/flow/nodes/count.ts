import { z } from "zod";
import { Slug, Target } from "../ids.ts";

/** Adds one to an aggregate (day, flow, node, channel, province). Never about a person. */
export const CountNode = z.strictObject({
  kind: z.literal("count"),
  count: Slug,
  go: Target,
});
export type CountNode = z.infer<typeof CountNode>;
