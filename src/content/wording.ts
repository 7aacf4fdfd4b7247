import { z } from "zod";
import { Lang, Localized, Slug } from "../flow/ids.ts";

/** `content/wording/avoid.yaml`: words of blame and false promises that no text may carry. */
export const AvoidFile = z.strictObject({
  avoid: z.array(
    z.strictObject({
      /** Whole words. With tone marks it meets only words with the same marks; without, any spelling. */
      pattern: z.string().min(2),
      lang: Lang,
      why: z.string().min(3),
      /** Longer phrases around the pattern that say the opposite. */
      unless: z.array(z.string().min(2)).default([]),
      /** Text keys, or content entries as `quiz:<id>`, where a reviewer found the words to be right. */
      allow: z.array(z.string()).default([]),
    }),
  ),
});
export type Avoided = z.infer<typeof AvoidFile>["avoid"][number];

/** `content/wording/lock-screen.yaml`: words that would give the topic away in a notification. */
export const LockScreenFile = z.strictObject({
  /** Flows, beside start, menu and exit, whose first line can stand on a lock screen. */
  flows: z.array(Slug).default([]),
  words: z.strictObject({ vi: z.array(z.string().min(2)), en: z.array(z.string().min(2)) }),
});
export type LockScreen = z.infer<typeof LockScreenFile>;

/** `content/wording/drawing.yaml`: what the pictures of flows call node kinds and ways. */
export const DrawingFile = z.strictObject({
  kinds: z.record(z.string(), Localized),
  ways: z.record(z.string(), Localized),
});
export type Drawing = z.infer<typeof DrawingFile>;

export interface Wording {
  readonly avoid: readonly Avoided[];
  readonly lockScreen: LockScreen;
  readonly drawing: Drawing;
}

export const NO_WORDING: Wording = {
  avoid: [],
  lockScreen: { flows: [], words: { vi: [], en: [] } },
  drawing: { kinds: {}, ways: {} },
};
