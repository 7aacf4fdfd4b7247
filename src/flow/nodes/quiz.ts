import { z } from "zod";
import type { Localized } from "../ids.ts";
import { Target, Value } from "../ids.ts";
import { parseToken } from "../input.ts";
import { selectByLabel, selectByNumber, selectByWords } from "../select.ts";
import type { Next, Step } from "../step.ts";
import type { Turn } from "../turn.ts";
import type { QuestionView } from "../world.ts";

/** Runs a whole quiz: question, answer, explanation with source, score. Sets `score` and `total`. */
export const QuizNode = z.strictObject({
  kind: z.literal("quiz"),
  quiz: Value,
  go: Target,
});
export type QuizNode = z.infer<typeof QuizNode>;

/**
 * State of a quiz in progress: `order` question ids still to ask (the first is on the screen), `answers` the shuffled
 * positions of its answers, `right` so far, `total`, `help` when the last explanation offers help.
 */
interface Progress {
  readonly order: readonly string[];
  readonly answers: readonly number[];
  readonly right: number;
  readonly total: number;
  readonly help: boolean;
}

/** Fisher–Yates on the chance that the world hands in. */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [mixed[i], mixed[j]];
    if (a !== undefined && b !== undefined) [mixed[i], mixed[j]] = [b, a];
  }
  return mixed;
}

function questions(node: QuizNode, turn: Turn): readonly QuestionView[] {
  const id = turn.text(node.quiz);
  return (id === undefined ? undefined : turn.world.quiz(id)?.questions) ?? [];
}

function progress(turn: Turn): Progress | undefined {
  const state = turn.top?.state;
  if (state === undefined || !Array.isArray(state["order"]) || !Array.isArray(state["answers"])) return undefined;
  return {
    order: state["order"].map(String),
    answers: state["answers"].map(Number),
    right: Number(state["right"]),
    total: Number(state["total"]),
    help: state["help"] === true,
  };
}

function current(node: QuizNode, turn: Turn): { question: QuestionView; at: Progress } | undefined {
  const at = progress(turn);
  const question = questions(node, turn).find((q) => q.id === at?.order[0]);
  return at === undefined || question === undefined ? undefined : { question, at };
}

interface AnswerChoice {
  readonly id: string;
  readonly label: Localized;
  /** Position in the question's answers; 0 is right. */
  readonly position: number;
}

function answerChoices(question: QuestionView, at: Progress): AnswerChoice[] {
  return at.answers.flatMap((position) => {
    const label = question.answers[position];
    return label === undefined ? [] : [{ id: `${question.id}-${position}`, label, position }];
  });
}

/** Puts the first question of `order` on the screen, or ends the quiz. */
function pose(node: QuizNode, turn: Turn, next: Omit<Progress, "answers">): Next {
  const byId = new Map(questions(node, turn).map((q) => [q.id, q]));
  const order = next.order.filter((id) => byId.has(id));
  const question = byId.get(order[0] ?? "");
  if (question === undefined) return finish(node, turn, next);
  const positions = question.answers.map((_, position) => position);
  const at: Progress = { ...next, order, answers: shuffled(positions, () => turn.world.random()) };
  turn.remember({ ...at, order: [...at.order], answers: [...at.answers] });
  return show(question, turn, at);
}

function show(question: QuestionView, turn: Turn, at: Progress): Next {
  const number = at.total - at.order.length + 1;
  turn.say({ key: "engine.quiz_question", params: { number, total: at.total, question: question.text } });
  const choices = answerChoices(question, at).map(({ id, label }) => ({ id, label }));
  const help = at.help ? [{ id: "help", label: { key: "engine.quiz_help" } }] : [];
  turn.ask({ choices: [...choices, ...help], expects: "choice" });
  return null;
}

function finish(node: QuizNode, turn: Turn, at: Omit<Progress, "answers">): Next {
  turn.remember(undefined);
  turn.set("score", at.right);
  turn.set("total", at.total);
  return node.go;
}

/** Says right or not, explains, and goes on to the next question. */
function judge(node: QuizNode, turn: Turn, position: number): Next | undefined {
  const now = current(node, turn);
  const right = now?.question.answers[0];
  if (now === undefined || right === undefined) return undefined;
  const { question, at } = now;
  turn.say(position === 0 ? { key: "engine.quiz_right" } : { key: "engine.quiz_wrong", params: { answer: right } });
  turn.show({ kind: "fact", text: question.why, sources: [question.source] });
  return pose(node, turn, {
    order: at.order.slice(1),
    right: at.right + (position === 0 ? 1 : 0),
    total: at.total,
    help: question.help,
  });
}

export const quiz: Step<QuizNode> = {
  enter(node, turn) {
    const ids = questions(node, turn).map((q) => q.id);
    const order = shuffled(ids, () => turn.world.random());
    return pose(node, turn, { order, right: 0, total: order.length, help: false });
  },
  resume(node, turn) {
    const now = current(node, turn);
    return now === undefined ? quiz.enter(node, turn) : show(now.question, turn, now.at);
  },
  choose(node, turn, input) {
    const now = current(node, turn);
    if (now === undefined) return undefined;
    const choices = answerChoices(now.question, now.at);
    const ids = [...choices.map((c) => c.id), ...(now.at.help ? ["help"] : [])];
    const labels = choices.map(({ id, label }) => ({ id, label: label[turn.lang] }));
    const id =
      input.kind === "choice"
        ? parseToken(input.token)?.choice
        : input.kind === "text"
          ? (selectByNumber(ids, input.text) ?? selectByLabel(labels, input.text))
          : undefined;
    if (id === "help" && now.at.help) return `@${turn.program.roles.help}`;
    const chosen = choices.find((choice) => choice.id === id);
    return chosen === undefined ? undefined : judge(node, turn, chosen.position);
  },
  answer(node, turn, input) {
    const now = current(node, turn);
    if (now === undefined || input.kind !== "text") return undefined;
    const choices = answerChoices(now.question, now.at);
    const byWords = selectByWords(
      choices.map(({ id, label }) => ({ id, label: label[turn.lang] })),
      input.text,
    );
    if (byWords.kind === "none") return undefined;
    const chosen = byWords.kind === "one" ? choices.find((choice) => choice.id === byWords.id) : undefined;
    if (chosen !== undefined) return judge(node, turn, chosen.position);
    turn.say({ key: "engine.which" });
    return show(now.question, turn, now.at);
  },
};
