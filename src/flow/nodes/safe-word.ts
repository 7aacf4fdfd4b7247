import { z } from "zod";
import { foldWords } from "../../language/fold.ts";
import { Slug, Target, TextKey } from "../ids.ts";
import { parseToken } from "../input.ts";
import { faultOf } from "../safe-word.ts";
import type { TextRef } from "../screen.ts";
import { selectByNumber } from "../select.ts";
import type { Next, Step } from "../step.ts";
import { textRef } from "../text-ref.ts";
import type { Turn } from "../turn.ts";

/**
 * Lets a person choose the word that hides the chat at once: one that is offered, or their own. Only its keyed digest
 * is kept, in `me.safe_word`; the word is shown once, out of memory, when it is taken.
 */
export const SafeWordNode = z.strictObject({
  kind: z.literal("safe-word"),
  /** Defaults to `<flow>.<node>.text`. */
  text: TextKey.optional(),
  /** Words offered: the texts `<flow>.<node>.<id>`. They pass the same rules as typed ones. */
  words: z.array(Slug).min(1),
  go: Target,
  /** Taken when the person wants no other word. */
  cancel: Target,
});
export type SafeWordNode = z.infer<typeof SafeWordNode>;

/** What the node says beside its question, as `<flow>.<node>.<name>`: `done` shows the word, `gone` no longer. */
export const SAFE_WORD_TEXTS = ["done", "gone", "shape", "taken"] as const;
/** The choice that leaves everything as it was. */
export const CANCEL = "cancel";

function own(turn: Turn, name: string): TextRef & { readonly key: string } {
  return { key: `${turn.top?.flow}.${turn.top?.node}.${name}` };
}

function wait(node: SafeWordNode, turn: Turn): Next {
  const choices = [...node.words, CANCEL].map((id) => ({ id, label: own(turn, id) }));
  turn.ask({ choices, expects: "text" });
  return null;
}

function pick(node: SafeWordNode, turn: Turn, id: string | undefined): Next | undefined {
  if (id === CANCEL) return node.cancel;
  if (id === undefined || !node.words.includes(id)) return undefined;
  return take(node, turn, turn.world.text(own(turn, id), turn.lang));
}

function take(node: SafeWordNode, turn: Turn, words: string): Next {
  const fault = faultOf(turn, words);
  if (fault !== undefined) {
    turn.say(own(turn, fault));
    return wait(node, turn);
  }
  turn.set("me.safe_word", turn.world.digest(foldWords(words)));
  const done = { ...own(turn, "done"), params: { word: shown(words) } };
  turn.show({ kind: "private", words: turn.world.text(done, turn.lang), gone: own(turn, "gone") });
  return node.go;
}

/** The letters alone, with their marks: what counts when it is compared. */
function shown(words: string): string {
  return words
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, " ")
    .trim();
}

/** By number or by the whole label: a word of a label may as well be somebody's own. */
function offered(node: SafeWordNode, turn: Turn, typed: string): string | undefined {
  const ids = [...node.words, CANCEL];
  const folded = foldWords(typed);
  const reads = (ref: TextRef) => folded !== "" && folded === foldWords(turn.world.text(ref, turn.lang));
  if (["common.back", "common.skip", "common.no"].some((key) => reads({ key }))) return CANCEL;
  return selectByNumber(ids, typed) ?? ids.find((id) => reads(own(turn, id)));
}

export const safeWord: Step<SafeWordNode> = {
  enter(node, turn) {
    turn.say(textRef(turn, node.text));
    return wait(node, turn);
  },
  choose(node, turn, input) {
    if (input.kind === "text") return pick(node, turn, offered(node, turn, input.text));
    return input.kind === "choice" ? pick(node, turn, parseToken(input.token)?.choice) : undefined;
  },
  answer: (node, turn, input) => (input.kind === "text" ? take(node, turn, input.text) : undefined),
};
