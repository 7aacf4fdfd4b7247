import { z } from "zod";

/** Ends the flow: back to the caller, or to the menu. */
export const EndNode = z.strictObject({ kind: z.literal("end") });
export type EndNode = z.infer<typeof EndNode>;
