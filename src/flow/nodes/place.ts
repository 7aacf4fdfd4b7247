import { z } from "zod";
import type { Localized } from "../ids.ts";
import { Target, TextKey, VarName } from "../ids.ts";
import { parseToken } from "../input.ts";
import type { ScreenChoice } from "../screen.ts";
import { selectByLabel, selectByNumber, selectByWords } from "../select.ts";
import type { Next, Step } from "../step.ts";
import { textRef } from "../text-ref.ts";
import type { Turn } from "../turn.ts";
import type { PlaceAnswer } from "../world.ts";

/** Asks for a province, commune or former unit; a name that fits several leads to one short question. */
export const PlaceNode = z.strictObject({
  kind: z.literal("place"),
  text: TextKey.optional(),
  /** Receives the code: two digits for a province, five for a commune. */
  set: VarName,
  /** Adds a choice `common.skip`. */
  skip: z.boolean().default(true),
  go: Target,
});
export type PlaceNode = z.infer<typeof PlaceNode>;

/** Candidates shown at most; for a name that fits more places the person is asked to add the province. */
const MAX_CANDIDATES = 6;
/** After so many answers that led nowhere, going on without a place is offered first. */
const MISSES = 2;
const SKIP = "skip";

/** What the name before could mean: codes only, never the words. A province typed next narrows them. */
function open(turn: Turn): string[] {
  const codes = turn.top?.state?.["codes"];
  return Array.isArray(codes) ? codes.map(String) : [];
}

function candidates(turn: Turn): { id: string; label: Localized }[] {
  const codes = open(turn);
  if (codes.length > MAX_CANDIDATES) return [];
  return codes.flatMap((code) => {
    const label = turn.world.places.name(code);
    return label === undefined ? [] : [{ id: code, label }];
  });
}

function choices(node: PlaceNode, turn: Turn): ScreenChoice[] {
  const found: ScreenChoice[] = candidates(turn);
  return node.skip ? [...found, { id: SKIP, label: { key: "common.skip" } }] : found;
}

function wait(node: PlaceNode, turn: Turn): Next {
  turn.ask({ choices: choices(node, turn), expects: "place" });
  return null;
}

function found(node: PlaceNode, turn: Turn, code: string): Next {
  turn.remember(undefined);
  turn.set(node.set, code);
  return node.go;
}

function pick(node: PlaceNode, turn: Turn, id: string | undefined): Next | undefined {
  if (id === undefined) return undefined;
  if (id === SKIP) return node.skip ? node.go : undefined;
  return turn.world.places.name(id) === undefined ? undefined : found(node, turn, id);
}

function resolved(node: PlaceNode, turn: Turn, answer: PlaceAnswer): Next {
  if (answer.kind === "found") return found(node, turn, answer.code);
  const codes = answer.kind === "none" ? open(turn) : answer.candidates.map((c) => c.code);
  const few = answer.kind === "ambiguous" && codes.length <= MAX_CANDIDATES;
  const misses = few ? 0 : Number(turn.top?.state?.["misses"] ?? 0) + 1;
  turn.remember({ codes, misses });
  turn.say({ key: askedAgain(answer, few, node.skip && misses >= MISSES) });
  return wait(node, turn);
}

function askedAgain(answer: PlaceAnswer, few: boolean, offerSkip: boolean): string {
  if (few) return "engine.place_which";
  if (offerSkip) return "engine.place_skip";
  return answer.kind === "none" ? "engine.place_unknown" : "engine.place_add_province";
}

function labels(node: PlaceNode, turn: Turn) {
  return choices(node, turn).map(({ id, label }) => ({ id, label: turn.world.text(label, turn.lang) }));
}

export const place: Step<PlaceNode> = {
  enter(node, turn) {
    turn.remember(undefined);
    turn.say(textRef(turn, node.text));
    return wait(node, turn);
  },
  choose(node, turn, input) {
    if (input.kind === "location") {
      return resolved(node, turn, turn.world.places.nearest(input.latitude, input.longitude));
    }
    if (input.kind === "choice") return pick(node, turn, parseToken(input.token)?.choice);
    if (input.kind !== "text") return undefined;
    const offered = labels(node, turn);
    const ids = offered.map((choice) => choice.id);
    return pick(node, turn, selectByNumber(ids, input.text) ?? selectByLabel(offered, input.text));
  },
  answer(node, turn, input) {
    if (input.kind !== "text") return undefined;
    const byWords = selectByWords(labels(node, turn), input.text);
    if (byWords.kind === "one") return pick(node, turn, byWords.id);
    return resolved(node, turn, turn.world.places.resolve(input.text, open(turn)));
  },
};
