import type { Bundle } from "../../content/bundle.ts";
import { durationMs } from "../ids.ts";
import type { FlowNode } from "../schema.ts";
import { allNodes } from "./facts/graph.ts";
import { atNode, type Check, finding } from "./finding.ts";

/** A waiting time ends before the flow forgets the place. */
export const checkWaitingTimes: Check = (bundle) =>
  allNodes(bundle).flatMap(({ flow, id, node }) => {
    const time = waitingTime(node);
    const expires = expiresOf(bundle, flow);
    if (time === undefined || durationMs(time) <= durationMs(expires)) return [];
    const message = `waits ${time}, but the flow forgets the place after ${expires}`;
    const fix = "shorten the waiting time, or lengthen expires:";
    return [finding("timeout-after-expiry", atNode(bundle, flow, id), message, fix)];
  });

function waitingTime(node: FlowNode): string | undefined {
  if (node.kind === "wait") return node.for;
  return node.kind === "ask" ? node.timeout?.after : undefined;
}

function expiresOf(bundle: Bundle, flow: string): string {
  return bundle.flows.get(flow)?.expires ?? "24h";
}
