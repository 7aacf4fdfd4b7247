import { z } from "zod";
import { GUIDE_SECTIONS, Localized, Need, Slug } from "../flow/ids.ts";

const Section = z.strictObject({
  /** At most 900 characters a language; short lines; one step a line. `{{name}}` is one of `content/guides/receivers.yaml`. */
  text: Localized,
  /** Statements that carry it. Each must be shown-able: `verify` is an error. */
  statements: z.array(Slug).min(1),
});

/**
 * A step-by-step guide: `report` guides answer "how do I report this?", `safety` guides are response cards.
 * A file of `content/guides/<kind>/`.
 */
export const Guide = z.strictObject({
  guide: Slug,
  kind: z.enum(["report", "safety"]),
  title: Localized,
  /** The need handed to the help flow from here. */
  need: Need,
  /** Guides of a group are offered together: `choices: {from: report-guides, of: <group>}`. */
  group: Slug.optional(),
  order: z.int().default(100),
  /**
   * now: first steps. who: who must receive it / who can help. keep: evidence. next: what follows. limits: what to know.
   * Of report guides also say: one sentence to read out. say-for: the same for somebody else. bring: what to take along.
   * clock: what must happen by when. silent: when nobody answers. aid: free help in law.
   */
  sections: z.partialRecord(z.enum(GUIDE_SECTIONS), Section),
});
export type Guide = z.infer<typeof Guide>;
