import { z } from "zod";
import { Phrase } from "./signals.ts";

/** `content/safety/lexicon.yaml`: words of a kind, written like the phrases of `Signals`. */
export const Lexicon = z.strictObject({
  lexicon: z.literal(1),
  kinds: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), z.array(Phrase).min(1)),
});
export type Lexicon = z.infer<typeof Lexicon>;
