import { setTimeout as pause } from "node:timers/promises";
import type { Question } from "../../../src/campaign/quiz.ts";
import { limitsOf } from "../../../src/channels/limits.ts";
import type { App } from "../../../src/commands/app.ts";
import type { Lang } from "../../../src/flow/ids.ts";
import { fold } from "../../../src/language/fold.ts";
import type { Phone, Shown } from "../../support/networks/network.ts";
import type { NetworkName, Rig } from "../../support/networks/rig.ts";
import type { Act, Journey, Sight, Step } from "./journey.ts";
import { offered, Reader, type View } from "./reader.ts";

/** How somebody takes a choice: by its button, or its number where there are none; or by typing it. */
export const MANNERS = ["press", "typed"] as const;
export type Manner = (typeof MANNERS)[number];

export interface Trip {
  readonly journey: Journey;
  readonly network: NetworkName;
  readonly lang: Lang;
  readonly manner: Manner;
}

/** A screen that is not there by then never comes. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 40;

/** Goes all the way. Rejects at the first screen that is not as it must be, with everything the phone shows. */
export async function travel(rig: Rig, app: App, trip: Trip): Promise<void> {
  const traveller = new Traveller(rig, app, trip);
  const steps = trip.journey.steps.filter(({ on, lang }) => {
    return (on === undefined || on.includes(trip.network)) && (lang === undefined || lang === trip.lang);
  });
  for (const [index, step] of steps.entries()) {
    const trouble = await traveller.take(step);
    if (trouble !== null) throw new Error(`step ${index + 1} of ${nameOf(trip)}\n${trouble}\n${traveller.describe()}`);
  }
}

/** Journey, network, language and manner, as a failure names them. */
export function nameOf({ journey, network, lang, manner }: Trip): string {
  return `“${journey.name}”, ${network}, ${lang}, ${manner}`;
}

/** One person with a phone. */
class Traveller {
  readonly #phone: Phone;
  readonly #keyboard: () => readonly string[];
  readonly #reader: Reader;
  readonly #trip: Trip;
  #choices = 0;

  constructor(rig: Rig, app: App, trip: Trip) {
    const name = nameOf(trip);
    if (trip.network === "telegram") {
      const phone = rig.telegram.phone(name, { language: trip.lang });
      this.#phone = phone;
      this.#keyboard = () => phone.keyboard();
    } else {
      this.#phone = rig.phone(trip.network, name);
      this.#keyboard = () => [];
    }
    this.#reader = new Reader(app, trip.lang);
    this.#trip = trip;
  }

  /** What went wrong; null when the screen came as it must. */
  async take({ does, sees, not = [], alone }: Step): Promise<string | null> {
    const before = new Map(this.#phone.screen().map((shown) => [shown.id, looks(shown)]));
    for (const act of [does].flat()) {
      const refusal = this.#do(act);
      if (refusal !== null) return refusal;
    }
    const reply = () => this.#phone.screen().filter((shown) => before.get(shown.id) !== looks(shown));
    const missing = await this.#waitFor(sees, reply);
    if (missing.length > 0) return `never came: ${JSON.stringify(missing)}`;
    const view = this.#view(reply());
    const wrong = not.filter((words) => this.#reader.says(words, view));
    if (wrong.length > 0) return `must not be there: ${JSON.stringify(wrong)}`;
    return alone && !this.#isAlone(view) ? "older messages are still on the screen" : null;
  }

  /** The end of the screen, as the person sees it. */
  describe(): string {
    const lines = this.#phone
      .screen()
      .slice(-6)
      .map(({ from, text, buttons, file }) => {
        return [`--- ${from}`, file?.name, text, ...buttons.map((label) => `[${label}]`)].filter(Boolean).join("\n");
      });
    return [...lines, ...this.#keyboard().map((label) => `<${label}>`)].join("\n");
  }

  async #waitFor(sees: Step["sees"], reply: () => readonly Shown[]): Promise<readonly (Sight | string)[]> {
    const end = performance.now() + PATIENCE_MS;
    let seen = "";
    for (;;) {
      const shown = reply();
      const now = shown.map(looks).join("\n");
      const view = this.#view(shown);
      if (now !== seen && sees.every((sight) => this.#reader.sees(sight, view))) return [];
      if (performance.now() > end) return sees.filter((sight) => !this.#reader.sees(sight, view));
      seen = now;
      await pause(LOOK_EVERY_MS);
    }
  }

  #view(shown: readonly Shown[]): View {
    return { messages: shown.filter(({ from }) => from === "bot"), keyboard: this.#keyboard() };
  }

  #isAlone({ messages }: View): boolean {
    return !limitsOf(this.#trip.network).canClear || messages.length === this.#phone.screen().length;
  }

  /** Why it could not be done. */
  #do(act: Act): string | null {
    try {
      this.#handle(act);
      return null;
    } catch (error) {
      return `${act.do} ${JSON.stringify("label" in act ? act.label : "")}: ${String(error)}`;
    }
  }

  #handle(act: Act): void {
    switch (act.do) {
      case "start":
        return this.#phone.start(act.payload);
      case "type":
        return this.#phone.type(act.text[this.#trip.lang]);
      case "pick":
        return this.#pick(this.#reader.text(act.label));
      case "press-old":
        return this.#pressOld(this.#reader.text(act.label));
      case "answer":
        return this.#answer(act.quiz, act.right);
      case "answer-old":
        return this.#answerOld(act.quiz);
      case "location":
        return this.#phone.location(act.latitude, act.longitude);
      default:
        return this.#phone[act.do]();
    }
  }

  /** Those who type leave tone marks out, and count buttons every other time. */
  #pick(label: string): void {
    if (this.#trip.manner === "press") return this.#phone.press(label);
    this.#choices++;
    const number = this.#choices % 2 === 0 ? this.#numberOf(label) : undefined;
    this.#phone.type(number ?? (this.#trip.lang === "vi" ? fold(label) : label));
  }

  /** Which button of its message it is, from 1; undefined where it is none. */
  #numberOf(label: string): string | undefined {
    const message = this.#phone.screen().findLast(({ buttons }) => buttons.includes(label));
    return message && String(message.buttons.indexOf(label) + 1);
  }

  #pressOld(label: string): void {
    const first = this.#phone.screen().find((shown) => offered({ messages: [shown], keyboard: [] }).includes(label));
    this.#phone.pressOn(first?.id ?? "", label);
  }

  #answer(quiz: string, right: boolean): void {
    const asked = this.#asked(quiz).at(-1);
    const answer = right ? asked?.question.right : asked?.question.wrong[0];
    if (answer === undefined) throw new Error("no question on the screen");
    this.#pick(this.#reader.text(answer));
  }

  #answerOld(quiz: string): void {
    const [asked] = this.#asked(quiz);
    if (asked === undefined) throw new Error("no question on the screen");
    this.#phone.pressOn(asked.shown.id, this.#reader.text(asked.question.right));
  }

  /** The questions on the screen, oldest first. */
  #asked(quiz: string): readonly { readonly shown: Shown; readonly question: Question }[] {
    return this.#phone.screen().flatMap((shown) => {
      const question = shown.from === "bot" ? this.#reader.questionIn(shown, quiz) : undefined;
      return question === undefined ? [] : [{ shown, question }];
    });
  }
}

/** Changes when a message is rewritten. */
function looks({ id, text, buttons, file }: Shown): string {
  return JSON.stringify([id, text, buttons, file?.name]);
}
