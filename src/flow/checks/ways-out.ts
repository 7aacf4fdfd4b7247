import type { Bundle } from "../../content/bundle.ts";
import { hasExits, type Way, waysOf } from "./facts/graph.ts";
import { atFlow, atNode, type Check, finding } from "./finding.ts";

/** From every node a person can come out of the flow: by a standing exit, another flow, or its end. */
export const checkWaysOut: Check = (bundle) =>
  [...bundle.flows.keys()].flatMap((flow) => {
    const nodes = Object.keys(bundle.flows.get(flow)?.nodes ?? {});
    if (bundle.flows.get(flow)?.nodes[bundle.flows.get(flow)?.start ?? ""] === undefined) {
      const fix = "name an existing node in start:";
      return [finding("unknown-node", atFlow(bundle, flow, ["start"]), "the start node does not exist", fix)];
    }
    const alive = leavable(bundle, flow);
    return nodes
      .filter((id) => !alive.has(id))
      .map((id) => {
        const fix = "add a choice that leads to $end or another flow, or take exits: none away";
        return finding("dead-end", atNode(bundle, flow, id), `nobody can leave the flow from ${id}`, fix);
      });
  });

/** Nodes from which a way out can be reached; grows until nothing more is found. Unknown targets count as ways out. */
function leavable(bundle: Bundle, flow: string): ReadonlySet<string> {
  const nodes = Object.entries(bundle.flows.get(flow)?.nodes ?? {});
  const known = new Set(nodes.map(([id]) => id));
  const alive = new Set<string>();
  for (let before = -1; before < alive.size; ) {
    before = alive.size;
    for (const [id, node] of nodes) {
      const leads = ({ to }: Way) => alive.has(to) || (!known.has(to) && to !== `@${flow}`);
      if (hasExits(node) || waysOf(node).some(leads)) alive.add(id);
    }
  }
  return alive;
}
