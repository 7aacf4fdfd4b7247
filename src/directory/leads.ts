import { z } from "zod";
import { Localized } from "../flow/ids.ts";
import { PlaceCode } from "./service.ts";

/** `content/services/leads.yaml`: where the team asks for services that the directory lacks. Never shown to citizens. */
export const LeadFile = z.strictObject({
  leads: z.array(
    z.strictObject({
      coverage: z.union([z.literal("national"), z.array(PlaceCode).min(1)]),
      what: Localized,
      /** What to ask for; absent where that is what the lead itself says. */
      ask: Localized.optional(),
      sources: z.array(
        z.strictObject({ url: z.url().nullable(), title: z.string().min(1), published: z.string().nullable() }),
      ),
    }),
  ),
});
export type Lead = z.infer<typeof LeadFile>["leads"][number];
