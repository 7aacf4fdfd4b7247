import { z } from "zod";
import { foldWords } from "../../language/fold.ts";
import { Condition } from "../condition.ts";
import { Duration, durationMs, LISTS, Slug, Target, TextKey, Value, VarName } from "../ids.ts";
import type { Input } from "../input.ts";
import { parseToken } from "../input.ts";
import type { Screen, ScreenChoice } from "../screen.ts";
import { selectByLabel, selectByNumber, selectByWords } from "../select.ts";
import type { Next, Step } from "../step.ts";
import { lacksValues, textRef } from "../text-ref.ts";
import type { Turn } from "../turn.ts";

export const Choice = z.strictObject({
  id: Slug,
  /** Defaults to `<flow>.<node>.<id>`. */
  label: TextKey.optional(),
  go: Target,
  set: z.record(VarName, Value).optional(),
  when: Condition.optional(),
  /** What this choice answers, so that a plain "yes" or "no" takes it; a choice called `yes` or `no` needs none. */
  means: z.enum(["yes", "no"]).optional(),
});
export type Choice = z.infer<typeof Choice>;

/** Choices taken from content: one per entry of the list, the entry's id goes into `set`. */
export const ListChoices = z.strictObject({
  from: z.enum(LISTS),
  /** Only the entries of this group; a variable that is not known leaves them all. */
  of: Value.optional(),
  set: VarName,
  go: Target,
});

/** What happens with typed words that match no choice. Typed words are never stored. */
export const FreeText = z.union([
  /** Held in memory under this name until the flow ends; usable only by `submit`. */
  z.strictObject({ hear: VarName, go: Target }),
  /** Read by the safety screen: a recognised need goes into `screen`, and the words are forgotten. */
  z.strictObject({ screen: VarName, go: Target }),
]);

/** Asks one question and waits. */
export const AskNode = z.strictObject({
  kind: z.literal("ask"),
  /** Defaults to `<flow>.<node>.text`. */
  text: TextKey.optional(),
  params: z.record(z.string(), Value).optional(),
  choices: z.union([z.array(Choice).min(1), ListChoices]).optional(),
  /** Further fixed choices after a list, such as "back". */
  more: z.array(Choice).optional(),
  /** Entries that are not shown and are found by their typed words. */
  unlisted: ListChoices.optional(),
  /** A yes/no question: labels are `common.yes` and `common.no`. */
  yes_no: z.strictObject({ yes: Target, no: Target }).optional(),
  free_text: FreeText.optional(),
  number: z.strictObject({ set: VarName, min: z.int(), max: z.int(), go: Target }).optional(),
  /** Said when an answer fits nothing. Defaults to `common.retry`. */
  retry: TextKey.optional(),
  timeout: z.strictObject({ after: Duration, go: Target }).optional(),
  /** Replaces what is on the person's screen (quick exit). */
  clear: z.literal(true).optional(),
  /** Hides the standing "menu" and "help" exits; only where they would give the topic away. */
  exits: z.literal("none").optional(),
});
export type AskNode = z.infer<typeof AskNode>;

/** One choice as it is offered now: what it shows and what pressing it does. */
interface Offer extends ScreenChoice {
  readonly go: string;
  readonly set: Readonly<Record<string, Value>> | undefined;
  readonly means?: Choice["means"];
}

function fixed(choices: readonly Choice[], turn: Turn): Offer[] {
  const key = `${turn.top?.flow}.${turn.top?.node}`;
  return choices
    .filter((choice) => turn.holds(choice.when))
    .map((choice) => ({
      id: choice.id,
      label: { key: choice.label ?? `${key}.${choice.id}` },
      go: choice.go,
      set: choice.set,
      means: choice.means,
    }));
}

function listed(list: z.infer<typeof ListChoices>, turn: Turn): Offer[] {
  return turn.world
    .list(list.from, turn.text(list.of))
    .map(({ id, label }) => ({ id, label, go: list.go, set: { [list.set]: id } }));
}

/** All that can be chosen here now, in the order it is shown. */
function offers(node: AskNode, turn: Turn): Offer[] {
  const all: Offer[] = [];
  if (Array.isArray(node.choices)) all.push(...fixed(node.choices, turn));
  else if (node.choices !== undefined) all.push(...listed(node.choices, turn));
  if (node.yes_no !== undefined) {
    all.push({ id: "yes", label: { key: "common.yes" }, go: node.yes_no.yes, set: undefined });
    all.push({ id: "no", label: { key: "common.no" }, go: node.yes_no.no, set: undefined });
  }
  if (node.more !== undefined) all.push(...fixed(node.more, turn));
  return all;
}

/** What is found by typed words only. */
function unlisted(node: AskNode, turn: Turn): Offer[] {
  if (node.unlisted === undefined) return [];
  const ids = offers(node, turn).map((offer) => offer.id);
  return listed(node.unlisted, turn).filter((offer) => !ids.includes(offer.id));
}

/** The offers on the person's screen: all, or those of a "which one?" question. */
function shown(node: AskNode, turn: Turn): Offer[] {
  const ids = turn.top?.state?.["shown"];
  if (!Array.isArray(ids)) return offers(node, turn);
  return [...offers(node, turn), ...unlisted(node, turn)].filter((offer) => ids.includes(offer.id));
}

function expects(node: AskNode): Screen["expects"] {
  if (node.number !== undefined) return "number";
  return node.free_text === undefined ? "choice" : "text";
}

function question(node: AskNode, choices: readonly Offer[], turn: Turn): void {
  turn.ask({
    choices: choices.map(({ id, label }) => ({ id, label })),
    expects: expects(node),
    clear: node.clear === true,
    exits: node.exits !== "none",
  });
}

function take(offer: Offer | undefined, turn: Turn): Next | undefined {
  if (offer === undefined) return undefined;
  turn.remember(undefined);
  turn.setAll(offer.set);
  return offer.go;
}

function readNumber(node: AskNode, turn: Turn, text: string): Next | undefined {
  if (node.number === undefined || !/^\s*\d{1,9}\s*$/.test(text)) return undefined;
  const number = Number(text);
  if (number < node.number.min || number > node.number.max) return undefined;
  turn.set(node.number.set, number);
  return node.number.go;
}

/** Asks which of several fitting choices is meant, showing only those. */
function askWhich(node: AskNode, turn: Turn, ids: readonly string[]): Next {
  turn.remember({ shown: [...ids] });
  turn.say({ key: "engine.which" });
  question(node, shown(node, turn), turn);
  return null;
}

function chooseByText(node: AskNode, turn: Turn, text: string): Next | undefined {
  const numbered = readNumber(node, turn, text);
  if (numbered !== undefined) return numbered;
  const choices = shown(node, turn);
  const byNumber =
    node.number === undefined
      ? selectByNumber(
          choices.map((c) => c.id),
          text,
        )
      : undefined;
  const others = unlisted(node, turn);
  const id =
    byNumber ??
    selectByLabel(labelled(choices, turn), text) ??
    selectByLabel(labelled(others, turn), text) ??
    selectByMeaning(choices, turn.program.answers.get(foldWords(text)));
  return take(
    [...choices, ...others].find((choice) => choice.id === id),
    turn,
  );
}

function chooseByWords(node: AskNode, turn: Turn, choices: readonly Offer[], text: string): Next | undefined {
  const found = selectByWords(labelled(choices, turn), text);
  if (found.kind === "several") return askWhich(node, turn, found.ids);
  const one = found.kind === "one" ? found.id : undefined;
  return take(
    choices.find((choice) => choice.id === one),
    turn,
  );
}

function selectByMeaning(choices: readonly Offer[], said: "yes" | "no" | undefined): string | undefined {
  return said && choices.find(({ id, means = id }) => means === said)?.id;
}

function labelled(choices: readonly Offer[], turn: Turn) {
  return choices.map(({ id, label }) => ({ id, label: turn.world.text(label, turn.lang) }));
}

export const ask: Step<AskNode> = {
  enter(node, turn) {
    turn.remember(undefined);
    if (lacksValues(turn, node.params)) return turn.flow?.flow.start ?? "$end";
    turn.say(textRef(turn, node.text, node.params));
    question(node, offers(node, turn), turn);
    if (node.timeout !== undefined) turn.wakeAt(turn.world.now + durationMs(node.timeout.after));
    return null;
  },
  choose(node, turn, input) {
    if (input.kind === "text") return chooseByText(node, turn, input.text);
    if (input.kind !== "choice") return undefined;
    const id = parseToken(input.token)?.choice;
    return take(
      [...offers(node, turn), ...unlisted(node, turn)].find((offer) => offer.id === id),
      turn,
    );
  },
  heard(node, turn, need) {
    if (node.free_text === undefined || !("screen" in node.free_text)) return undefined;
    turn.set(node.free_text.screen, need);
    return node.free_text.go;
  },
  answer(node, turn, input: Input) {
    if (input.kind !== "text") return undefined;
    if (node.free_text !== undefined && "hear" in node.free_text) {
      turn.hear(node.free_text.hear, input.text);
      return node.free_text.go;
    }
    const onScreen = chooseByWords(node, turn, shown(node, turn), input.text);
    return onScreen === undefined ? chooseByWords(node, turn, unlisted(node, turn), input.text) : onScreen;
  },
  timeout: (node) => node.timeout?.go ?? null,
};
