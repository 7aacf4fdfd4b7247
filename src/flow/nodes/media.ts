import { z } from "zod";
import { Target, TextKey } from "../ids.ts";
import type { Step } from "../step.ts";

/** Shows a picture or plays a recording from `content/media/`; `alt` says the same in words. */
export const MediaNode = z.strictObject({
  kind: z.literal("media"),
  media: z.enum(["image", "voice"]),
  file: z.string().regex(/^[a-z0-9-]+\.(?:png|jpg|webp|svg|aac|mp3)$/),
  alt: TextKey,
  go: Target,
});
export type MediaNode = z.infer<typeof MediaNode>;

export const media: Step<MediaNode> = {
  enter(node, turn) {
    turn.show({ kind: "media", media: node.media, file: node.file, alt: { key: node.alt } });
    return node.go;
  },
};
