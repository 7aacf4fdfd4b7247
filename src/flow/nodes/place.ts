import { z } from "zod";
import { Target, TextKey, VarName } from "../ids.ts";

/** Asks for a province, commune or former unit; a name that fits several leads to one short question. */
export const PlaceNode = z.strictObject({
  kind: z.literal("place"),
  text: TextKey.optional(),
  /** Receives the code: two digits for a province, five for a commune. */
  set: VarName,
  /** Adds a choice `common.skip`. */
  skip: z.boolean().default(true),
  go: Target,
});
export type PlaceNode = z.infer<typeof PlaceNode>;
