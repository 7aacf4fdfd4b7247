import { foldWords } from "../language/fold.ts";
import type { Lang, Vars } from "./ids.ts";
import { EXIT_TOKENS, type Input, parseToken, readPayload } from "./input.ts";
import { offerMeant } from "./offers.ts";
import { pressOld } from "./old-press.ts";
import { commandOf, type Role } from "./program.ts";
import { isSafeWord } from "./safe-word.ts";
import type { Offer } from "./session.ts";
import type { Next } from "./step.ts";
import { stepOf } from "./steps.ts";
import { closeHelp, currentNode, follow, showAgain } from "./travel.ts";
import type { Turn } from "./turn.ts";
import type { Heard } from "./world.ts";

/** What the engine knows of how this input finds the person. */
export interface Arrival {
  /** Nothing is known of this person yet. */
  readonly stranger: boolean;
  /** The question they may mean is gone: its time is over, or an edit removed it. */
  readonly displaced: boolean;
  /** What can be chosen below the last message that the team sent, if nothing was written after it. */
  readonly offers: readonly Offer[];
}

/** Reads one input where the person stands. Words that always work and the safety screen come before any flow. */
export function listen(turn: Turn, input: Exclude<Input, { kind: "tick" }>, arrival: Arrival): void {
  switch (input.kind) {
    case "text":
      return readText(turn, input.text, arrival);
    case "choice":
      return readPress(turn, input.token, arrival);
    case "location":
      return readLocation(turn, input, arrival);
    case "start":
      return readStart(turn, input.payload, arrival);
    case "unreadable":
      return cannotRead(turn);
    case "left":
      return leave(turn);
  }
}

function readText(turn: Turn, text: string, arrival: Arrival): void {
  const folded = foldWords(text);
  const isCommand = text.trimStart().startsWith("/");
  const word = isCommand ? commandOf(folded) : folded;
  const role = turn.program.words.get(word) ?? (isSafeWord(turn.me.safe_word, text, turn.world) ? "exit" : undefined);
  if (role === "help") return calledForHelp(turn, folded, arrival);
  if (role !== undefined) return takeRole(turn, role, arrival);
  const lang = turn.program.languages.get(word);
  if (isCommand) return lang === undefined ? readCommand(turn, word, arrival) : speak(turn, lang, arrival);
  const offer = offerMeant(arrival.offers, text, turn.world.screen);
  if (offer !== undefined) return readPress(turn, offer, arrival);
  const input: Input = { kind: "text", text };
  if (!arrival.displaced && take(turn, choose(turn, input))) return;
  if (lang !== undefined) return speak(turn, lang, arrival);
  const heard = turn.world.screen(text);
  const flow = turn.program.keywords.get(folded);
  // Exactly a flow's own word ("tố cáo", "viết đơn") says what is wanted; only danger comes before it.
  if (heard !== null && (heard.urgent || flow === undefined)) return takeToHelp(turn, heard);
  if (flow !== undefined && isAside(turn, flow)) return openAside(turn, flow);
  if (!arrival.displaced && take(turn, answer(turn, input))) return;
  if (flow !== undefined) return startFlow(turn, flow, arrival);
  lost(turn, arrival);
}

/** A help word always opens help; one that tells of danger ("cứu tôi với") opens it at the danger node. */
function calledForHelp(turn: Turn, word: string, arrival: Arrival): void {
  if (turn.program.danger.has(word)) openHelp(turn, turn.program.urgent, { urgent: true });
  else takeRole(turn, "help", arrival);
}

/** The person reads another language: the same question again, in it. */
function speak(turn: Turn, lang: Lang, arrival: Arrival): void {
  turn.set("me.lang", lang);
  if (arrival.stranger) follow(turn, `@${turn.program.start}`);
  else showAgain(turn);
}

function choose(turn: Turn, input: Input): Next | undefined {
  const node = currentNode(turn);
  return node === undefined ? undefined : stepOf(node).choose?.(node, turn, input);
}

function answer(turn: Turn, input: Input): Next | undefined {
  const node = currentNode(turn);
  return node === undefined ? undefined : stepOf(node).answer?.(node, turn, input);
}

function take(turn: Turn, next: Next | undefined): boolean {
  if (next === undefined) return false;
  follow(turn, next);
  return true;
}

/**
 * Nothing fits: never a bare "I don't understand". Where the flow says what then (help: people who listen), that;
 * else the question again, with the way to help that every screen has.
 */
function lost(turn: Turn, arrival: Arrival): void {
  if (arrival.stranger) return follow(turn, `@${turn.program.start}`);
  const then = arrival.displaced ? undefined : turn.flow?.flow.lost;
  if (then !== undefined) return follow(turn, then);
  const node = currentNode(turn);
  if (node === undefined) turn.say({ key: "engine.from_menu" });
  else if (arrival.displaced) turn.say({ key: "engine.ask_again" });
  else turn.say({ key: (node.kind === "ask" ? node.retry : undefined) ?? "common.retry" });
  showAgain(turn);
}

function readCommand(turn: Turn, command: string, arrival: Arrival): void {
  if (command === "/start") return readStart(turn, undefined, arrival);
  const flow = turn.program.commands.get(command);
  if (flow !== undefined) return startFlow(turn, flow, arrival);
  turn.say({ key: "engine.unknown_command" });
  if (arrival.stranger) follow(turn, `@${turn.program.start}`);
  else showAgain(turn);
}

/** A stranger meets the welcome first and comes to what they asked for after it; help is never behind it. */
function startFlow(turn: Turn, flow: string, arrival: Arrival): void {
  const linked = turn.program.flows.get(flow);
  if (isAside(turn, flow)) return openAside(turn, flow);
  const welcomeFirst = arrival.stranger && linked !== undefined && !linked.keepsNothing && flow !== turn.program.start;
  if (!welcomeFirst) return follow(turn, `@${flow}`);
  turn.push(linked.id, linked.flow.start, {});
  follow(turn, { flow: turn.program.start, with: {}, call: true });
}

function isAside({ program }: Turn, flow: string | undefined): boolean {
  return program.flows.get(flow ?? "")?.flow.aside === true;
}

/** On top of wherever the person is, in the place of another flow that stands aside there; its end leads back. */
function openAside(turn: Turn, flow: string): void {
  while (isAside(turn, turn.top?.flow)) turn.frames.pop();
  follow(turn, { flow, with: {}, call: true });
}

/** A role word, typed or pressed. Help begins anew but remembers the place it interrupts. */
function takeRole(turn: Turn, role: Role, arrival: Arrival): void {
  const flow = turn.program.roles[role];
  if (role === "menu") {
    if (arrival.stranger) return follow(turn, `@${turn.program.start}`);
    turn.clearFrames();
  }
  if (role === "stop") return openAside(turn, flow);
  follow(turn, { flow, with: {}, call: role === "forget" });
}

/**
 * The screen heard a need. Where the question asked for it, that is its answer; else the help flow opens on top,
 * at the danger node when it is urgent. The words themselves are gone with this turn.
 */
function takeToHelp(turn: Turn, heard: Heard): void {
  const node = currentNode(turn);
  if (node !== undefined && !heard.urgent && isAboutSamePerson(turn, heard)) {
    const next = stepOf(node).heard?.(node, turn, heard.need);
    if (next !== undefined) return follow(turn, next);
  }
  const { need, urgent, whom, child } = heard;
  openHelp(turn, urgent ? turn.program.urgent : undefined, { need, urgent, whom, child });
}

/** On top of what it interrupts, at this node; undefined: where the flow begins. */
function openHelp(turn: Turn, node: string | undefined, vars: Vars): void {
  turn.dropWords();
  closeHelp(turn);
  const help = turn.program.flows.get(turn.program.roles.help);
  if (help === undefined) return showAgain(turn);
  turn.push(help.id, help.flow.start, vars);
  follow(turn, node ?? help.flow.start);
}

/**
 * Whether the words are about the person this conversation is about: then they can answer its question. Words that name
 * nobody ("self") go with anybody; of a child only once it is known to be about one, and then all of them ("mẹ đánh
 * con" may be the mother or the child). Outside help (how to report) nobody is known, and only one's own deeds do not fit.
 */
function isAboutSamePerson(turn: Turn, { whom, child }: Heard): boolean {
  if (!turn.program.helping.has(turn.top?.flow ?? "")) return whom !== "perpetrator";
  const about = turn.frames.findLast((frame) => frame.flow === turn.program.roles.help)?.vars;
  if (child) return about?.["child"] === true;
  return whom === "self" || whom === about?.["whom"];
}

/**
 * A fixed screen on top of wherever the person is, with people who can help and a way back. Never twice on top of
 * itself.
 */
function cannotRead(turn: Turn): void {
  const fixed = turn.program.flows.get(turn.program.unreadable ?? "");
  if (fixed === undefined) {
    turn.say({ key: "engine.unreadable" });
    return showAgain(turn);
  }
  if (turn.top?.flow !== fixed.id) turn.push(fixed.id, fixed.flow.start, {});
  follow(turn, fixed.flow.start);
}

/** Blocking is the plainest way to say stop: no place in a flow and no subscription is left, and nothing is said. */
function leave(turn: Turn): void {
  turn.clearFrames();
  turn.topics = [];
}

function readPress(turn: Turn, token: string, arrival: Arrival): void {
  if (token === EXIT_TOKENS.menu) return takeRole(turn, "menu", arrival);
  if (token === EXIT_TOKENS.help) return takeRole(turn, "help", arrival);
  const pressed = parseToken(token);
  const linked = pressed?.flow === "" ? turn.program.payloads.get(pressed.choice) : undefined;
  if (linked !== undefined) return startFlow(turn, linked, arrival);
  const here = pressed?.flow === turn.top?.flow && pressed?.node === turn.top?.node;
  if (here && !arrival.displaced && take(turn, choose(turn, { kind: "choice", token }))) return;
  if (pressed !== null && pressOld(turn, pressed)) return;
  turn.say({ key: "engine.old_button" });
  showAgain(turn);
}

function readLocation(turn: Turn, input: Input, arrival: Arrival): void {
  if (!arrival.displaced && take(turn, choose(turn, input))) return;
  turn.say({ key: "engine.location_unneeded" });
  showAgain(turn);
}

/** The place where a poster hangs is counted; nothing of it is kept with the person who read it. */
function countPoster(turn: Turn, place: string): void {
  turn.effect({ kind: "count", flow: "poster", node: place, count: "start", place });
}

/** A network's "start": where a link leads, else back to where the person is. Help is never shown again by it. */
function readStart(turn: Turn, payload: string | undefined, arrival: Arrival): void {
  const { leadsTo, poster } = readPayload(payload ?? "");
  if (poster !== undefined && turn.world.places.name(poster) !== undefined) countPoster(turn, poster);
  const flow = turn.program.payloads.get(leadsTo);
  if (flow !== undefined) return startFlow(turn, flow, arrival);
  if (arrival.stranger) return follow(turn, `@${turn.program.start}`);
  closeHelp(turn);
  while (turn.flow?.keepsNothing) turn.frames.pop();
  showAgain(turn);
}
