import { type Act, HALF_AFTER, type Question } from "./conversation.ts";

/** What the other libraries keep of one citizen: the same answers as the flow's variables. */
export type Answers = Record<string, string | number>;

/** One message as these libraries send it. */
export interface Message {
  readonly text: string;
  readonly buttons: readonly { readonly text: string; readonly callback_data: string }[];
}

/** Vietnamese texts by key, as written. */
export type Texts = ReadonlyMap<string, string>;

/** The screens of the conversation for libraries that leave texts and branches to plain code. */
export class Screens {
  readonly #texts: Texts;

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  menu(): Message {
    return this.#asking("bench-menu.main", ["quiz", "about"]);
  }

  question(question: Question): Message {
    return this.#asking(`bench-quiz.${question.id}`, "choices" in question ? question.choices : []);
  }

  /** What stands between two questions; undefined for nothing. */
  between(question: Question, answers: Answers): Message | undefined {
    if (question.id !== HALF_AFTER) return undefined;
    const warm = answers["a1"] === "right" && answers["a3"] === "right" && Number(answers["n2"]) >= 2;
    return { text: this.#text(`bench-quiz.${warm ? "warm" : "calm"}.text`), buttons: [] };
  }

  result(answers: Answers): Message {
    const right = (...names: string[]) => names.filter((name) => answers[name] === "right").length;
    const some = right("a1", "a5", "a9") > 0 ? "some" : "none";
    const mark = right("a1", "a3", "a5", "a7", "a9") === 5 ? "full" : some;
    return this.#asking(`bench-quiz.${mark}`, ["back"], {
      hours: answers["n4"],
      homes: answers["n8"],
      days: answers["n10"],
    });
  }

  retry(question: Question): readonly Message[] {
    return [{ text: this.#text("common.retry"), buttons: [] }, this.question(question)];
  }

  #asking(node: string, choices: readonly string[], params: Record<string, unknown> = {}): Message {
    return {
      text: `${this.#text(`${node}.text`, params)}\n\n${this.#text("engine.exits_line")}`,
      buttons: choices.map((id) => ({ text: this.#text(`${node}.${id}`), callback_data: `${node}:${id}` })),
    };
  }

  #text(key: string, params: Record<string, unknown> = {}): string {
    const text = this.#texts.get(key) ?? key;
    return text.includes("{{") ? text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name])) : text;
  }
}

/** The answer that pressed data or typed words give to a question; undefined when they do not fit. */
export function readAnswer(question: Question, data: string | undefined, typed: string | undefined) {
  if ("choices" in question) {
    const id = data?.startsWith(`bench-quiz.${question.id}:`) ? data.slice(data.indexOf(":") + 1) : undefined;
    if (id === undefined || !question.choices.includes(id)) return undefined;
    return id === question.right ? "right" : "wrong";
  }
  if (typed === undefined || !/^\s*\d{1,9}\s*$/.test(typed)) return undefined;
  const number = Number(typed);
  return number >= question.min && number <= question.max ? number : undefined;
}

/** The data of the button that an act presses on a screen of `place`; undefined for typed words. */
export function dataOf(place: { readonly flow: string; readonly node: string }, act: Act): string | undefined {
  return "press" in act ? `${place.flow}.${place.node}:${act.press}` : undefined;
}
