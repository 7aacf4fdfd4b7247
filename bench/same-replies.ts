import type { Contender, Reply } from "./contender.ts";
import { TURNS, turnAt } from "./conversation.ts";
import type { Texts } from "./screens.ts";

/** Holds the conversation twice; throws when a reply is not the one that the script asks for. */
export async function checkReplies(contender: Contender, texts: Texts): Promise<void> {
  const runner = await contender.open(1);
  try {
    for (let step = 0; step < 2 * TURNS.length; step++) {
      const reply = runner.reply(await runner.turn(0, step));
      const wrong = difference(reply, step, texts);
      if (wrong !== undefined) throw new Error(`${contender.name}, turn ${step + 1}: ${wrong}`);
    }
  } finally {
    await runner.close();
  }
}

/** The buttons to the menu and to help below every question. */
const EXITS = 2;
const VALUES: Readonly<Record<string, string>> = { hours: "3", homes: "6", days: "15" };

/** Undefined: this is what the script asks for. */
export function difference(reply: Reply, step: number, texts: Texts): string | undefined {
  const turn = turnAt(step);
  const expected = [turn.texts.map((key) => fill(texts.get(key) ?? key)).join("\n\n")];
  if (JSON.stringify(reply.texts) !== JSON.stringify(expected)) {
    return `said ${JSON.stringify(reply.texts)}, expected ${JSON.stringify(expected)}`;
  }
  const buttons = turn.buttons + EXITS;
  if (reply.buttons.length === buttons) return undefined;
  return `offered ${JSON.stringify(reply.buttons)}, expected ${buttons} buttons`;
}

function fill(text: string): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => VALUES[name] ?? "");
}
