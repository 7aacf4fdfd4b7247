import { z } from "zod";
import { Target, TextKey } from "../ids.ts";

/** Shows a web address with a label. */
export const LinkNode = z.strictObject({
  kind: z.literal("link"),
  url: z.url({ protocol: /^https$/ }),
  text: TextKey.optional(),
  go: Target,
});
export type LinkNode = z.infer<typeof LinkNode>;
