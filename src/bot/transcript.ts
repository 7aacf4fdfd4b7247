import { z } from "zod";
import { limitsOf } from "../channels/limits.ts";
import type { OutMessage } from "../channels/message.ts";
import { CHANNELS, type ChannelName } from "../channels/port.ts";
import { render } from "../channels/render.ts";
import { type Advance, advance, begin } from "../flow/engine.ts";
import { Duration, durationMs, Lang, Slug } from "../flow/ids.ts";
import { choiceToken, EXIT_TOKENS, type Input } from "../flow/input.ts";
import type { Program } from "../flow/program.ts";
import type { Effect } from "../flow/screen.ts";
import { freshState, Session, type State } from "../flow/session.ts";
import type { World } from "../flow/world.ts";
import type { Say } from "../language/texts.ts";
import { type Here, nobodyOn } from "./world.ts";

const Action = {
  press: z.string().optional(),
  say: z.string().optional(),
  wait: Duration.optional(),
  share: z.tuple([z.number(), z.number()]).optional(),
  send: z.literal("unreadable").optional(),
  start: z.union([Slug, z.literal("")]).optional(),
};

const TestTurn = z
  .strictObject({
    ...Action,
    /** How long after the turn before; without it one second. Unlike `wait`, nothing happens in between. */
    after: Duration.optional(),
    at: z.string().optional(),
    bot: z.array(z.string()).optional(),
    not: z.array(z.string()).optional(),
    choices: z.array(z.string()).optional(),
  })
  .refine((turn) => ["press", "say", "wait", "share", "send", "start"].filter((k) => k in turn).length <= 1, {
    error: "a turn does one thing: press, say, wait, share, send or start",
  });
type TestTurn = z.infer<typeof TestTurn>;

export const Transcript = z.strictObject({
  name: z.string().min(3),
  lang: Lang.default("vi"),
  channel: z.enum(CHANNELS).default("web"),
  flow: Slug.optional(),
  /** A person who is known and at rest, as when a message that the team sent is all they see. */
  rest: z.literal(true).optional(),
  me: Session.shape.me.default({}),
  /** What the person subscribed to. */
  topics: Session.shape.topics.default([]),
  now: z.iso.datetime({ offset: true }).default("2026-11-21T09:00:00+07:00"),
  turns: z.array(TestTurn).min(1),
});
export type Transcript = z.infer<typeof Transcript>;

/** A file `flows/<flow>.test.yaml`. */
export const TranscriptFile = z.strictObject({ tests: z.array(Transcript).min(1) });

export interface TranscriptDeps {
  readonly program: Program;
  readonly say: Say;
  /** A text as it is written, with its `{{…}}`. */
  raw(key: string, lang: Lang): string | undefined;
  worldAt(now: number, here: Here): World;
}

/** What went wrong in a dialogue: which turn (from 1; 0 is the opening) and how it differs. */
export interface Mismatch {
  readonly turn: number;
  readonly message: string;
}

interface Scene {
  readonly state: State;
  readonly messages: readonly OutMessage[];
  readonly effects: readonly Effect[];
  readonly now: number;
}

/** Plays one dialogue through the engine and the renderer. The state goes through JSON after every turn. */
export function playTranscript(test: Transcript, deps: TranscriptDeps): readonly Mismatch[] {
  let scene = opening(test, deps);
  const mismatches: Mismatch[] = [];
  test.turns.forEach((turn, index) => {
    const acted = act(turn, scene, test, deps);
    if (typeof acted === "string") mismatches.push({ turn: index + 1, message: acted });
    else {
      scene = acted;
      for (const message of compare(turn, scene, test.lang, deps)) mismatches.push({ turn: index + 1, message });
    }
  });
  return mismatches;
}

function opening(test: Transcript, deps: TranscriptDeps): Scene {
  const now = Date.parse(test.now);
  const me = { lang: test.lang, ...test.me };
  const { state, effects } = firstTurn(test, me, now, deps);
  const subscribed = { ...state, session: { ...state.session, topics: test.topics } };
  return { state: subscribed, effects, now, messages: messagesOf(effects, state, test.channel, deps) };
}

function firstTurn(
  { flow, rest, lang, channel }: Transcript,
  me: Session["me"],
  now: number,
  deps: TranscriptDeps,
): Advance {
  const world = deps.worldAt(now, nobodyOn(channel));
  if (flow !== undefined) return begin(deps.program, flow, me, world);
  const fresh = freshState(now, lang);
  const state = { ...fresh, session: { ...fresh.session, me, met: rest === true } };
  return rest === true ? { state, effects: [] } : advance(deps.program, state, { kind: "start" }, world);
}

function messagesOf(effects: readonly Effect[], state: State, channel: ChannelName, deps: TranscriptDeps) {
  const lang = state.session.me.lang ?? deps.program.defaultLang;
  return effects.flatMap((effect) =>
    effect.kind === "send" ? render(effect.screen, lang, limitsOf(channel), deps.say) : [],
  );
}

/** The next scene, or why the turn could not be played. */
function act(turn: TestTurn, scene: Scene, test: Transcript, deps: TranscriptDeps): Scene | string {
  const now = scene.now + durationMs(turn.wait ?? turn.after ?? "1s");
  const input = inputOf(turn, scene);
  if (typeof input === "string") return input;
  if (input === undefined) return scene;
  const session = Session.parse(JSON.parse(JSON.stringify(scene.state.session)));
  const world = deps.worldAt(now, nobodyOn(test.channel));
  const { state, effects } = advance(deps.program, { ...scene.state, session }, input, world);
  return { state, effects, now, messages: messagesOf(effects, state, test.channel, deps) };
}

function inputOf(turn: TestTurn, scene: Scene): Input | string | undefined {
  if (turn.say !== undefined) return { kind: "text", text: turn.say };
  if (turn.wait !== undefined) return { kind: "tick" };
  if (turn.share !== undefined) return { kind: "location", latitude: turn.share[0], longitude: turn.share[1] };
  if (turn.send !== undefined) return { kind: "unreadable" };
  if (turn.start !== undefined) return turn.start === "" ? { kind: "start" } : { kind: "start", payload: turn.start };
  if (turn.press === undefined) return undefined;
  return pressOf(turn.press, scene);
}

/** A choice on the screen by its id, `menu`/`help` of the standing exits, or an old button as `flow:node:choice`. */
function pressOf(press: string, scene: Scene): Input | string {
  if (press.includes(":")) return { kind: "choice", token: press };
  const offered = scene.messages.flatMap((message) => message.choices);
  const choice = offered.find((c) => c.id === press);
  if (choice !== undefined) return { kind: "choice", token: choice.token };
  const exits = scene.messages.flatMap((message) => message.exits);
  if ((press === "menu" || press === "help") && exits.includes(press)) {
    return { kind: "choice", token: EXIT_TOKENS[press] };
  }
  const top = scene.state.session.frames.at(-1);
  const token = top === undefined ? "" : choiceToken(top.flow, top.node, press);
  return `there is no choice "${press}" (token ${token}) on the screen; offered: ${offered.map((c) => c.id).join(", ") || "none"}`;
}

function compare(turn: TestTurn, scene: Scene, lang: Lang, deps: TranscriptDeps): string[] {
  const now = scene.state.session.me.lang ?? lang;
  const said = scene.messages.map((message) => message.text).join("\n");
  const top = scene.state.session.frames.at(-1);
  const at = top === undefined ? "rest" : `${top.flow}.${top.node}`;
  const found: string[] = [];
  if (turn.at !== undefined && turn.at !== at) found.push(`stands at ${at}, expected ${turn.at}`);
  for (const fragment of turn.bot ?? []) {
    const wanted = fragmentText(fragment, now, deps);
    if (!said.includes(wanted)) found.push(`the bot did not say "${wanted}"; it said "${said}"`);
  }
  for (const fragment of turn.not ?? []) {
    const unwanted = fragmentText(fragment, now, deps);
    if (said.includes(unwanted)) found.push(`the bot said "${unwanted}"`);
  }
  if (turn.choices !== undefined) {
    const offered = scene.messages.flatMap((message) => message.choices.map((choice) => choice.id));
    if (offered.join() !== turn.choices.join()) found.push(`offered ${offered.join(", ")}`);
  }
  return found;
}

/** `@key` is that text up to its first value; anything else is meant literally. */
function fragmentText(fragment: string, lang: Lang, deps: TranscriptDeps): string {
  if (!fragment.startsWith("@")) return fragment;
  const whole = deps.raw(fragment.slice(1), lang) ?? fragment;
  return whole.split("{{")[0]?.trim() ?? whole;
}
