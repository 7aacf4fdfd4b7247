import { advance } from "../flow/engine.ts";
import { LANGS, type Lang } from "../flow/ids.ts";
import { linkToken } from "../flow/input.ts";
import { withOffers } from "../flow/offers.ts";
import type { Program } from "../flow/program.ts";
import type { FlowNode, ProgramFile } from "../flow/schema.ts";
import { type Frame, freshState, type State } from "../flow/session.ts";
import type { World } from "../flow/world.ts";

const WAITING: ReadonlySet<FlowNode["kind"]> = new Set([
  "ask",
  "place",
  "quiz",
  "referral",
  "wait",
  "form",
  "safe-word",
]);
const LONG_AGO_MS = 100 * 86_400_000;

export interface WordProof {
  /** Situations tried, each with every help word of both languages. */
  readonly situations: number;
  readonly inputs: number;
  /** Where a help word did not lead to the help flow at once. */
  readonly failures: readonly { readonly flow: string; readonly node: string; readonly situation: string }[];
}

/** Every place a person can stand on, in every situation the engine knows. */
function situationsOf(flow: string, node: string, kind: FlowNode["kind"]): Record<string, Frame["state"]> {
  const plain = { waiting: undefined };
  switch (kind) {
    case "quiz":
      return { ...plain, "mid-quiz": { order: ["gone"], answers: [0], right: 0, total: 1, help: false } };
    case "place":
      return { ...plain, "place-candidates": { codes: ["01", "22"] } };
    case "referral":
      return { ...plain, "handed-over": { open: true } };
    case "form":
      return { ...plain, "mid-form": { at: "name", reviewed: false } };
    case "ask":
      return { ...plain, "which-one": { shown: [`${flow}-${node}`] } };
    default:
      return plain;
  }
}

function stateAt(frame: Frame | undefined, lang: Lang, at: number): State {
  const { session } = freshState(at, lang);
  return { heard: {}, session: { ...session, met: true, frames: frame === undefined ? [] : [frame] } };
}

/** Whom a word is tried on: `offered` has a message of the team on the screen, with a choice that reads like that word. */
type Who = "stranger" | "known" | "offered";

function stateOf(who: Who, known: State, word: string, menu: string): State | null {
  if (who === "stranger") return null;
  return who === "known" ? known : withOffers(known, [{ id: menu, label: word, token: linkToken(menu) }]);
}

/**
 * Runs the engine with every help word in every state: waiting, mid-quiz, choosing a place, handed over, opted out
 * (nobody is subscribed here), after a message of the team, expired, at rest, and as a stranger. One input must lead to
 * help from all of them.
 */
export function proveHelpWords(program: Program, file: ProgramFile, worldAt: (now: number) => World): WordProof {
  const now = Date.parse("2026-11-21T23:00:00+07:00");
  const words = LANGS.flatMap((lang) => file.words.help[lang].map((word) => ({ lang, word })));
  const failures: { flow: string; node: string; situation: string }[] = [];
  let situations = 0;
  const tryAll = (situation: string, frame: Frame | undefined, at: number, who: Who = "known") => {
    situations += 1;
    const fails = words.some(({ lang, word }) => {
      const state = stateOf(who, stateAt(frame, lang, at), word, program.roles.menu);
      const after = advance(program, state, { kind: "text", text: word }, worldAt(now)).state.session.frames;
      return (
        !after.some((f) => f.flow === program.roles.help) ||
        program.flows.get(after.at(-1)?.flow ?? "")?.keepsNothing !== true
      );
    });
    if (fails) failures.push({ flow: frame?.flow ?? "", node: frame?.node ?? "", situation });
  };
  tryAll("stranger", undefined, now, "stranger");
  tryAll("at-rest", undefined, now);
  tryAll("after a broadcast", undefined, now, "offered");
  for (const { id, nodes } of program.flows.values()) {
    for (const [nodeId, node] of nodes) {
      if (!WAITING.has(node.kind)) continue;
      tryAll("after a broadcast", { flow: id, node: nodeId, vars: {} }, now - 1000, "offered");
      for (const [situation, state] of Object.entries(situationsOf(id, nodeId, node.kind))) {
        const frame: Frame = { flow: id, node: nodeId, vars: {}, ...(state !== undefined && { state }) };
        tryAll(situation, frame, now - 1000);
        tryAll(`expired ${situation}`, frame, now - LONG_AGO_MS);
      }
    }
  }
  return { situations, inputs: situations * words.length, failures };
}
