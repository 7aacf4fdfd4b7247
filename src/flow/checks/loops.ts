import type { Bundle } from "../../content/bundle.ts";
import { allNodes, leadsTo, type NodeRef, nodeAt, refKey, startOf, waits, waysOf } from "./facts/graph.ts";
import { atNode, type Check, finding } from "./finding.ts";

/** No circle of nodes runs without anybody saying anything, not even slowly by waiting times. */
export const checkLoops: Check = (bundle) => {
  const inCircle = new Set<string>();
  return allNodes(bundle).flatMap((ref) => {
    if (inCircle.has(refKey(ref))) return [];
    const circle = circleFrom(bundle, ref);
    if (circle === undefined) return [];
    for (const one of circle) inCircle.add(refKey(one));
    const path = circle.map(refKey).join(" → ");
    const fix = "put a question into the circle, or lead one of its ways elsewhere";
    return [finding("loop-without-input", atNode(bundle, ref.flow, ref.id), `runs by itself: ${path}`, fix)];
  });
};

/** The shortest circle through this node, if there is one. */
function circleFrom(bundle: Bundle, start: NodeRef): readonly NodeRef[] | undefined {
  const cameFrom = new Map<string, NodeRef>();
  const open = [start];
  for (let ref = open.shift(); ref !== undefined; ref = open.shift()) {
    for (const next of withoutInput(bundle, ref)) {
      if (refKey(next) === refKey(start)) return trail(cameFrom, start, ref);
      if (cameFrom.has(refKey(next))) continue;
      cameFrom.set(refKey(next), ref);
      open.push(next);
    }
  }
  return undefined;
}

function trail(cameFrom: ReadonlyMap<string, NodeRef>, start: NodeRef, last: NodeRef): readonly NodeRef[] {
  const back = [last];
  for (let ref = cameFrom.get(refKey(last)); ref !== undefined; ref = cameFrom.get(refKey(ref))) {
    if (refKey(ref) === refKey(start)) break;
    back.push(ref);
  }
  return refKey(last) === refKey(start) ? [start] : [start, ...back.reverse()];
}

function withoutInput(bundle: Bundle, { flow, node }: NodeRef): readonly NodeRef[] {
  return waysOf(node)
    .filter((way) => way.cause === "at-once" || way.cause === "time")
    .flatMap((way) => {
      if (way.to === "$end") return endOf(bundle, flow);
      if (way.name === "return" && node.kind === "call" && !runsThrough(bundle, node.flow)) return [];
      return leadsTo(bundle, flow, way.to);
    });
}

/** The end of a flow is the menu; for a called one the way named `return` stands for it. */
function endOf(bundle: Bundle, flow: string): readonly NodeRef[] {
  const menu = flow === bundle.program.menu ? startOf(bundle, flow) : undefined;
  return menu === undefined ? [] : [menu];
}

/** Whether a called flow can end without anybody saying anything. */
function runsThrough(bundle: Bundle, flow: string): boolean {
  const seen = new Set<string>();
  const open = [bundle.flows.get(flow)?.start ?? ""];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const ref = nodeAt(bundle, flow, id);
    if (ref === undefined || seen.has(id) || (waits(ref.node) && ref.node.kind !== "referral")) continue;
    seen.add(id);
    const targets = waysOf(ref.node).filter((way) => way.cause === "at-once");
    if (targets.some((way) => way.to === "$end")) return true;
    open.push(...targets.map((way) => way.to));
  }
  return false;
}
