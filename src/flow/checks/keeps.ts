import type { Bundle } from "../../content/bundle.ts";
import { durationMs } from "../ids.ts";
import { allNodes, type NodeRef } from "./facts/graph.ts";
import { heardBy, readsOf, writesOf } from "./facts/variables.ts";
import { atFlow, atNode, type Check, type Finding, finding } from "./finding.ts";

const MOST_MINUTES = 60;

/** A flow with `keeps: nothing` stores nothing about the person, hands nothing on, and never writes by itself. */
export const checkKeeps: Check = (bundle) => [
  ...[...bundle.flows.values()].flatMap((flow) => {
    if (flow.keeps !== "nothing" || durationMs(flow.expires) <= MOST_MINUTES * 60_000) return [];
    const message = `the place in this flow is remembered for ${flow.expires}`;
    return [finding("keeps-too-long", atFlow(bundle, flow.flow), message, "set expires: to some minutes, such as 15m")];
  }),
  ...allNodes(bundle).flatMap((ref) => (keepsNothing(bundle, ref.flow) ? nodeFindings(bundle, ref) : [])),
];

function nodeFindings(bundle: Bundle, ref: NodeRef): readonly Finding[] {
  const at = atNode(bundle, ref.flow, ref.id);
  const broken = stored(ref).concat(handedOn(bundle, ref));
  const fix = "take it out, or move it to a flow that may keep something";
  const found = broken.map((what) => finding("keeps-broken", at, `${what} in a flow that keeps nothing`, fix));
  return writesByItself(ref)
    ? [...found, finding("follows-up", at, "the bot would write by itself here", "take the waiting time out")]
    : found;
}

function stored(ref: NodeRef): string[] {
  const { node } = ref;
  const kept = writesOf(node).filter(({ name }) => name.startsWith("me."));
  const heard = heardBy(node);
  return [
    ...kept.map(({ name }) => `${name} is set`),
    ...(heard === undefined ? [] : [`typed words are held as ${heard}`]),
    ...(["subscribe", "submit", "referral"].includes(node.kind) ? [`there is a ${node.kind} node`] : []),
  ];
}

/** What was said in confidence may be handed only to a flow that keeps nothing either. */
function handedOn(bundle: Bundle, { node }: NodeRef): string[] {
  const to = node.kind === "call" ? node.flow : node.kind === "goto" && node.go.startsWith("@") ? node.go.slice(1) : "";
  if (!bundle.flows.has(to) || keepsNothing(bundle, to)) return [];
  return readsOf(node).map(({ name }) => `$${name} is handed to ${to}, which keeps things,`);
}

/** A time-out may only end the flow silently. */
function writesByItself({ node }: NodeRef): boolean {
  if (node.kind === "wait") return true;
  return node.kind === "ask" && node.timeout !== undefined && node.timeout.go !== "$end";
}

function keepsNothing(bundle: Bundle, flow: string): boolean {
  return bundle.flows.get(flow)?.keeps === "nothing";
}
