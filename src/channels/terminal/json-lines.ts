import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { TurnReceipt } from "../port.ts";

/** Hands one typed line to the bot. */
export type SayLine = (text: string) => Promise<TurnReceipt>;

/** One line of the simulator's output. */
function line(typed: string, receipt: TurnReceipt): string {
  const out = receipt.messages.map(({ text, choices }) => ({
    text,
    choices: choices.map(({ id, label }) => ({ id, label })),
  }));
  return JSON.stringify({ in: typed, out, flow: receipt.flow, node: receipt.node });
}

/**
 * Reads one input per line and writes one JSON line per turn, in the same order:
 * `{"in", "out": [{"text", "choices": [{"id", "label"}]}], "flow", "node"}`. Resolves at the end of the input.
 */
export async function runJsonLines(say: SayLine, input: Readable, output: Writable): Promise<void> {
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    output.write(`${line(text, await say(text))}\n`);
  }
}
