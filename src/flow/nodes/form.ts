import { z } from "zod";
import { cleanAnswer, MOST_UNITS } from "../../draft/answer.ts";
import type { Field, Form } from "../../draft/form.ts";
import { foldWords } from "../../language/fold.ts";
import { answerName, answersIn, withoutAnswers } from "../answers.ts";
import { type Localized, Target, Value } from "../ids.ts";
import { parseToken } from "../input.ts";
import type { ScreenChoice, TextRef } from "../screen.ts";
import { selectByNumber } from "../select.ts";
import type { Next, Step } from "../step.ts";
import type { Turn } from "../turn.ts";

/**
 * Asks what a form needs, one thing after the other, shows the answers once, and hands the draft of a letter over. The
 * answers stay in memory: no variable holds them and nothing stored does. People describe violence here, so their words
 * are not read as a call for help; urgent danger is met with one line about the help word.
 */
export const FormNode = z.strictObject({
  kind: z.literal("form"),
  form: Value,
  /** Whose office the letter goes to. */
  place: Value.optional(),
  /** Asks nothing: every answer is left to be written by hand. */
  blank: z.literal(true).optional(),
  go: Target,
  /** Taken when the answers are no longer in memory. */
  lost: Target,
  /** Taken when the person deletes the answers. */
  drop: Target.default("$end"),
});
export type FormNode = z.infer<typeof FormNode>;

/** What a form says beside its questions: the texts `<flow>.form.<name>`, shared by all forms of a flow. */
export const FORM_TEXTS = [
  ...["question", "more", "answered_line", "answered_long", "empty", "cut", "danger", "retry"],
  ...["review", "left", "change", "wiped", "ready", "plain", "gone"],
] as const;
export const FORM_LABELS = ["skip", "keep", "done", "again", "make", "edit", "wipe", "review_again"] as const;

const REVIEW = "@review";
const CHANGE = "@change";

/** Where somebody is in a form: the field asked for, the review, or the choice of what to change. */
interface Filling {
  readonly form: Form;
  readonly at: string;
  /** The review has been shown: after a change it comes next. */
  readonly reviewed: boolean;
}

/** Key of a text of the forms of a flow. */
export function formText(flow: string, name: string): string {
  return `${flow}.form.${name}`;
}

function own(turn: Turn, name: string, params?: Readonly<Record<string, Value | Localized>>): TextRef {
  const key = formText(turn.top?.flow ?? "", name);
  return params === undefined ? { key } : { key, params };
}

/** Undefined when the process does not remember: it was restarted, or too much time has passed. */
function fillingOf(turn: Turn): Filling | undefined {
  const form = turn.world.form(turn.heard[answerName("")] ?? "");
  const { at, reviewed } = turn.top?.state ?? {};
  return form === undefined || typeof at !== "string" ? undefined : { form, at, reviewed: reviewed === true };
}

function fieldAt({ form, at }: Filling): Field | undefined {
  return form.fields.find((field) => field.id === at);
}

function answerTo(turn: Turn, field: Field): string | undefined {
  return turn.heard[answerName(field.id)];
}

function go(turn: Turn, { form, reviewed }: Filling, at: string): null {
  const there = { form, at, reviewed: reviewed || at === REVIEW };
  turn.remember({ at, reviewed: there.reviewed });
  show(turn, there);
  return null;
}

function onward(turn: Turn, filling: Filling): null {
  const { form, at, reviewed } = filling;
  const next = form.fields[form.fields.findIndex((field) => field.id === at) + 1];
  return go(turn, filling, reviewed ? REVIEW : (next?.id ?? REVIEW));
}

function show(turn: Turn, filling: Filling): void {
  const field = fieldAt(filling);
  if (field !== undefined) showQuestion(turn, filling, field);
  else if (filling.at === REVIEW) showReview(turn, filling);
  else turn.say(own(turn, "change"));
  offer(turn, filling);
}

function offer(turn: Turn, filling: Filling): void {
  const field = fieldAt(filling);
  const expects = field === undefined || field.kind === "yes-no" ? "choice" : "text";
  turn.ask({ choices: offers(turn, filling), expects });
}

function showQuestion(turn: Turn, { form }: Filling, field: Field): void {
  const number = form.fields.indexOf(field) + 1;
  turn.say(own(turn, "question", { number, total: form.fields.length, question: withHint(field) }));
  if (answerTo(turn, field) !== undefined) {
    turn.say(own(turn, field.kind === "long" ? "answered_long" : "answered_line"));
  }
}

function withHint({ question, hint }: Field): Localized {
  if (hint === undefined) return question;
  return { vi: `${question.vi}\n\n${hint.vi}`, en: `${question.en}\n\n${hint.en}` };
}

/** The answers in the order of the form, in the language the person reads; never part of what is stored. */
function showReview(turn: Turn, { form }: Filling): void {
  const text = (ref: TextRef) => turn.world.text(ref, turn.lang);
  const written = (field: Field): string => {
    const answer = answerTo(turn, field);
    if (answer === undefined) return text(own(turn, "left"));
    return field.kind === "yes-no" ? text({ key: `common.${answer}` }) : answer;
  };
  const lines = form.fields.map((field) => `${text(field.name)}: ${written(field)}`);
  turn.show({ kind: "private", words: lines.join("\n"), gone: own(turn, "gone") });
  turn.say(own(turn, "review"));
}

/** All that can be chosen where somebody is. A choice of a question carries its field: an older one fits nothing. */
function offers(turn: Turn, filling: Filling): ScreenChoice[] {
  const choice = (id: string, label: TextRef): ScreenChoice => ({ id, label });
  const named = (id: string, name: string) => choice(id, own(turn, name));
  const field = fieldAt(filling);
  if (field !== undefined) return questionOffers(turn, filling, field);
  if (filling.at === REVIEW) return [named("make", "make"), named("edit", "edit"), named("wipe", "wipe")];
  const fields = filling.form.fields.map(({ id, name }) => choice(`edit-${id}`, name));
  return [...fields, named("review", "review_again")];
}

function questionOffers(turn: Turn, { form, reviewed }: Filling, field: Field): ScreenChoice[] {
  const { id, kind } = field;
  const answered = answerTo(turn, field) !== undefined;
  const choice = (name: string, label: TextRef) => ({ id: `${name}-${id}`, label });
  const yesNo = ["yes", "no"].map((name) => choice(name, { key: `common.${name}` }));
  return [
    ...(kind === "yes-no" ? yesNo : []),
    ...(answered ? [choice("keep", own(turn, kind === "long" ? "done" : "keep"))] : []),
    ...(answered && kind === "long" ? [choice("again", own(turn, "again"))] : []),
    choice("skip", own(turn, "skip")),
    ...(form.fields[0]?.id === id || reviewed ? [] : [choice("back", { key: "common.back" })]),
  ];
}

function act(node: FormNode, turn: Turn, filling: Filling, id: string): Next {
  const [action = "", ...rest] = id.split("-");
  const field = rest.join("-");
  switch (action) {
    case "make":
      return make(node, turn, filling.form.form, answersIn(turn.heard));
    case "wipe":
      turn.heard = withoutAnswers(turn.heard);
      turn.say(own(turn, "wiped"));
      return node.drop;
    case "edit":
      return go(turn, filling, field === "" ? CHANGE : field);
    case "review":
      return go(turn, filling, REVIEW);
    case "back":
      return go(turn, filling, before(filling));
    case "again":
      drop(turn, field);
      return go(turn, filling, field);
    case "skip":
      drop(turn, field);
      return onward(turn, filling);
    case "yes":
    case "no":
      turn.hear(answerName(field), action);
      return onward(turn, filling);
    default:
      return onward(turn, filling);
  }
}

function before({ form, at }: Filling): string {
  return form.fields[form.fields.findIndex((field) => field.id === at) - 1]?.id ?? at;
}

function drop(turn: Turn, field: string): void {
  const { [answerName(field)]: _, ...others } = turn.heard;
  turn.heard = others;
}

function make(node: FormNode, turn: Turn, form: string, answers: Readonly<Record<string, string>>): Next {
  const draft = { form, answers, place: turn.text(node.place) };
  const [ready, plain, gone] = [own(turn, "ready"), own(turn, "plain"), own(turn, "gone")];
  turn.show({ kind: "draft", draft, ready, plain, gone });
  turn.heard = withoutAnswers(turn.heard);
  return node.go;
}

function type(node: FormNode, turn: Turn, filling: Filling, typed: string): Next {
  const chosen = chosenBy(turn, offers(turn, filling), typed);
  if (chosen !== undefined) return act(node, turn, filling, chosen);
  if (turn.world.screen(typed)?.urgent) turn.say(own(turn, "danger"));
  const field = fieldAt(filling);
  if (field !== undefined && field.kind !== "yes-no") return write(turn, filling, field, typed);
  turn.say(own(turn, "retry"));
  show(turn, filling);
  return null;
}

/** By number or by the whole label: a word of a label may as well be the answer. "Skip" always skips. */
function chosenBy(turn: Turn, offered: readonly ScreenChoice[], typed: string): string | undefined {
  const ids = offered.map(({ id }) => id);
  const words = foldWords(typed);
  const isSaid = (ref: TextRef) => words === foldWords(turn.world.text(ref, turn.lang));
  if (words === "") return undefined;
  const skip = isSaid({ key: "common.skip" }) ? ids.find((id) => id.startsWith("skip-")) : undefined;
  return selectByNumber(ids, typed) ?? skip ?? offered.find(({ label }) => isSaid(label))?.id;
}

function write(turn: Turn, filling: Filling, field: Field, typed: string): Next {
  const most = MOST_UNITS[field.kind === "long" ? "long" : "line"];
  const said = cleanAnswer(field.kind === "long" ? typed : typed.replace(/\s/g, " "), most);
  if (said.text === "") {
    turn.say(own(turn, "empty"));
    show(turn, filling);
    return null;
  }
  const earlier = field.kind === "long" ? answerTo(turn, field) : undefined;
  const whole = earlier === undefined ? said : cleanAnswer(`${earlier}\n${said.text}`, most);
  turn.hear(answerName(field.id), whole.text);
  if (said.cut || whole.cut) turn.say(own(turn, "cut"));
  if (field.kind !== "long") return onward(turn, filling);
  turn.say(own(turn, "more"));
  offer(turn, filling);
  return null;
}

export const form: Step<FormNode> = {
  enter(node, turn) {
    turn.heard = withoutAnswers(turn.heard);
    const wanted = turn.world.form(turn.text(node.form) ?? "");
    const [first] = wanted?.fields ?? [];
    if (wanted === undefined || first === undefined) return node.lost;
    if (node.blank) return make(node, turn, wanted.form, {});
    turn.hear(answerName(""), wanted.form);
    return go(turn, { form: wanted, at: first.id, reviewed: false }, first.id);
  },
  resume(node, turn) {
    const filling = fillingOf(turn);
    return filling === undefined ? node.lost : go(turn, filling, filling.at);
  },
  choose(node, turn, input) {
    if (input.kind !== "text" && input.kind !== "choice") return undefined;
    const filling = fillingOf(turn);
    if (filling === undefined) return node.lost;
    if (input.kind === "text") return type(node, turn, filling, input.text);
    const id = parseToken(input.token)?.choice;
    const offered = offers(turn, filling).some((one) => one.id === id);
    return id === undefined || !offered ? undefined : act(node, turn, filling, id);
  },
};
