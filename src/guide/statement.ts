import { z } from "zod";
import { Localized, Slug } from "../flow/ids.ts";

/** One sourced fact: legal, statistical or practical. */
export const Statement = z.strictObject({
  id: Slug,
  area: z.enum(["law", "statistic", "practice"]),
  text: Localized,
  /** What a reader can look up: law and article, survey, page. */
  source: z.string().min(3),
  /** The day the source was read. */
  as_of: z.iso.date(),
  /** H: official text or two independent sources. M: one secondary source. L: general knowledge. */
  confidence: z.enum(["H", "M", "L"]),
  /** `verify` statements are kept for the team and never shown to a citizen. */
  status: z.enum(["ok", "verify"]).default("ok"),
});
export type Statement = z.infer<typeof Statement>;

/** A file of `content/statements/`. */
export const StatementFile = z.strictObject({ statements: z.array(Statement).min(1) });
