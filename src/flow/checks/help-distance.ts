import type { Bundle } from "../../content/bundle.ts";
import type { FlowNode } from "../schema.ts";
import { allNodes, hasExits, leadsTo, type NodeRef, refKey, startOf, waits, waysOf } from "./facts/graph.ts";
import { settle } from "./facts/settle.ts";
import { atNode, type Check, finding } from "./finding.ts";

/** The longest way to help that anybody may be given, in inputs. */
export const MOST_INPUTS = 2;

export interface HelpDistance {
  readonly flow: string;
  readonly nodes: number;
  /** Nodes a person can stand on, times the situations they can be in there. */
  readonly states: number;
  /** Inputs to help in the worst of them; Infinity when there is no way. */
  readonly longest: number;
}

/** Situations at a waiting node. At rest and after expiry a person stands before the menu or the welcome. */
type Situation = "waiting" | "mid-quiz" | "place-candidates" | "handed-over" | "timed-out" | "expired";

/** Inputs from every state of every flow to the help flow, by buttons alone; the help word is always one input. */
export function helpDistance(bundle: Bundle): readonly HelpDistance[] {
  const states = statesOf(bundle);
  return [...bundle.flows.values()].map(({ flow, nodes }) => {
    const here = states.filter((state) => state.ref.flow === flow);
    const longest = Math.max(0, ...here.map((state) => state.distance));
    return { flow, nodes: Object.keys(nodes).length, states: here.length, longest };
  });
}

export const checkHelpDistance: Check = (bundle) =>
  statesOf(bundle)
    .filter(({ distance }) => distance > MOST_INPUTS)
    .map(({ ref, situation, distance }) => {
      const far = distance === Infinity ? "cannot be reached by buttons" : `is ${distance} inputs away`;
      const message = `help ${far} (${situation})`;
      const fix = "take exits: none away, or add a choice that leads to help or to the menu";
      return finding("help-too-far", atNode(bundle, ref.flow, ref.id), message, fix);
    });

interface StandingState {
  readonly ref: NodeRef;
  readonly situation: Situation;
  readonly distance: number;
}

function statesOf(bundle: Bundle): readonly StandingState[] {
  const distance = distances(bundle);
  const worst = (refs: readonly NodeRef[]) => worstOf(distance, refs);
  const expired = 1 + worst(settle(bundle, restingAt(bundle)));
  return allNodes(bundle)
    .filter((ref) => waits(ref.node))
    .flatMap((ref) => {
      const here = distance.get(refKey(ref)) ?? Infinity;
      const late = waysOf(ref.node)
        .filter((way) => way.cause === "time")
        .map((way) => worst(settle(bundle, leadsTo(bundle, ref.flow, way.to))));
      const standing = situationsAt(ref.node).map((situation) => ({ ref, situation, distance: here }));
      const timedOut = late.map((inputs) => ({ ref, situation: "timed-out" as const, distance: inputs }));
      return [...standing, ...timedOut, { ref, situation: "expired" as const, distance: expired }];
    });
}

function situationsAt(node: FlowNode): readonly Situation[] {
  if (node.kind === "quiz") return ["waiting", "mid-quiz"];
  if (node.kind === "place") return ["waiting", "place-candidates"];
  return node.kind === "referral" ? ["waiting", "handed-over"] : ["waiting"];
}

function restingAt(bundle: Bundle): readonly NodeRef[] {
  return [bundle.program.menu, bundle.program.start].flatMap((flow) => startOf(bundle, flow) ?? []);
}

/** The worst of the places a person may come to; none at all counts as no way. */
function worstOf(distance: ReadonlyMap<string, number>, refs: readonly NodeRef[]): number {
  return refs.length === 0 ? Infinity : Math.max(...refs.map((ref) => distance.get(refKey(ref)) ?? Infinity));
}

/** Shortest ways from every waiting node, each press taken to lead where help is farthest. */
function distances(bundle: Bundle): ReadonlyMap<string, number> {
  const waiting = allNodes(bundle).filter((ref) => waits(ref.node));
  const inHelp = allNodes(bundle).filter((ref) => ref.flow === bundle.program.help.flow);
  const presses = new Map(waiting.map((ref) => [refKey(ref), pressOutcomes(bundle, ref)]));
  const distance = new Map(inHelp.map((ref) => [refKey(ref), 0]));
  for (let nearer = true; nearer; ) {
    nearer = false;
    for (const [key, outcomes] of presses) {
      const best = Math.min(...outcomes.map((refs) => 1 + worstOf(distance, refs)));
      if (best >= (distance.get(key) ?? Infinity)) continue;
      distance.set(key, best);
      nearer = true;
    }
  }
  return distance;
}

/** For each press at a node, where the person may be afterwards. */
function pressOutcomes(bundle: Bundle, ref: NodeRef): readonly (readonly NodeRef[])[] {
  const exits = hasExits(ref.node) ? [bundle.program.help.flow, bundle.program.menu] : [];
  return [
    ...waysOf(ref.node)
      .filter((way) => way.cause === "press")
      .map((way) => settle(bundle, leadsTo(bundle, ref.flow, way.to))),
    ...exits.map((flow) => {
      const start = startOf(bundle, flow);
      return start === undefined ? [] : settle(bundle, [start]);
    }),
  ];
}
