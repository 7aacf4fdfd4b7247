import type { Bundle } from "../../../content/bundle.ts";
import { leadsTo, type NodeRef, refKey, waits, waysOf } from "./graph.ts";

/**
 * Where a person can come to stand, whatever branches, splits and conditions decide on the way: waiting nodes, and
 * nodes of the help flow, because whoever comes there has found help.
 */
export function settle(bundle: Bundle, refs: readonly NodeRef[]): readonly NodeRef[] {
  const stands = (ref: NodeRef) => waits(ref.node) || ref.flow === bundle.program.help.flow;
  const seen = new Map<string, NodeRef>();
  const open = [...refs];
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    if (seen.has(refKey(ref))) continue;
    seen.set(refKey(ref), ref);
    if (!stands(ref)) open.push(...nextAtOnce(bundle, ref));
  }
  return [...seen.values()].filter(stands);
}

function nextAtOnce(bundle: Bundle, ref: NodeRef): readonly NodeRef[] {
  return waysOf(ref.node)
    .filter((way) => way.cause === "at-once" && way.name !== "return")
    .flatMap((way) => leadsTo(bundle, ref.flow, way.to));
}
