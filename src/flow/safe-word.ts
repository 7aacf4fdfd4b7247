import { foldWords } from "../language/fold.ts";
import { LANGS, LISTS } from "./ids.ts";
import { commandOf } from "./program.ts";
import type { TextRef } from "./screen.ts";
import { type Labelled, selectByWords } from "./select.ts";
import type { Turn } from "./turn.ts";
import type { World } from "./world.ts";

/** One to three words of letters alone, folded; 3 to 30 long with the spaces between them. */
const SHAPE = /^(?=.{3,30}$)\p{L}+(?: \p{L}+){0,2}$/u;

/** Answers that a question may be given anywhere. */
const COMMON = ["yes", "no", "back", "menu", "help", "skip", "done"].map((name) => `common.${name}`);

/** What is wrong with words for hiding the chat: how they look, or that they mean something here already. */
export type SafeWordFault = "shape" | "taken";

/** Whether a message is the word a person chose for quick exit, of which `kept` is the digest. */
export function isSafeWord(kept: string | undefined, text: string, { digest }: Pick<World, "digest">): boolean {
  if (kept === undefined) return false;
  const folded = foldWords(text);
  return SHAPE.test(folded) && digest(folded) === kept;
}

/**
 * Why these words cannot hide the chat; undefined: they can. A word that the bot knows stays what it is, and so does
 * one that answers a question or names a place; a call for help never becomes an exit.
 */
export function faultOf(turn: Turn, words: string): SafeWordFault | undefined {
  const folded = foldWords(words);
  if (!SHAPE.test(folded)) return "shape";
  const taken =
    isKnown(turn, folded) ||
    turn.world.screen(words) !== null ||
    isAnswer(turn, folded) ||
    turn.world.places.resolve(words).kind !== "none";
  return taken ? "taken" : undefined;
}

function isKnown({ program }: Turn, folded: string): boolean {
  const maps = [program.words, program.languages, program.keywords, program.commands];
  return maps.some((map) => map.has(folded) || map.has(commandOf(folded)));
}

/** Whether it selects a choice of some question, whole or by its words, or is an answer of a quiz. */
function isAnswer(turn: Turn, folded: string): boolean {
  if (selectByWords(labels(turn), folded).kind !== "none") return true;
  return quizAnswers(turn).some((answer) => foldWords(answer) === folded);
}

function labels(turn: Turn): Labelled[] {
  const written = [...COMMON, ...labelKeys(turn)].flatMap((key) => inBoth(turn, { key }));
  const listed = LISTS.flatMap((name) => turn.world.list(name).flatMap(({ label }) => inBoth(turn, label)));
  return [...written, ...listed].map((label) => ({ id: label, label }));
}

function labelKeys({ program }: Turn): string[] {
  return [...program.flows.values()].flatMap(({ id, nodes }) =>
    [...nodes].flatMap(([nodeId, node]) => {
      if (node.kind !== "ask") return [];
      const fixed = [...(Array.isArray(node.choices) ? node.choices : []), ...(node.more ?? [])];
      return fixed.map((choice) => choice.label ?? `${id}.${nodeId}.${choice.id}`);
    }),
  );
}

function quizAnswers({ world }: Turn): string[] {
  return world.list("quizzes").flatMap(({ id }) => {
    const questions = world.quiz(id)?.questions ?? [];
    return questions.flatMap(({ answers }) => answers.flatMap((answer) => LANGS.map((lang) => answer[lang])));
  });
}

function inBoth(turn: Turn, ref: TextRef): string[] {
  return LANGS.map((lang) => turn.world.text(ref, lang));
}
