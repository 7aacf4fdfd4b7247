import { z } from "zod";
import { Target, TextKey, Value } from "../ids.ts";

/** Says something and goes on in the same turn. */
export const SayNode = z.strictObject({
  kind: z.literal("say"),
  /** Defaults to `<flow>.<node>.text`. */
  text: TextKey.optional(),
  /** Values the text may show. Words a person typed can never be among them. */
  params: z.record(z.string(), Value).optional(),
  go: Target,
});
export type SayNode = z.infer<typeof SayNode>;
