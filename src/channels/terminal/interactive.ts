import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";
import type { NumberedMessage } from "../message.ts";
import type { SayLine } from "./json-lines.ts";

/** ANSI: clear the screen and what can be scrolled back to, cursor to the top. */
const CLEAR = "\u001b[2J\u001b[3J\u001b[H";
const DIM = "\u001b[2m";
const PLAIN = "\u001b[0m";
const POLL_MS = 500;

export interface Talk {
  readonly say: SayLine;
  readonly open: () => Promise<readonly NumberedMessage[]>;
  /** Messages that arose by themselves since the last call. */
  readonly arisen: () => Promise<readonly NumberedMessage[]>;
}

/** A conversation in a terminal. Resolves when the person ends the input (Ctrl+D) or interrupts it (Ctrl+C). */
export async function runInteractive(talk: Talk, input: Readable, output: Writable): Promise<void> {
  const lines = createInterface({ input, output, prompt: "› " });
  show(await talk.open(), output);
  lines.prompt();
  const timer = setInterval(() => {
    void talk.arisen().then((messages) => {
      if (messages.length === 0) return;
      output.write("\n");
      show(messages, output);
      lines.prompt(true);
    });
  }, POLL_MS);
  try {
    for await (const text of lines) {
      show((await talk.say(text)).messages, output);
      lines.prompt();
    }
  } finally {
    clearInterval(timer);
    lines.close();
    output.write("\n");
  }
}

function show(messages: readonly NumberedMessage[], output: Writable): void {
  for (const message of messages) {
    if (message.clear) output.write(CLEAR);
    output.write(`\n${message.text}\n`);
    for (const link of message.links) output.write(`${DIM}${link.url}${PLAIN}\n`);
  }
  output.write("\n");
}
