import { setTimeout as pause } from "node:timers/promises";
import type { App } from "../../../src/commands/app.ts";
import type { QuestionView } from "../../../src/flow/world.ts";
import { type Outcome, type Reference, together } from "./reference.ts";
import { type Act, QUIZ } from "./scripts.ts";
import type { Talk } from "./talk.ts";

/** What one conversation comes to. */
export interface Played {
  /** Inputs. */
  readonly acts: number;
  /** What they led to, in order. */
  readonly outcomes: readonly Outcome[];
  readonly proposals: readonly string[];
}

/** The questions of the scripts' quiz, in Vietnamese. */
export function questionsOf(app: App): readonly QuestionView[] {
  const { questions = [] } = app.worlds.at(Date.now()).quiz(QUIZ.id) ?? {};
  if (questions.length !== QUIZ.questions) throw new Error("the quiz of the scripts has changed");
  return questions;
}

export interface ConversationParts {
  readonly talk: Talk;
  readonly reference: Reference;
  readonly questions: readonly QuestionView[];
  /** Nobody does anything more. */
  readonly finished: () => boolean;
  /** How long the person reads and thinks before the next act; milliseconds. */
  readonly thinkMs: () => number;
}

/** Goes through a script until its end, or until `finished` between two acts. */
export async function converse({ talk, reference, questions, finished, thinkMs }: ConversationParts): Promise<Played> {
  const outcomes: Outcome[] = [];
  const proposals: string[] = [];
  const proposal = `Thêm đèn đường ở thôn ${lettersOf(talk.phone.chat)}`;
  let acts = 0;
  for (let index = 0; index < reference.length; ) {
    await pause(thinkMs());
    if (finished()) break;
    const steps = atOnce(reference, index);
    const possible = together(steps);
    const last = outcomes.at(-1);
    const outcome = await talk.step(() => {
      for (const { act } of steps) perform(talk, act, { proposal, last, questions });
    }, possible);
    outcomes.push(outcome);
    acts += steps.length;
    const back = steps.map(({ act }) => (act.do === "pick" ? act.back : undefined)).find((n) => n !== undefined);
    if (back !== undefined && outcome === possible[0]) proposals.push(proposal);
    index += back !== undefined && outcome !== possible[0] ? -back : steps.length;
  }
  return { acts, outcomes, proposals };
}

/** The next act, with those that follow it in haste. */
function atOnce(reference: Reference, index: number): Reference {
  const rest = reference.slice(index);
  const calm = rest.findIndex(({ act }) => act.do !== "say" || act.hasty !== true);
  return rest.slice(0, calm + 1);
}

interface Context {
  readonly proposal: string;
  readonly last: Outcome | undefined;
  readonly questions: readonly QuestionView[];
}

function perform(talk: Talk, act: Act, { proposal, last, questions }: Context): void {
  const { phone, network } = talk;
  switch (act.do) {
    case "open":
      return phone.start();
    case "say":
      return phone.type(act.text);
    case "propose":
      return phone.type(proposal);
    case "pick": {
      const index = last?.choices.findIndex(({ id }) => id === act.id) ?? -1;
      const label = last?.choices[index]?.label;
      if (label === undefined) throw new Error(`${act.id} is not offered at ${last?.flow}/${last?.node}`);
      return network === "telegram" ? phone.press(label) : phone.type(String(index + 1));
    }
    case "answer":
      return answer(talk, questions);
  }
}

/** Presses or types the right answer of the question on the screen; of one that never came, as the bot has it. */
function answer(talk: Talk, questions: readonly QuestionView[]): void {
  const asked = talk.last?.text.split(/Câu \d+\/\d+\. /)[1];
  const order = talk.last === null ? talk.stored()?.top?.state?.["order"] : undefined;
  const id = Array.isArray(order) ? order[0] : undefined;
  const question = questions.find((each) => (asked === undefined ? each.id === id : asked.startsWith(each.text.vi)));
  if (question === undefined) throw new Error(`nobody knows this question: ${asked}`);
  const right = question.answers[0]?.vi ?? "";
  const button = talk.phone
    .screen()
    .at(-1)
    ?.buttons.find((label) => label === right || (label.endsWith("…") && right.startsWith(label.slice(0, -1))));
  if (button === undefined) talk.phone.type(right);
  else talk.phone.press(button);
}

/** The digits or hex digits of a chat id as letters, so that no proposal looks like another or like a number. */
function lettersOf(chat: string): string {
  return [...chat].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join("");
}
