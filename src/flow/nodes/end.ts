import { z } from "zod";
import type { Step } from "../step.ts";

/** Ends the flow: back to the caller, or to the menu. */
export const EndNode = z.strictObject({ kind: z.literal("end") });
export type EndNode = z.infer<typeof EndNode>;

export const end: Step<EndNode> = { enter: () => "$end" };
