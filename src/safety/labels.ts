import { NEEDS } from "../flow/ids.ts";

/**
 * What a message is about, as people who help would sort it: a need, danger at this moment, or somebody else's trouble.
 * `none` is the absence of a label.
 */
export const LABELS = ["danger-now", ...NEEDS, "help-other"] as const;
export type Label = (typeof LABELS)[number];
