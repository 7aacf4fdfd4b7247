import { z } from "zod";
import { LABELS } from "../src/safety/labels.ts";

const Label = z.enum(LABELS);

/** One message and what a careful reader makes of it: a line of `learn/examples/*.jsonl` and of the test sets. */
export const Example = z.object({
  id: z.string().min(1),
  text: z.string().min(1),
  /** `vi-nodiac`: typed without marks. */
  lang: z.enum(["vi", "vi-nodiac", "en", "mix"]),
  label: z.union([Label, z.literal("none")]),
  urgent: z.boolean(),
  /** Further labels that would be right too. */
  also: z.array(Label).default([]),
  /** Tags: `hard` (sounds like an alarm and is none), `perpetrator`, `child`. */
  note: z.string().default(""),
});
export type Example = z.infer<typeof Example>;

/** Throws with file and line for the first line that is not an example. */
export function readExamples(file: string, text: string): readonly Example[] {
  return text
    .split("\n")
    .map((line, at) => ({ line: line.trim(), at: at + 1 }))
    .filter(({ line }) => line !== "")
    .map(({ line, at }) => {
      const parsed = Example.safeParse(jsonOf(line));
      if (parsed.success) return parsed.data;
      throw new Error(`${file}:${at}: ${z.prettifyError(parsed.error)}`);
    });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
