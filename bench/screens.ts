import { choiceToken, EXIT_TOKENS } from "../src/flow/input.ts";
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
    return this.#asking("bench-menu", "main", ["quiz", "about"]);
  }

  /** `ahead`: what is said in the same message before the question; "" for nothing. */
  question(question: Question, ahead = ""): Message {
    const asking = this.#asking("bench-quiz", question.id, "choices" in question ? question.choices : []);
    return ahead === "" ? asking : { ...asking, text: `${ahead}\n\n${asking.text}` };
  }

  /** What is said ahead of the question after this one; "" for nothing. */
  ahead(question: Question, answers: Answers): string {
    if (question.id !== HALF_AFTER) return "";
    const warm = answers["a1"] === "right" && answers["a3"] === "right" && Number(answers["n2"]) >= 2;
    return this.#text(`bench-quiz.${warm ? "warm" : "calm"}.text`);
  }

  result(answers: Answers): Message {
    const right = (...names: string[]) => names.filter((name) => answers[name] === "right").length;
    const some = right("a1", "a5", "a9") > 0 ? "some" : "none";
    const mark = right("a1", "a3", "a5", "a7", "a9") === 5 ? "full" : some;
    return this.#asking("bench-quiz", mark, ["back"], {
      hours: answers["n4"],
      homes: answers["n8"],
      days: answers["n10"],
    });
  }

  retry(question: Question): readonly Message[] {
    return [{ text: this.#text("common.retry"), buttons: [] }, this.question(question)];
  }

  #asking(flow: string, node: string, choices: readonly string[], params: Record<string, unknown> = {}): Message {
    const asked = choices.map((id) => ({
      text: this.#text(`${flow}.${node}.${id}`),
      callback_data: choiceToken(flow, node, id),
    }));
    return { text: this.#text(`${flow}.${node}.text`, params), buttons: [...asked, ...this.#exits()] };
  }

  /** Below every question. */
  #exits(): Message["buttons"] {
    return [
      { text: this.#text("engine.exit_menu"), callback_data: EXIT_TOKENS.menu },
      { text: this.#text("engine.exit_help"), callback_data: EXIT_TOKENS.help },
    ];
  }

  #text(key: string, params: Record<string, unknown> = {}): string {
    const text = this.#texts.get(key) ?? key;
    return text.includes("{{") ? text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name])) : text;
  }
}

/** The answer that pressed data or typed words give to a question; undefined when they do not fit. */
export function readAnswer(question: Question, data: string | undefined, typed: string | undefined) {
  if ("choices" in question) {
    const id = data?.startsWith(`bench-quiz:${question.id}:`) ? data.slice(data.lastIndexOf(":") + 1) : undefined;
    if (id === undefined || !question.choices.includes(id)) return undefined;
    return id === question.right ? "right" : "wrong";
  }
  if (typed === undefined || !/^\s*\d{1,9}\s*$/.test(typed)) return undefined;
  const number = Number(typed);
  return number >= question.min && number <= question.max ? number : undefined;
}

/** The data of the button that an act presses on a screen of `place`; undefined for typed words. */
export function dataOf(place: { readonly flow: string; readonly node: string }, act: Act): string | undefined {
  return "press" in act ? choiceToken(place.flow, place.node, act.press) : undefined;
}
