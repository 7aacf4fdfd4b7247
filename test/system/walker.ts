import { deepStrictEqual, ok } from "node:assert/strict";
import { seededRandom } from "../../src/bot/random.ts";
import type { App } from "../../src/commands/app.ts";
import { type Advance, advance, begin } from "../../src/flow/engine.ts";
import { saved } from "../../src/flow/expiry.ts";
import { choiceToken, EXIT_TOKENS, type Input } from "../../src/flow/input.ts";
import { readSession } from "../../src/flow/migrations.ts";
import type { Program } from "../../src/flow/program.ts";
import type { Screen } from "../../src/flow/screen.ts";
import type { Session, State } from "../../src/flow/session.ts";
import { foldWords } from "../../src/language/fold.ts";
import type { ScreenProof } from "./screen-proof.ts";
import type { Move } from "./walk-inputs.ts";

const START = Date.parse("2026-11-21T09:00:00+07:00");
const SECOND_MS = 1_000;
/** One of each language; the check tries them all at every node. */
const HELP_WORDS = ["giúp", "help"] as const;

/**
 * One person who does anything at all, on the pure engine with everything that is committed. The state goes through
 * JSON after every turn. Throws as soon as a promise is broken.
 */
export class Walker {
  readonly #app: App;
  readonly #proof: ScreenProof;
  readonly #random = seededRandom(1);
  #now = START;
  #state: State;
  #screen: Screen | undefined;

  constructor(app: App, proof: ScreenProof, flow: string, me: Session["me"]) {
    this.#app = app;
    this.#proof = proof;
    const opened = begin(app.program, flow, me, this.#world());
    this.#state = opened.state;
    this.#take(opened);
  }

  /** Makes a move and holds the result against every promise. */
  step(move: Move): void {
    if (move.do === "restart") {
      this.#state = { session: stored(saved(this.#app.program, this.#state.session)), heard: {} };
      return;
    }
    if (move.do === "wait") this.#now += move.ms;
    else this.#now += SECOND_MS;
    const input: Input = move.do === "wait" ? { kind: "tick" } : this.#inputOf(move);
    const before = this.#screen;
    this.#take(advance(this.#app.program, this.#state, input, this.#world()));
    if (input.kind !== "tick") ok(this.#screen !== before, "the bot said nothing");
    this.#provePlace();
  }

  #world() {
    return { ...this.#app.worlds.at(this.#now), random: this.#random };
  }

  #take({ state, effects }: Advance): void {
    this.#state = { session: stored(state.session), heard: { ...state.heard } };
    const screens = effects.flatMap((effect) => (effect.kind === "send" ? [effect.screen] : []));
    ok(screens.length <= 1, "one turn showed two screens");
    const [screen] = screens;
    if (screen === undefined) return;
    this.#screen = screen;
    this.#proof.check(screen, state.session.me.lang ?? this.#app.program.defaultLang);
  }

  #inputOf(move: Exclude<Move, { do: "wait" | "restart" }>): Input {
    switch (move.do) {
      case "press":
        return { kind: "choice", token: this.#pressable()[move.which % this.#pressable().length] ?? "" };
      case "label":
        return { kind: "text", text: written(this.#labels(), move) };
      case "button":
        return { kind: "choice", token: move.token };
      case "number":
      case "text":
        return { kind: "text", text: move.text };
      case "location":
        return { kind: "location", latitude: move.latitude, longitude: move.longitude };
      case "start":
        return move.payload === undefined ? { kind: "start" } : { kind: "start", payload: move.payload };
      case "unreadable":
        return { kind: "unreadable" };
    }
  }

  #labels(): string[] {
    const lang = this.#state.session.me.lang ?? this.#app.program.defaultLang;
    return this.#screen?.choices.map(({ label }) => this.#app.say(label, lang)) ?? [];
  }

  /** Tokens of everything on the screen that can be pressed. */
  #pressable(): string[] {
    const { flow = "", node = "", choices = [], exits = [] } = this.#screen ?? {};
    return [...choices.map(({ id }) => choiceToken(flow, node, id)), ...exits.map((exit) => EXIT_TOKENS[exit])];
  }

  /** From here there is a way on, help is one word away, and at most two presses. */
  #provePlace(): void {
    const screen = this.#screen;
    ok(screen !== undefined);
    const at = placeOf(this.#state);
    ok(this.#pressable().length > 0, `nothing can be pressed at ${at}`);
    for (const text of HELP_WORDS) {
      ok(
        inHelp(this.#app.program, this.#try({ kind: "text", text }).state),
        `"${text}" does not lead to help at ${at}`,
      );
    }
    ok(this.#pressesToHelp(screen) <= 2, `help is more than two presses away from ${at}`);
    const goesOn = this.#pressable().some((token) => placeOf(this.#try({ kind: "choice", token }).state) !== at);
    ok(goesOn, `every press leads back to ${at}`);
  }

  #pressesToHelp(screen: Screen): number {
    if (inHelp(this.#app.program, this.#state)) return 0;
    const oneMore = (shown: Screen | undefined, state: State) =>
      inHelp(this.#app.program, state) || shown?.exits.includes("help") === true;
    if (screen.exits.includes("help")) {
      return inHelp(this.#app.program, this.#try({ kind: "choice", token: EXIT_TOKENS.help }).state) ? 1 : Infinity;
    }
    const reached = this.#pressable().map((token) => this.#try({ kind: "choice", token }));
    return reached.some(({ state, effects }) => oneMore(screenIn(effects), state)) ? 2 : Infinity;
  }

  /** What an input would lead to; nothing happens. */
  #try(input: Input): Advance {
    return advance(this.#app.program, this.#state, input, this.#app.worlds.at(this.#now));
  }
}

/** A session as it comes back from the store; fails when JSON changed it. */
function stored(session: Session): Session {
  const back = readSession(JSON.parse(JSON.stringify(session)));
  ok(back !== null, "the store would not know this session again");
  deepStrictEqual(back, session);
  return back;
}

function written(labels: readonly string[], move: Move & { do: "label" }): string {
  const label = labels.length === 0 ? "" : (labels[move.which % labels.length] ?? "");
  switch (move.how) {
    case "whole":
      return label;
    case "bare":
      return foldWords(label);
    case "loud":
      return label.toUpperCase().normalize("NFD");
    case "part":
      return label.split(" ").slice(0, 2).join(" ");
  }
}

function placeOf({ session }: State): string {
  const top = session.frames.at(-1);
  return top === undefined ? "rest" : `${top.flow}.${top.node}`;
}

function screenIn(effects: Advance["effects"]): Screen | undefined {
  return effects.flatMap((effect) => (effect.kind === "send" ? [effect.screen] : []))[0];
}

/** In the help flow, or in a flow that it called. */
function inHelp(program: Program, { session }: State): boolean {
  const innermost = program.flows.get(session.frames.at(-1)?.flow ?? "");
  return innermost?.keepsNothing === true && session.frames.some(({ flow }) => flow === program.roles.help);
}
