import { onlyAnswers } from "./answers.ts";
import type { Condition } from "./condition.ts";
import { holds } from "./condition.ts";
import { type Lang, TOPICS, type Value, type Vars } from "./ids.ts";
import type { LinkedFlow, Program } from "./program.ts";
import type { Effect, Part, Screen, ScreenChoice, TextRef } from "./screen.ts";
import { type Frame, type NodeState, Session, type State } from "./session.ts";
import type { World } from "./world.ts";

/** Deepest nesting of calls and interruptions; the oldest place is given up beyond it. */
const MAX_FRAMES = 8;

/** The question a turn ends with. */
export interface Question {
  readonly choices: readonly ScreenChoice[];
  readonly expects: Screen["expects"];
  readonly clear?: boolean;
  readonly exits?: boolean;
}

/**
 * One turn in progress: a private copy of the state that steps read and write, and what the turn will show.
 * Lives only inside one call of `advance`.
 */
export class Turn {
  readonly program: Program;
  readonly world: World;
  readonly effects: Effect[] = [];
  readonly parts: Part[] = [];
  readonly frames: Frame[];
  me: Session["me"];
  topics: Session["topics"];
  heard: Record<string, string>;
  #question: Question | null = null;

  constructor(program: Program, world: World, state: State) {
    this.program = program;
    this.world = world;
    this.frames = [...state.session.frames];
    this.me = state.session.me;
    this.topics = state.session.topics;
    this.heard = state.heard;
  }

  get lang(): Lang {
    return this.me.lang ?? this.program.defaultLang;
  }

  get top(): Frame | undefined {
    return this.frames.at(-1);
  }

  /** The innermost flow; undefined at rest, or when an edit removed it. */
  get flow(): LinkedFlow | undefined {
    const top = this.top;
    return top === undefined ? undefined : this.program.flows.get(top.flow);
  }

  say(text: TextRef): void {
    this.parts.push({ kind: "text", text });
  }

  show(part: Part): void {
    this.parts.push(part);
  }

  /** Ends the turn with a question; the last one asked counts. */
  ask(question: Question): void {
    this.#question = question;
  }

  effect(effect: Effect): void {
    this.effects.push(effect);
  }

  /** All variables a condition or value may use here, `me.*` under their full names. */
  vars(): Vars {
    const vars: Record<string, Value> = { ...this.top?.vars };
    for (const [name, value] of Object.entries(this.me)) if (value !== undefined) vars[`me.${name}`] = value;
    for (const topic of TOPICS) vars[`me.topic_${topic}`] = this.topics.includes(topic);
    vars["here.channel"] = this.world.channel;
    return vars;
  }

  read(name: string): Value | undefined {
    if (name === "here.channel") return this.world.channel;
    if (name.startsWith("me.")) return Object.entries(this.me).find(([key]) => key === name.slice(3))?.[1];
    return this.top?.vars[name];
  }

  /** A literal as it is, `$name` as the variable's value. */
  value(value: Value | undefined): Value | undefined {
    return typeof value === "string" && value.startsWith("$") ? this.read(value.slice(1)) : value;
  }

  /** As `value`, when a text is wanted; undefined for anything else. */
  text(value: Value | undefined): string | undefined {
    const found = this.value(value);
    return typeof found === "string" ? found : undefined;
  }

  values(record: Readonly<Record<string, Value>> | undefined): Record<string, Value> {
    const found: Record<string, Value> = {};
    for (const [name, value] of Object.entries(record ?? {})) {
      const resolved = this.value(value);
      if (resolved !== undefined) found[name] = resolved;
    }
    return found;
  }

  holds(condition: Condition | undefined): boolean {
    return condition === undefined || holds(condition, this.vars());
  }

  set(name: string, value: Value): void {
    if (name.startsWith("me.")) this.#setMe(name.slice(3), value);
    else this.#change((frame) => ({ ...frame, vars: withVar(frame.vars, name, value) }));
  }

  /** A value that does not fit what may be kept is left out: a flow cannot widen `me`. */
  #setMe(name: string, value: Value): void {
    const wanted = Object.entries(this.me).filter(([key]) => key !== name);
    if (value !== "") wanted.push([name, value]);
    const fitting = Session.shape.me.safeParse(Object.fromEntries(wanted));
    if (fitting.success) this.me = fitting.data;
  }

  setAll(vars: Readonly<Record<string, Value>> | undefined): void {
    if (vars === undefined) return;
    for (const [name, value] of Object.entries(this.values(vars))) this.set(name, value);
  }

  /** What the node remembers while it waits; undefined clears it. */
  remember(state: NodeState | undefined): void {
    if (state === undefined && this.top?.state === undefined) return;
    this.#change(({ state: _, ...frame }) => (state === undefined ? frame : { ...frame, state }));
  }

  /** The node stops waiting at this time; milliseconds since 1970. */
  wakeAt(due: number): void {
    this.#change((frame) => ({ ...frame, due }));
  }

  /** Stands on another node of the innermost flow. */
  stand(node: string): void {
    this.#change(({ flow, vars }) => ({ flow, node, vars }));
  }

  push(flow: string, node: string, vars: Readonly<Record<string, Value>>): void {
    this.frames.push({ flow, node, vars: { ...vars } });
    if (this.frames.length > MAX_FRAMES) this.frames.shift();
  }

  pop(): void {
    this.frames.pop();
    if (this.frames.length === 0) this.heard = {};
  }

  clearFrames(): void {
    this.frames.length = 0;
    this.heard = {};
  }

  /** Forgets the person at once, and where they came from; the language stays for the rest of this turn. */
  forget(): void {
    this.frames.splice(0, this.frames.length - 1);
    this.me = this.me.lang === undefined ? {} : { lang: this.me.lang };
    this.topics = [];
    this.heard = {};
    this.effect({ kind: "forget" });
  }

  hear(name: string, words: string): void {
    this.heard = { ...this.heard, [name]: words };
  }

  /** Drops typed words; the answers of a form that is still being filled in stay. */
  dropWords(): void {
    this.heard = onlyAnswers(this.heard);
  }

  #change(edit: (frame: Frame) => Frame): void {
    const top = this.frames.pop();
    if (top !== undefined) this.frames.push(edit(top));
  }

  /** The screen of this turn; undefined when there is nothing to show. */
  screen(): Screen | undefined {
    const top = this.top;
    const question = this.#question;
    if (this.parts.length === 0 && question === null) return undefined;
    return {
      flow: top?.flow ?? this.program.roles.menu,
      node: top?.node ?? "",
      parts: this.parts,
      choices: question?.choices ?? [],
      exits: question?.exits === false ? [] : ["menu", "help"],
      expects: question?.expects ?? "nothing",
      clear: question?.clear ?? false,
      passing: this.flow?.flow.passing === true,
      discreet: this.flow?.keepsNothing === true,
    };
  }
}

/** A copy with one more variable. V8 takes longer for a computed key inside the copying literal. */
function withVar(vars: Vars, name: string, value: Value): Record<string, Value> {
  const all: Record<string, Value> = { ...vars };
  all[name] = value;
  return all;
}
