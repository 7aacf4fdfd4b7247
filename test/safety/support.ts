import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { Need } from "../../src/flow/ids.ts";
import { createScreen } from "../../src/safety/screen.ts";
import { Signals } from "../../src/safety/signals.ts";

export const signals = Signals.parse(
  parse(readFileSync(new URL("../../content/safety/signals.yaml", import.meta.url), "utf8")),
);
export const screen = createScreen(signals);

function readLines<T>(file: string, line: z.ZodType<T>): T[] {
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  return text
    .split("\n")
    .filter((row) => row.trim() !== "")
    .map((row) => line.parse(JSON.parse(row)));
}

const DevLine = z.object({
  id: z.string(),
  text: z.string(),
  label: z.string(),
  urgent: z.boolean(),
  also: z.array(z.string()).default([]),
});
export type DevLine = z.infer<typeof DevLine>;

/** Messages with the right answer, from the evaluation set for developers. */
export const devLines = readLines("utterances-dev.jsonl", DevLine);

const OwnLine = z.strictObject({
  text: z.string(),
  none: z.literal(true).optional(),
  need: Need.optional(),
  urgent: z.boolean().optional(),
  whom: z.enum(["self", "other", "perpetrator"]).optional(),
  child: z.boolean().optional(),
});

/** Our own messages; only what a line says is compared. */
export const ownLines = readLines("utterances-own.jsonl", OwnLine);
