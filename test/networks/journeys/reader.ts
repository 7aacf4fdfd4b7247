import type { Question } from "../../../src/campaign/quiz.ts";
import type { App } from "../../../src/commands/app.ts";
import type { Lang } from "../../../src/flow/ids.ts";
import type { Shown } from "../../support/networks/network.ts";
import { quizOf, serviceOf } from "./content.ts";
import type { Sight, Words } from "./journey.ts";

/** What a screen holds that a person can read and choose. */
export interface View {
  readonly messages: readonly Shown[];
  /** Labels of buttons in the place of the phone's keyboard. */
  readonly keyboard: readonly string[];
}

/** Looks for committed texts on a screen, as one who reads this language sees them. */
export class Reader {
  readonly #app: App;
  readonly #lang: Lang;

  constructor(app: App, lang: Lang) {
    this.#app = app;
    this.#lang = lang;
  }

  /** A whole text, with the values it was given. Throws for a key that does not exist. */
  text(words: Words): string {
    if (typeof words !== "string" && !("key" in words)) return words[this.#lang];
    const key = typeof words === "string" ? words : words.key;
    const written = this.#app.bundle.texts[this.#lang].get(key);
    if (written === undefined) throw new Error(`there is no text ${key} in ${this.#lang}`);
    return typeof words === "string" ? written : this.#app.say(words, this.#lang);
  }

  sees(sight: Sight | string, view: View): boolean {
    if (typeof sight === "string") return this.says(sight, view);
    switch (sight.kind) {
      case "says":
        return this.says(sight.words, view);
      case "says-one-of":
        return sight.words.some((words) => this.says(words, view));
      case "offers":
        return offered(view).includes(this.text(sight.label));
      case "names":
        return this.#names(sight.service, view);
      case "hands-over":
        return view.messages.some(({ file }) => file?.bytes.toString("latin1").startsWith(BEGINNINGS[sight.file]));
    }
  }

  /** The question of a quiz that a message asks; undefined where it asks none. */
  questionIn({ text }: Shown, quiz: string): Question | undefined {
    return quizOf(this.#app.bundle, quiz).questions.find((question) => text.includes(question.text[this.#lang]));
  }

  /** Values that a text was not given may be anything. */
  says(words: Words, view: View): boolean {
    const screen = plain(view.messages.map(({ text }) => text).join("\n"));
    const parts = this.text(words).split(/\{\{.*?\}\}/);
    return parts.map(plain).every((part) => screen.includes(part));
  }

  #names(id: string, { messages }: View): boolean {
    const { names, phones } = serviceOf(this.#app.bundle, id);
    const lines = messages.flatMap(({ text }) => text.split("\n"));
    const at = lines.indexOf(names[this.#lang]);
    return at >= 0 && (lines[at + 1] ?? "").startsWith(phones[0]?.number ?? "");
  }
}

/** Every file of a kind begins like this: a DOCX is a ZIP archive. */
const BEGINNINGS = { docx: "PK", pdf: "%PDF" } as const;

function plain(text: string): string {
  return text.normalize("NFC").replace(/\s+/g, " ").trim();
}

/** Labels of buttons, or of numbered lines. */
export function offered({ messages, keyboard }: View): readonly string[] {
  const lines = messages.flatMap(({ text }) => text.split("\n"));
  const numbered = lines.flatMap((line) => /^\d+\. (.+)$/.exec(line)?.[1] ?? []);
  return [...messages.flatMap(({ buttons }) => buttons), ...keyboard, ...numbered];
}
