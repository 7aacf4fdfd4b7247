import { z } from "zod";
import { Target, TextKey } from "../ids.ts";
import type { Step } from "../step.ts";
import { textRef } from "../text-ref.ts";

/** Shows a web address with a label. */
export const LinkNode = z.strictObject({
  kind: z.literal("link"),
  url: z.url({ protocol: /^https$/ }),
  text: TextKey.optional(),
  go: Target,
});
export type LinkNode = z.infer<typeof LinkNode>;

export const link: Step<LinkNode> = {
  enter(node, turn) {
    turn.show({ kind: "link", url: node.url, text: textRef(turn, node.text) });
    return node.go;
  },
};
