import { EXIT_TOKENS, type Input, parseToken } from "../flow/input.ts";
import { commandOf, type Program } from "../flow/program.ts";
import type { World } from "../flow/world.ts";
import { foldWords } from "../language/fold.ts";

/**
 * True for an input that no rate limit may hold back: a word that always works, anything pressed in a flow that
 * keeps nothing, the help exit, and a text in which the safety screen hears anything.
 */
export function alwaysHeard(program: Program, screen: World["screen"], input: Input): boolean {
  if (input.kind === "choice") {
    if (input.token === EXIT_TOKENS.help) return true;
    const flow = parseToken(input.token)?.flow ?? "";
    return program.flows.get(flow)?.keepsNothing === true || flow === program.roles.exit;
  }
  if (input.kind !== "text") return false;
  const folded = foldWords(input.text);
  const word = input.text.trimStart().startsWith("/") ? commandOf(folded) : folded;
  return program.words.has(word) || screen(input.text) !== null;
}
