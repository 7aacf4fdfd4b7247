import { z } from "zod";
import { Localized, Slug } from "../flow/ids.ts";

export const Tip = z.strictObject({
  id: Slug,
  /** At most 600 characters a language: one thought, one thing to do. */
  text: Localized,
  source: z.string().min(3),
});
export type Tip = z.infer<typeof Tip>;

/** A file of `content/tips/`: tips of one topic, in the order they are sent. */
export const TipTopic = z.strictObject({
  topic: Slug,
  title: Localized,
  order: z.int().default(100),
  tips: z.array(Tip).min(1),
});
export type TipTopic = z.infer<typeof TipTopic>;
